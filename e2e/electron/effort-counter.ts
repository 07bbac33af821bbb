/** Does what a person does, and counts it: keys, clicks, drags, pointer moves and decisions. Typing text is not counted. */
import type { Page } from '@playwright/test';

export interface Effort {
  readonly keys: number;
  readonly clicks: number;
  readonly drags: number;
  /** Moves of the pointer to another target; a drag has two. */
  readonly moves: number;
  /** Choices among things that the screen offers. */
  readonly decisions: number;
}
export interface Counter {
  /** A key with its modifiers, each counted once. */
  key(keys: string): Promise<void>;
  /** The text that is the work itself. */
  text(text: string): Promise<void>;
  /** Where this share of the stage is. */
  click(x: number, y: number): Promise<void>;
  drag(from: readonly [number, number], to: readonly [number, number]): Promise<void>;
  /** A choice that the person has to make here; said in words, so that nobody has to guess what was counted. */
  decide(what: string): void;
  effort(): Effort;
}

/** Seconds of a trained person, by the keystroke-level figures that the peers were measured with. */
export const secondsOf = ({ keys, moves, clicks, drags, decisions }: Effort): number => 0.28 * keys + 1.1 * moves + 0.2 * (clicks + drags) + 1.35 * decisions;

export function countEffort(page: Page): Counter {
  const count = { keys: 0, clicks: 0, drags: 0, moves: 0, decisions: 0 };
  let pointer = '';
  const place = async ([x, y]: readonly [number, number]) => {
    const box = (await page.getByRole('application').boundingBox())!;
    if (pointer !== `${x} ${y}`) count.moves++;
    pointer = `${x} ${y}`;
    return { x: box.x + box.width * x, y: box.y + box.height * y };
  };
  return {
    async key(keys) {
      count.keys += keys.split('+').length;
      await page.keyboard.press(keys);
    },
    text: (text) => page.keyboard.type(text),
    async click(x, y) {
      const at = await place([x, y]);
      count.clicks++;
      await page.mouse.click(at.x, at.y);
    },
    async drag(from, to) {
      const start = await place(from);
      const end = await place(to);
      count.drags++;
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
      await page.mouse.move(end.x, end.y);
      await page.mouse.up();
    },
    decide: () => void count.decisions++,
    effort: () => ({ ...count }),
  };
}
