import { expect, test } from 'vitest';
import { dotPattern } from './dot-raster.ts';
import { levelFor } from './mips.ts';

test('a dot is split into rows of pixels that replace and pixels that only fill, counted from its middle', () => {
  const data = new Uint8ClampedArray(4 * 16);
  for (const at of [2 * 4 + 1, 2 * 4 + 2, 3 * 4 + 2]) data.set([1, 2, 3, 255], 4 * at);
  data.set([9, 9, 9, 40], 4 * (2 * 4 + 3));
  const pattern = dotPattern({ width: 4, height: 4, data }, 100);
  expect([[...pattern.rows], [...pattern.ends]]).toEqual([
    [-1, 100],
    [2, 3],
  ]);
  expect([...pattern.soft]).toEqual([1]);
  expect(pattern.solidColors[0]).toBe(new Uint32Array(new Uint8Array([1, 2, 3, 255]).buffer)[0]);
});

test('the copy drawn has at least as many pixels as the screen shows, and less than twice as many in each direction', () => {
  for (let scale = 0.04; scale < 8; scale *= 1.03) {
    const shown = scale * 2 ** levelFor(6000, 4000, scale);
    if (scale < 1) expect(shown).toBeLessThanOrEqual(1);
    if (scale >= 0.07) expect(shown).toBeGreaterThan(0.5);
  }
  expect(levelFor(300, 200, 0.1)).toBe(0);
});
