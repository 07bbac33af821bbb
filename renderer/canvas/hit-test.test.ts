import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGrid, hitTest } from './hit-test.ts';

const coordinate = fc.oneof(fc.double({ min: 0, max: 6000, noNaN: true }), fc.integer({ min: 0, max: 20 }));
const clouds = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 300 });

test('the grid finds the same point as looking at each', () => {
  fc.assert(
    fc.property(clouds, coordinate, coordinate, fc.double({ min: 0.01, max: 900, noNaN: true }), (cloud, x, y, radius) => {
      const xs = Float64Array.from(cloud, (p) => p[0]);
      const ys = Float64Array.from(cloud, (p) => p[1]);
      let expected = -1;
      let nearest = Infinity;
      cloud.forEach(([px, py], i) => {
        const d = Math.hypot(px - x, py - y);
        if (d > radius || d > nearest) return;
        expected = i;
        nearest = d;
      });
      expect(hitTest(buildGrid(xs, ys, cloud.length), xs, ys, { x, y, maxRadius: radius }, (_, d) => d <= radius)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test('each point is in exactly one cell', () => {
  fc.assert(
    fc.property(clouds, (cloud) => {
      const grid = buildGrid(
        Float64Array.from(cloud, (p) => p[0]),
        Float64Array.from(cloud, (p) => p[1]),
        cloud.length,
      );
      expect([...grid.order].toSorted((a, b) => a - b)).toEqual(cloud.map((_, i) => i));
      expect(grid.start.at(-1)).toBe(cloud.length);
    }),
  );
});

test('points in one line or on one spot make no more than a few thousand cells', () => {
  const n = 10_000;
  const line = buildGrid(
    Float64Array.from({ length: n }, (_, i) => i),
    new Float64Array(n),
    n,
  );
  const spot = buildGrid(new Float64Array(n).fill(7), new Float64Array(n).fill(7), n);
  expect(line.start.length).toBeLessThan(5000);
  expect(spot.start.length).toBeLessThan(5000);
});

test('of two points on one spot the later drawn one is hit', () => {
  const xs = new Float64Array([5, 5]);
  expect(hitTest(buildGrid(xs, xs, 2), xs, xs, { x: 5, y: 5, maxRadius: 1 }, () => true)).toBe(1);
});
