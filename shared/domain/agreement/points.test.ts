import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign } from './assignment.ts';
import { f1Of, matchPoints, precisionOf, recallOf, tallyOf } from './points.ts';

const square = { widthPx: 1000, heightPx: 1000 };
const spot = fc.record({ xPct: fc.integer({ min: 0, max: 100 }), yPct: fc.integer({ min: 0, max: 100 }) });
const spots = fc.array(spot, { maxLength: 7 });

/** All ways to pair, by trying each. */
function best(rows: number, edges: readonly { row: number; column: number; cost: number }[]): { pairs: number; cost: number } {
  const go = (row: number, taken: ReadonlySet<number>): { pairs: number; cost: number } => {
    if (row === rows) return { pairs: 0, cost: 0 };
    let found = go(row + 1, taken);
    for (const edge of edges) {
      if (edge.row !== row || taken.has(edge.column)) continue;
      const rest = go(row + 1, new Set([...taken, edge.column]));
      const now = { pairs: rest.pairs + 1, cost: rest.cost + edge.cost };
      if (now.pairs > found.pairs || (now.pairs === found.pairs && now.cost < found.cost - 1e-12)) found = now;
    }
    return found;
  };
  return go(0, new Set());
}

test('no other way of pairing has more pairs, or as many at less cost', () => {
  const edge = fc.record({ row: fc.integer({ min: 0, max: 5 }), column: fc.integer({ min: 0, max: 4 }), cost: fc.integer({ min: 0, max: 9 }) });
  fc.assert(
    fc.property(fc.uniqueArray(edge, { selector: ({ row, column }) => `${row} ${column}`, maxLength: 20 }), (edges) => {
      const taken = assign(6, 5, edges);
      expect(new Set(taken.map(({ row }) => row)).size).toBe(taken.length);
      expect(new Set(taken.map(({ column }) => column)).size).toBe(taken.length);
      expect({ pairs: taken.length, cost: taken.reduce((sum, { cost }) => sum + cost, 0) }).toEqual(best(6, edges));
    }),
    { numRuns: 300 },
  );
});

test('whose points come first does not matter, and a person agrees with themselves', () => {
  fc.assert(
    fc.property(spots, spots, (a, b) => {
      const [there, back] = [matchPoints(a, b, square, 8), matchPoints(b, a, square, 8)];
      expect(there.length).toBe(back.length);
      const sum = (pairs: typeof there) => pairs.reduce((total, { awayPct }) => total + awayPct, 0);
      expect(sum(there)).toBeCloseTo(sum(back), 9);
      expect(matchPoints(a, a, square).length).toBe(a.length);
    }),
  );
});

test('the radius counts in percent of the diagonal, its border included', () => {
  // 10 % of the width of a 4:3 image is 8 % of its diagonal.
  const size = { widthPx: 400, heightPx: 300 };
  const [a, b] = [[{ xPct: 10, yPct: 50 }], [{ xPct: 20, yPct: 50 }]];
  expect(matchPoints(a, b, size, 8)).toEqual([{ a: 0, b: 0, awayPct: 8 }]);
  expect(matchPoints(a, b, size, 7.99)).toEqual([]);
});

test('the nearest of two is given up where only so both find a partner', () => {
  const a = [
    { xPct: 50, yPct: 50 },
    { xPct: 54, yPct: 50 },
  ];
  const b = [
    { xPct: 53, yPct: 50 },
    { xPct: 59, yPct: 50 },
  ];
  expect(matchPoints(a, b, square, 4).map(({ a, b }) => [a, b])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('precision, recall and F1 of what was paired; nothing where nobody pointed', () => {
  const tally = tallyOf(4, 5, 3);
  expect([precisionOf(tally), recallOf(tally), f1Of(tally)]).toEqual([3 / 4, 3 / 5, 6 / 9]);
  const none = tallyOf(0, 0, 0);
  expect([precisionOf(none), recallOf(none), f1Of(none)]).toEqual([null, null, null]);
});

test('a thousand points against a thousand in a chain where all hang together are paired', () => {
  const a = Array.from({ length: 1000 }, (_, i) => ({ xPct: (i % 40) * 2.5, yPct: Math.floor(i / 40) * 4 }));
  const b = a.map(({ xPct, yPct }, i) => ({ xPct: Math.min(100, xPct + (i % 3) * 0.4), yPct: Math.min(100, yPct + (i % 5) * 0.4) }));
  expect(matchPoints(a, b, square).length).toBe(1000);
});
