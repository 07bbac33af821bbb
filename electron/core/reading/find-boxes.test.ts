import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBoxes, hullOf, MAX_BOXES, type Point, type TextMap } from './find-boxes.ts';

/** A map in which everything inside a rectangle (middle, half sides, angle) is text. */
function mapOf(rectangles: readonly { x: number; y: number; long: number; short: number; angle: number }[], width = 200, height = 160): TextMap {
  const data = new Float32Array(width * height);
  for (const { x, y, long, short, angle } of rectangles) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
        const along = dx * Math.cos(angle) + dy * Math.sin(angle);
        const across = dy * Math.cos(angle) - dx * Math.sin(angle);
        if (Math.abs(along) <= long && Math.abs(across) <= short) data[row * width + column] = 0.9;
      }
    }
  }
  return { data, width, height };
}
const middleOf = (corners: readonly Point[]) => ({ x: corners.reduce((sum, { x }) => sum + x, 0) / 4, y: corners.reduce((sum, { y }) => sum + y, 0) / 4 });

test('a rectangle of text at any angle is found where it is, grown, and its corners begin where the text does', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.double({ min: 80, max: 120, noNaN: true }),
        y: fc.double({ min: 70, max: 90, noNaN: true }),
        long: fc.double({ min: 25, max: 45, noNaN: true }),
        short: fc.double({ min: 5, max: 9, noNaN: true }),
        angle: fc.double({ min: -0.7, max: 0.7, noNaN: true }),
      }),
      (drawn) => {
        const boxes = findBoxes(mapOf([drawn]));
        expect(boxes).toHaveLength(1);
        const { corners, width, height, score } = boxes[0]!;
        expect(score).toBeCloseTo(0.9, 5);
        const middle = middleOf(corners);
        expect(Math.hypot(middle.x - drawn.x, middle.y - drawn.y)).toBeLessThan(1.5);
        // Area x 1.6 / perimeter on every side, and about a pixel for the grid.
        const grow = (drawn.long * drawn.short * 4 * 1.6) / (4 * (drawn.long + drawn.short));
        expect(Math.abs(width - 2 * (drawn.long + grow))).toBeLessThan(4);
        expect(Math.abs(height - 2 * (drawn.short + grow))).toBeLessThan(4);
        const [a, b, , d] = corners;
        expect(Math.abs(Math.atan2(b.y - a.y, b.x - a.x) - drawn.angle)).toBeLessThan(0.12);
        expect(d.y).toBeGreaterThan(a.y);
      },
    ),
    { numRuns: 60 },
  );
});

test('parts that do not touch are boxes of their own, specks and unsure parts are none, and a hostile map gives no more than the most', () => {
  const two = findBoxes(
    mapOf([
      { x: 60, y: 40, long: 30, short: 6, angle: 0 },
      { x: 60, y: 100, long: 30, short: 6, angle: 0 },
    ]),
  );
  expect(two.map(({ corners }) => Math.round(middleOf(corners).y)).sort((a, b) => a - b)).toEqual([40, 100]);
  const unsure = mapOf([{ x: 60, y: 40, long: 30, short: 6, angle: 0 }]);
  expect(findBoxes({ ...unsure, data: unsure.data.map((value) => value * 0.5) })).toEqual([]);
  expect(findBoxes(mapOf([{ x: 60, y: 40, long: 1, short: 1, angle: 0 }]))).toEqual([]);
  const squares = Float32Array.from({ length: 600 * 600 }, (_value, at) => ((at % 600) % 12 < 6 && Math.floor(at / 600) % 12 < 6 ? 1 : 0));
  expect(findBoxes({ data: squares, width: 600, height: 600 })).toHaveLength(MAX_BOXES);
});

test('every point lies in its hull', () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 50 }), y: fc.integer({ min: 0, max: 50 }) });
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 40 }), (points) => {
      const hull = hullOf(points);
      if (hull.length < 3) return;
      for (const { x, y } of points) {
        hull.forEach((a, at) => {
          const b = hull[(at + 1) % hull.length]!;
          expect((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)).toBeGreaterThanOrEqual(0);
        });
      }
    }),
  );
});
