import { describe, expect, it } from 'vitest';
import { findPeaks, type ScoreMap } from './peaks.ts';
import { dropShoulders } from './shoulders.ts';

const row = (...values: number[]): ScoreMap => ({ columns: values.length, rows: 1, values: Float32Array.from(values) });
const kept = (map: ScoreMap, anchors: { x: number; y: number }[] = []): number[] =>
  dropShoulders(map, findPeaks(map, { radius: 1, floor: 0.05 }), anchors, { share: 0.9, floor: 0.05 }).map(({ x }) => Math.floor(x));

describe('shoulders', () => {
  it('go where the way to a higher peak hardly descends', () => {
    expect(kept(row(0.1, 0.9, 0.78, 0.8, 0.1))).toEqual([1]);
  });
  it('stay as peaks of their own where there is a valley', () => {
    expect(kept(row(0.1, 0.9, 0.5, 0.8, 0.1))).toEqual([1, 3]);
  });
  it('go beside a point that is placed, also where they are higher than it', () => {
    expect(kept(row(0.1, 0.7, 0.68, 0.7, 0.1, 0.6, 0.1), [{ x: 1.5, y: 0.5 }])).toEqual([5]);
  });
  it('are looked for around corners', () => {
    const map: ScoreMap = { columns: 3, rows: 3, values: Float32Array.from([0.9, 0.85, 0.85, 0, 0, 0.85, 0.1, 0, 0.88]) };
    expect(
      dropShoulders(map, findPeaks(map, { radius: 1, floor: 0.05 }), [], { share: 0.9, floor: 0.05 }).map(({ x, y }) => [Math.floor(x), Math.floor(y)]),
    ).toEqual([
      [0, 0],
      [0, 2],
    ]);
  });
});
