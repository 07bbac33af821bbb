import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePlan, tilePlan } from './tile-plan.ts';

const detector = { kind: 'detector', input_size: 416, dense_size: 640, patch_size: 16, dynamic_size: true, size_multiple_of: 32, resize: 'fit' } as const;
const clip = { kind: 'clip', input_size: 224, patch_size: 16, dynamic_size: false, resize: 'crop' } as const;

describe('the tiles of an image', () => {
  it('begin with the whole image and cover it at every fineness', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(detector, clip), (width, height, manifest) => {
        const [first, ...others] = tilePlan(manifest, width, height);
        expect(first!.area).toEqual({ xPct: 0, yPct: 0, widthPct: 100, heightPct: 100 });
        for (const at of [0, 50, 99.9])
          for (const tiles of [others].filter((list) => list.length > 0))
            expect(tiles.some(({ area }) => area.xPct <= at && area.xPct + area.widthPct > at && area.yPct <= at && area.yPct + area.heightPct > at)).toBe(
              true,
            );
      }),
    );
  });

  it('keep the ratio in steps that the graph takes', () => {
    expect(tilePlan(detector, 6000, 4000).map(({ width, height }) => [width, height])).toEqual([
      [640, 416],
      [1280, 864],
    ]);
    expect(tilePlan(detector, 10, 5000)[0]).toMatchObject({ width: 32, height: 640 });
  });

  it('are the whole image alone where it has no more pixels than that', () => {
    expect(tilePlan(detector, 384, 303)).toHaveLength(1);
    expect(tilePlan(clip, 100, 80)).toHaveLength(1);
  });

  it('are windows where the graph takes one size', () => {
    const tiles = tilePlan(clip, 1000, 800);
    expect(tiles).toHaveLength(10);
    expect(new Set(tiles.map(({ width, height }) => `${width} ${height}`))).toEqual(new Set(['224 224']));
  });

  it('are one more where a closer look sees more of a large image, at most four times as fine as the first', () => {
    expect(closePlan(detector, 6000, 4000)?.map(({ width, height }) => [width, height])).toEqual([[2560, 1696]]);
    expect(closePlan(detector, 1200, 2000)?.map(({ width, height }) => [width, height])).toEqual([[1216, 2016]]);
    expect(closePlan(detector, 1900, 1200)).toBeNull();
    expect(closePlan(clip, 6000, 4000)).toBeNull();
  });
});
