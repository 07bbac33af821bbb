import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMadeSpace, IN_USE_MS, type MadeSpace } from './made-space.ts';

let folder: string;
let space: MadeSpace;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pointillist-test-'));
});
afterEach(async () => {
  await space.close();
  rmSync(folder, { recursive: true, force: true });
});

const HOUR = 3_600_000;
const start = Date.now();
/** Ten tiles of 100 bytes that were last looked at so many hours ago. */
function makeLevel(sha256: string, level: number, hoursAgo: number): string {
  const to = path.join(folder, 'media/tiles', sha256, String(level));
  mkdirSync(to, { recursive: true });
  for (let x = 0; x < 10; x++) writeFileSync(path.join(to, `${x}_0.jpeg`), Buffer.alloc(100));
  utimesSync(to, (start - hoursAgo * HOUR) / 1000, (start - hoursAgo * HOUR) / 1000);
  return to;
}
function makeFile(name: string, bytes: number, hoursAgo: number): string {
  const to = path.join(folder, 'media', name);
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, Buffer.alloc(bytes));
  utimesSync(to, (start - hoursAgo * HOUR) / 1000, (start - hoursAgo * HOUR) / 1000);
  return to;
}
const open = (limitBytes: number, now = () => start) =>
  (space = createMadeSpace({ projectFolder: folder, limitBytes: () => limitBytes, log: (_message, thrown) => expect(thrown).toBeUndefined(), now }));

test('at the start, what was not looked at for longest goes until the rest fits; thumbnails and originals stay', async () => {
  const [old, middle, young] = [makeLevel('aa', 3, 9), makeFile('renditions/bb.jpg', 1000, 5), makeLevel('cc', 2, 1)];
  const kept = [makeFile('thumbs/aa/aa.webp', 5000, 99), makeFile('originals/aa/aa.jpg', 5000, 99)];
  open(2500);
  expect(await space.sizeBytes()).toBe(2000);
  expect([old, middle, young, ...kept].map((file) => existsSync(file))).toEqual([false, true, true, true, true]);
  expect(readdirSync(path.join(folder, 'media/tiles/aa'))).toEqual([]);
});

test('what is looked at is young again, also after a restart', async () => {
  const [first, second] = [makeLevel('aa', 3, 9), makeLevel('bb', 3, 5)];
  open(10_000);
  await space.sizeBytes();
  space.served(path.join(first, '0_0.jpeg'));
  await space.sizeBytes();
  await space.close();
  open(1000, () => start + 2 * IN_USE_MS);
  expect(await space.sizeBytes()).toBe(1000);
  expect([existsSync(first), existsSync(second)]).toEqual([true, false]);
});

test('after tiles were made the older ones make room, but never what is on the screen', async () => {
  const old = makeLevel('aa', 3, 9);
  open(1500);
  await space.sizeBytes();
  const made = makeLevel('bb', 3, 0);
  space.served(path.join(made, '0_0.jpeg'));
  expect(await space.sizeBytes()).toBe(1000);
  expect([existsSync(old), existsSync(made)]).toEqual([false, true]);
  // Even where it alone is more than the limit, and when a person frees all there is.
  expect(await space.keepBelow(0)).toBe(0);
  expect(existsSync(made)).toBe(true);
});

test('freeing says how much it freed, and what a killed process left behind goes at the next start', async () => {
  makeLevel('aa', 3, 9);
  makeFile('renditions/bb.jpg', 500, 9);
  makeFile('renditions/bb.jpg.0a.tmp', 70, 9);
  makeFile('tiles/aa/4.0b.tmp/made/0_0.jpeg', 70, 9);
  open(10_000);
  expect(await space.sizeBytes()).toBe(1500);
  expect(await space.keepBelow(0)).toBe(1500);
  expect(await space.sizeBytes()).toBe(0);
  expect([...readdirSync(path.join(folder, 'media/renditions')), ...readdirSync(path.join(folder, 'media/tiles/aa'))]).toEqual([]);
});
