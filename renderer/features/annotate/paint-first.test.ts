import { beforeEach, expect, test, vi } from 'vitest';
import type { LoadedImage } from '../../canvas/image-loader.ts';
import type { Stage } from '../../canvas/stage-api.ts';
import { paintFirst } from './paint-first.ts';

const inputs = new Map<string, () => void>();
let done: string[] = [];
let frame = Promise.withResolvers<void>();

/** A stage that notes what it is told; its frame is painted when the test says so. */
const stage = new Proxy({} as Stage, {
  get: (_, name) => (name === 'framePainted' ? frame.promise : () => done.push(String(name))),
});
const loaded: LoadedImage = { bitmap: {} as ImageBitmap, widthPx: 30, heightPx: 20, release: () => done.push('release') };
const open = () => done.push('open');
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  inputs.clear();
  done = [];
  frame = Promise.withResolvers();
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => inputs.set(type, listener));
  vi.stubGlobal('removeEventListener', (type: string) => inputs.delete(type));
});

test('the image is painted without the points of the one before, and the screen opened after its frame', async () => {
  paintFirst(stage, Promise.resolve(loaded), open);
  await soon();
  expect(done).toEqual(['setSets', 'setOutlines', 'setGhosts', 'setHeat', 'setImage']);
  frame.resolve();
  await Promise.resolve();
  expect(done).not.toContain('open');
  await soon();
  expect(done.at(-1)).toBe('open');
  expect(inputs.size).toBe(0);
});

test('a key that comes before the frame finds the screen open, and it is opened once', async () => {
  paintFirst(stage, Promise.resolve(loaded), open);
  inputs.get('keydown')!();
  expect(done).toEqual(['open']);
  frame.resolve();
  await soon();
  expect(done).toEqual(['open']);
});

test('a window that paints no frame, and an image that does not come, open all the same', async () => {
  paintFirst(stage, Promise.resolve(loaded), open);
  await vi.waitFor(() => expect(done.at(-1)).toBe('open'));
  done = [];
  paintFirst(stage, Promise.reject(new Error('gone')), open);
  await soon();
  expect(done).toEqual(['open']);
});
