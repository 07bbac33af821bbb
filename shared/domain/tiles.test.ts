import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasTile, isTiled, levelCount, levelSize, TILE_PX } from './tiles.ts';

const size = fc.record({ widthPx: fc.integer({ min: 1, max: 60_000 }), heightPx: fc.integer({ min: 1, max: 60_000 }) });

test('the coarsest level is at most four tiles a side, and each level is at least half of the one before', () => {
  fc.assert(
    fc.property(size, (image) => {
      const levels = levelCount(image);
      for (let level = 1; level < levels; level++) {
        expect(levelSize(image, level).widthPx * 2).toBeGreaterThanOrEqual(levelSize(image, level - 1).widthPx);
        expect(Math.max(levelSize(image, level).widthPx, levelSize(image, level).heightPx)).toBeGreaterThan(2 * TILE_PX);
      }
      const last = levelSize(image, Math.max(0, levels - 1));
      if (levels > 0) expect(Math.max(last.widthPx, last.heightPx)).toBeLessThanOrEqual(4 * TILE_PX);
    }),
  );
});

test('every pixel of a level is in a tile that exists, and the tile after the last does not', () => {
  fc.assert(
    fc.property(size.filter(isTiled), fc.nat(20), (image, n) => {
      const level = n % levelCount(image);
      const { widthPx, heightPx } = levelSize(image, level);
      const [x, y] = [Math.floor((widthPx - 1) / TILE_PX), Math.floor((heightPx - 1) / TILE_PX)];
      expect(hasTile(image, { level, x, y })).toBe(true);
      expect(hasTile(image, { level, x: x + 1, y })).toBe(false);
      expect(hasTile(image, { level, x, y: y + 1 })).toBe(false);
    }),
  );
});

test('a photo of a camera has no tiles', () => {
  expect(isTiled({ widthPx: 6000, heightPx: 4000 })).toBe(false);
  expect(hasTile({ widthPx: 6000, heightPx: 4000 }, { level: 0, x: 0, y: 0 })).toBe(false);
});
