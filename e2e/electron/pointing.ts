/** Pointing with an encoder in the window: where things are on the screen, and the processes behind it. */
import type { ElectronApplication, Page } from '@playwright/test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from './app.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** The image that is worked on. */
export const image = (page: Page) => page.getByRole('application');
/** What the encoder proposes, beside the image. */
export const panel = (page: Page) => page.getByTestId('proposals');
/** How many proposals are above the line. */
export const count = (page: Page) => page.getByTestId('proposal-count');
/** How many points each label has. */
export const counts = (page: Page) => page.getByTestId('point-counts');
/** Waits until the status bar says so. */
export const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);

const { targets } = JSON.parse(readFileSync(path.join(root, 'electron/core/encoder/testing/repeated-objects.json'), 'utf8')) as {
  targets: { photo: string; points: { xPct: number; yPct: number; radiusPct: number }[] }[];
};
/** Where the 24 coins of coins.jpg are, by eye; a radius is in percent of the long side. */
export const coins = targets.find(({ photo }) => photo.endsWith('coins.jpg'))!.points;
/** Which coin each of these points lies on; -1 on none. */
export const coinsHit = (points: readonly (readonly [number, number])[]) =>
  points.map(([xPct, yPct]) => coins.findIndex((coin) => Math.hypot(coin.xPct - xPct, ((coin.yPct - yPct) * 303) / 384) <= coin.radiusPct));

interface Bridge {
  send(frame: object): void;
  onMessage(listener: (frame: { readonly id: number }) => void): void;
}
/** One call through the page's own bridge. */
export const call = (page: Page, method: string, input: object) =>
  page.evaluate(
    ([name, data]) => {
      const bridge = (window as unknown as { pointillist: Bridge }).pointillist;
      const id = 1_000_000 + Math.floor(Math.random() * 1e9);
      return new Promise((resolve) => {
        bridge.onMessage((frame) => frame.id === id && resolve(frame));
        bridge.send({ t: 'call', id, method: name, input: data });
      });
    },
    [method, input] as const,
  );

/** Opens an image from the gallery, with the tab of the points. */
export async function openPoints(page: Page, name = 'coins.jpg'): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name.replace('.', '\\.')) }).dblclick();
  await expect(image(page)).toHaveAccessibleName(`Image ${name}`);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
  await page.keyboard.press('Alt+3');
}
/** By its key. */
export async function addLabel(page: Page, label: string): Promise<void> {
  await page.keyboard.press('l');
  await page.keyboard.type(label);
  await page.keyboard.press('Enter');
}
/** Where a place of coins.jpg (384 x 303) is on the fitted stage, as a share of it. */
export async function shareOf(page: Page, xPct: number, yPct: number): Promise<readonly [number, number]> {
  const box = (await image(page).boundingBox())!;
  const scale = Math.min(box.width / 384, box.height / 303);
  return [0.5 + ((xPct - 50) / 100) * ((384 * scale) / box.width), 0.5 + ((yPct - 50) / 100) * ((303 * scale) / box.height)];
}
/** Clicks on a place of coins.jpg. */
export async function clickAt(page: Page, xPct: number, yPct: number): Promise<void> {
  const box = (await image(page).boundingBox())!;
  const [x, y] = await shareOf(page, xPct, yPct);
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}
/** The app's process that runs this entry, at any depth. */
export function pidOf(app: ElectronApplication, entry: string): number {
  const search = (pid: number): number | null => {
    const kids = existsSync(`/proc/${pid}/task`)
      ? readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' '))
      : [];
    for (const kid of kids.filter((text) => text !== '').map(Number)) {
      if (readFileSync(`/proc/${kid}/cmdline`, 'utf8').includes(entry)) return kid;
      const found = search(kid);
      if (found !== null) return found;
    }
    return null;
  };
  const found = search(app.process().pid!);
  if (found === null) throw new Error(`no ${entry}`);
  return found;
}
