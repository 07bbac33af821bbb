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

test('after an edit the walk visits the same points in cells as one built from scratch would, each with its set', () => {
  const far = [point(900, 0, 0), point(901, 100, 100)];
  fc.assert(
    fc.property(lists, lists, fc.nat(40), fc.nat(2), fc.integer({ min: 0, max: 100 }), (a, b, at, removed, x) => {
      const first = buildTable([set('a', [...far, ...a]), set('b', b)], image, null);
      walkOf(first);
      const edited = [set('a', [...far, ...a.toSpliced(at, removed, point(99, x, 50))]), set('b', b)];
      const second = buildTable(edited, image, first);
      // Taken over, not made anew.
      expect(second.walk).not.toBeNull();
      const { grid, xs, ys, nearest, range } = walkOf(second);
      expect([...grid.order].toSorted((p, q) => p - q)).toEqual(Array.from({ length: second.count }, (_, i) => i));
      expect(grid.start.at(-1)).toBe(second.count);
      for (let c = 0; c < grid.columns * grid.rows; c += 1) {
        const cell = grid.order.subarray(grid.start[c], grid.start[c + 1]);
        expect([...cell]).toEqual([...cell].toSorted((p, q) => p - q));
        for (const i of cell)
          expect(Math.floor((second.ys[i]! - grid.y0) / grid.cell) * grid.columns + Math.floor((second.xs[i]! - grid.x0) / grid.cell)).toBe(c);
      }
      grid.order.forEach((i, k) => {
        expect([xs[k], ys[k], nearest[k]]).toEqual([second.xs[i], second.ys[i], second.nearest.distance[i]]);
        expect(second.ranges[range[k]!]).toBe(rangeOf(second, i));
      });
    }),
  );
});

test('a point that goes to another label, and one beside all others, have the cells made anew', () => {
  const points = [point(0, 10, 10), point(1, 50, 50), point(2, 90, 90)];
  const first = buildTable([set('a', points.slice(0, 2)), set('b', points.slice(2))], image, null);
  walkOf(first);
  const moved = buildTable([set('a', points.slice(0, 1)), set('b', points.slice(1))], image, first);
  expect(moved.walk).toBeNull();
  expect([...walkOf(moved).range]).toEqual([...walkOf(moved).grid.order].map((i) => (i === 0 ? 0 : 1)));
  expect(buildTable([set('a', [...points.slice(0, 2), point(9, 1, 1)]), set('b', points.slice(2))], image, first).walk).toBeNull();
});
