import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTable, rangeOf, spliceBetween, walkOf } from './point-table.ts';
import type { StagePoint, StageSet } from './stage-api.ts';

const image = { widthPx: 600, heightPx: 400 };
const point = (id: number, xPct: number, yPct: number): StagePoint => ({ id: `p${id}`, setId: 's', xPct, yPct });
const lists = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })), { maxLength: 40 })
  .map((at) => at.map(([x, y], i) => point(i, x, y)));
const set = (id: string, points: readonly StagePoint[]): StageSet => ({ id, color: '#ff6b4a', shape: 0, points });

test('replacing what lies between the common beginning and end makes the one list from the other', () => {
  fc.assert(
    fc.property(lists, fc.nat(40), fc.nat(3), lists, (before, at, removed, put) => {
      const after = before.toSpliced(at, removed, ...put);
      const splice = spliceBetween(before, after);
      expect(before.toSpliced(splice.at, splice.removed, ...after.slice(splice.at, splice.at + splice.added))).toEqual(after);
      expect(splice.removed).toBeLessThanOrEqual(Math.max(removed, 0));
    }),
  );
});

test('a table after an edit equals one built from scratch', () => {
  fc.assert(
    fc.property(lists, lists, fc.nat(40), fc.integer({ min: 0, max: 100 }), (a, b, at, x) => {
      const first = buildTable([set('a', a), set('b', b)], image, null);
      const edited = [set('a', a.toSpliced(at, 1, point(99, x, 50))), set('b', b)];
      const incremental = buildTable(edited, image, first);
      const scratch = buildTable(edited, image, null);
      expect([...incremental.nearest.distance]).toEqual([...scratch.nearest.distance]);
      expect([incremental.xs, incremental.ys]).toEqual([scratch.xs, scratch.ys]);
      const more = [set('a', [...edited[0]!.points, point(100, 30, x)]), set('b', b)];
      const third = buildTable(more, image, incremental);
      expect([...third.nearest.distance]).toEqual([...buildTable(more, image, null).nearest.distance]);
      third.nearest.neighbour.forEach((to, from) => {
        if (to >= 0) expect(Math.hypot(third.xs[to]! - third.xs[from]!, third.ys[to]! - third.ys[from]!)).toBeCloseTo(third.nearest.distance[from]!, 9);
      });
    }),
  );
});

test('positions are pixels of the upright image, and the walk holds each point once with its set', () => {
  const table = buildTable([set('a', [point(0, 50, 25)]), set('b', [point(1, 0, 100), point(2, 100, 0)])], image, null);
  expect([...table.xs]).toEqual([300, 0, 600]);
  expect([...table.ys]).toEqual([100, 400, 0]);
  const walk = walkOf(table);
  for (let k = 0; k < 3; k += 1) {
    const index = walk.grid.order[k]!;
    expect(table.ranges[walk.range[k]!]).toBe(rangeOf(table, index));
    expect([walk.xs[k], walk.ys[k]]).toEqual([table.xs[index], table.ys[index]]);
  }
});

test('one more point of the only label copies no list of points, and moves no other', () => {
  const many = Array.from({ length: 500 }, (_, n) => point(n, (n * 7) % 100, (n * 13) % 100));
  const first = buildTable([set('a', many)], image, null);
  const more = [...many, point(500, 1, 2)];
  const second = buildTable([set('a', more)], image, first);
  expect(second.points).toBe(more);
  expect([second.xs.at(-1), second.ys.at(-1)]).toEqual([6, 8]);
  expect(second.xs.subarray(0, 500)).toEqual(first.xs);
});
