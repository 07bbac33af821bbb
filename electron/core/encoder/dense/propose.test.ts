import { describe, expect, it } from 'vitest';
import type { DenseImage } from './dense-image.ts';
import { denseOfTokens } from './dense-image.ts';
import { proposeSimilar } from './propose.ts';

/** Kinds of things, each a direction of its own. Things of kind 2 look half like those of kind 1. The ground is of many directions, but of none of theirs. */
const LOOKS: readonly (readonly number[])[] = [[], [1, 0, 0], [0.6, 0.8, 0], [0, 0, 1]];
const DIM = 24;

/** An image of 32 x 32 patches with things of 3 x 3 patches at these places. */
function scene(things: readonly { column: number; row: number; kind: number }[]): DenseImage {
  const side = 32;
  const data = new Float32Array(DIM * side * side);
  let seed = 7;
  const noise = () => ((seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648 - 0.5) * 0.5;
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const thing = things.find((one) => Math.abs(one.column - column) <= 1 && Math.abs(one.row - row) <= 1);
      for (let channel = 0; channel < DIM; channel++)
        data[(channel * side + row) * side + column] = channel < 3 ? (LOOKS[thing?.kind ?? 0]![channel] ?? 0) : noise() * (thing ? 0.3 : 1);
    }
  const whole = { xPct: 0, yPct: 0, widthPct: 100, heightPct: 100 };
  return denseOfTokens([{ ...whole, level: { channels: DIM, rows: side, columns: side, data } }], false);
}
const spot = ({ column, row }: { column: number; row: number }) => ({ xPct: ((column + 0.5) / 32) * 100, yPct: ((row + 0.5) / 32) * 100 });
const at = (places: readonly (readonly [number, number])[], kind: number) => places.map(([column, row]) => ({ column, row, kind }));
const wanted = at([[5, 5], [15, 6], [26, 5], [6, 16]], 1); // prettier-ignore
const alike = at([[16, 17], [26, 16], [5, 26], [16, 27]], 2); // prettier-ignore
const others = at([[26, 27]], 3);

/** Which of the things are proposed above the line, and how many proposals are on none. */
function proposedOf(image: DenseImage, positives: typeof wanted, negatives: typeof wanted = []) {
  const { peaks, threshold } = proposeSimilar(image, positives.map(spot), negatives.map(spot));
  const above = peaks.filter(({ score }) => score >= threshold);
  const near = (thing: (typeof wanted)[number]) => above.some((peak) => Math.hypot(peak.xPct - spot(thing).xPct, peak.yPct - spot(thing).yPct) < 4);
  return { near, count: above.length, above };
}

describe('more like these', () => {
  const image = scene([...wanted, ...alike, ...others]);

  it('proposes what looks like the point, at its middle, and not the point itself', () => {
    const { near, above } = proposedOf(image, [wanted[0]!]);
    for (const thing of wanted.slice(1)) expect(near(thing)).toBe(true);
    expect(near(wanted[0]!)).toBe(false);
    expect(near(others[0]!)).toBe(false);
    for (const thing of wanted.slice(1)) {
      const distances = above.map((peak) => Math.hypot(peak.xPct - spot(thing).xPct, peak.yPct - spot(thing).yPct));
      expect(Math.min(...distances)).toBeLessThan(1);
    }
  });

  it('takes back a rejected proposal and what is like it', () => {
    const before = proposeSimilar(image, [spot(wanted[0]!)], []);
    const scoreAt = (proposed: typeof before, thing: (typeof wanted)[number]) =>
      Math.max(0, ...proposed.peaks.filter((peak) => Math.hypot(peak.xPct - spot(thing).xPct, peak.yPct - spot(thing).yPct) < 4).map((peak) => peak.score));
    for (const thing of alike) expect(scoreAt(before, thing)).toBeGreaterThan(0.3);
    const after = proposeSimilar(image, [spot(wanted[0]!)], [spot(alike[0]!)]);
    for (const thing of alike) expect(scoreAt(after, thing)).toBeLessThan(0.1);
    for (const thing of wanted.slice(1)) expect(scoreAt(after, thing)).toBeGreaterThan(after.threshold);
  });

  it('grows surer of one kind with each point that is accepted', () => {
    const margin = (positives: typeof wanted) => {
      const { peaks } = proposeSimilar(image, positives.map(spot), []);
      const best = (things: typeof wanted) =>
        things.map((thing) => Math.max(0, ...peaks.filter((p) => Math.hypot(p.xPct - spot(thing).xPct, p.yPct - spot(thing).yPct) < 4).map((p) => p.score)));
      return Math.min(...best([wanted[3]!])) - Math.max(...best(alike));
    };
    expect(margin(wanted.slice(0, 3))).toBeGreaterThanOrEqual(margin(wanted.slice(0, 1)) - 0.02);
  });

  it('proposes nothing above the line for a thing of which there is one', () => {
    expect(proposedOf(image, [others[0]!]).count).toBe(0);
  });

  it('gives scores from 0 to 1, best first, a line within them and a heat map of the grid', () => {
    const { peaks, threshold, heat } = proposeSimilar(image, [spot(wanted[0]!)], []);
    const scores = peaks.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(Math.min(...scores, threshold)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...scores, threshold)).toBeLessThanOrEqual(1);
    expect(heat.values).toHaveLength(heat.columns * heat.rows);
  });
});
