import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../../../shared/domain/model.ts';
import { pointsBySet } from './points-by-set.ts';

const point = (n: number, setId: string): Point => ({ id: `${n}`.padStart(6, '0'), setId, xPct: n % 100, yPct: 1 });
const grouped = (points: readonly Point[]) => {
  const sets = new Map<string, Point[]>();
  for (const row of points) sets.set(row.setId, [...(sets.get(row.setId) ?? []), row]);
  return sets;
};

test('whatever was edited, every label has its points in order', () => {
  const edits = fc.array(fc.record({ at: fc.nat(30), remove: fc.nat(3), add: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }) }), { maxLength: 30 });
  fc.assert(
    fc.property(edits, (list) => {
      let points: readonly Point[] = [];
      let next = 0;
      for (const { at, remove, add } of list) {
        const from = Math.min(at, points.length);
        points = points.toSpliced(from, remove, ...add.map((setId) => point(next++, setId)));
        expect(new Map(pointsBySet(points))).toEqual(grouped(points));
      }
    }),
  );
});

test('a label that an edit did not touch keeps its list', () => {
  const points = [point(1, 'a'), point(2, 'b'), point(3, 'a')];
  const before = pointsBySet(points);
  const after = pointsBySet([...points, point(4, 'a')]);
  expect(after.get('b')).toBe(before.get('b'));
  expect(after.get('a')).toHaveLength(3);
  const last = [...points, point(4, 'a')];
  const a = pointsBySet(last).get('a');
  expect(pointsBySet(last.with(1, { ...points[1]!, xPct: 9 })).get('a')).toBe(a);
});
