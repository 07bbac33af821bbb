import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestNeighbours, spliceNearest } from './density.ts';

const coordinate = fc.oneof(fc.double({ min: 0, max: 6000, noNaN: true }), fc.integer({ min: 0, max: 9 }));
const clouds = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 120 });
type Cloud = [number, number][];
const xsOf = (cloud: Cloud) => Float64Array.from(cloud, (p) => p[0]);
const ysOf = (cloud: Cloud) => Float64Array.from(cloud, (p) => p[1]);

function slow(cloud: Cloud): number[] {
  return cloud.map(([x, y], i) => Math.min(...cloud.map(([u, v], j) => (i === j ? Infinity : Math.sqrt((u - x) ** 2 + (v - y) ** 2)))));
}

function expectSame(actual: Float64Array, expected: number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((d, i) => (d === Infinity ? expect(actual[i]).toBe(Infinity) : expect(actual[i]).toBeCloseTo(d, 6)));
}

test('the nearest distance is the one found by comparing all pairs', () => {
  fc.assert(fc.property(clouds, (cloud) => expectSame(nearestNeighbours(xsOf(cloud), ysOf(cloud), cloud.length).distance, slow(cloud))));
});

test('after any edit the spliced result equals the one from scratch', () => {
  fc.assert(
    fc.property(clouds, fc.nat(120), fc.nat(4), fc.array(fc.tuple(coordinate, coordinate), { maxLength: 4 }), (cloud, start, count, put) => {
      const at = Math.min(start, cloud.length);
      const removed = Math.min(count, cloud.length - at);
      const after = cloud.toSpliced(at, removed, ...put);
      const before = nearestNeighbours(xsOf(cloud), ysOf(cloud), cloud.length);
      const spliced = spliceNearest(before, xsOf(after), ysOf(after), after.length, {
        at,
        removed,
        added: put.length,
      });
      expectSame(spliced.distance, slow(after));
      spliced.neighbour.forEach((j, i) => {
        if (j < 0) return;
        expect(Math.hypot(after[i]![0] - after[j]![0], after[i]![1] - after[j]![1])).toBeCloseTo(spliced.distance[i]!, 6);
      });
    }),
    { numRuns: 300 },
  );
});

test('two points that both show a number are at least a marker apart', () => {
  const cloud: Cloud = Array.from({ length: 400 }, (_, i) => [(i * 7919) % 1000, (i * 104_729) % 800]);
  const { distance } = nearestNeighbours(xsOf(cloud), ysOf(cloud), cloud.length);
  const shown = cloud.filter((_, i) => distance[i]! >= 22);
  for (const [i, a] of shown.entries()) for (const b of shown.slice(i + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThanOrEqual(22);
});
