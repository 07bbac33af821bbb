/** The one listener for the keyboard. It decides whether a key press is for a command or for what has the focus. */
import { matchKeybindingPress, parseKeybinding, type KeybindingPress } from 'tinykeys';
import type { Command, Registry } from './registry.ts';

/** What the dispatcher looks at in an event's target; an HTMLElement is one. */
interface Place {
  matches(selector: string): boolean;
  closest(selector: string): unknown;
}

/** Where people write. */
export const TEXT_FIELD =
  'textarea, [contenteditable]:not([contenteditable="false"]), input:not([type="checkbox"]):not([type="radio"]):not([type="range"]):not([type="button"])';
/** What floats above the page keeps its keys to itself. */
export const FLOATING = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-floating]';
/** Enter and the space bar press these. */
const PRESSABLE = 'button, a[href], summary, select, input, [role="button"], [role="tab"], [role="menuitem"], [role="option"], [role="switch"]';

const parsed = new Map<string, KeybindingPress[]>();
const parse = (keys: string): KeybindingPress[] => {
  let presses = parsed.get(keys);
  if (!presses) parsed.set(keys, (presses = parseKeybinding(keys)));
  return presses;
};

/** A key that writes a character when it is pressed: it belongs to a text field that has the focus. */
const writes = (event: KeyboardEvent) => [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;

/** The enabled command this key press is for, or null. */
export function commandFor(event: KeyboardEvent, commands: readonly Command[]): Command | null {
  // 229 is what a key press says while an input method has it, in browsers that end the composition before they tell.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || !event.key) return null;
  const place = event.target as unknown as Place | null;
  const at = (selector: string) => Boolean(place?.closest?.(selector));
  const inText = Boolean(place?.matches?.(TEXT_FIELD));
  const floating = at(FLOATING);
  if ((inText || floating) && writes(event)) return null;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (plain && (event.key === 'Enter' || event.key === ' ') && at(PRESSABLE)) return null;
  const matching = commands.filter(
    (command) =>
      (!inText || command.inText === true) &&
      (!floating || (command.section === 'app' && command.inText === true)) &&
      command.keys?.some((keys) => parse(keys).length === 1 && matchKeybindingPress(event, parse(keys)[0]!)),
  );
  return matching.find((command) => command.enabled?.() !== false) ?? null;
}

/** Listens for the whole window until the returned function is called. */
export function listenToKeyboard(target: EventTarget, registry: Registry): () => void {
  const onKey = (thrown: Event) => {
    const event = thrown as KeyboardEvent;
    const command = commandFor(event, registry.all());
    if (!command) return;
    // Also when it is held down: the browser has things of its own behind these keys.
    event.preventDefault();
    if (!event.repeat || command.repeat) registry.run(command.id);
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
}
