import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countClick, figuresOf } from './evaluation.ts';

const size = { widthPx: 1000, heightPx: 500 };
const at = (xPct: number, yPct: number) => ({ xPct, yPct });
const points = [at(10, 10), at(50, 50), at(90, 90)];

test('proposals on the other points are hits, beside them misses, on the clicked point neither', () => {
  expect(countClick(points, 0, [at(50.5, 51), at(10, 11), at(70, 10)], size)).toEqual({ clicks: 1, wanted: 2, hits: 1, misses: 1 });
});

test('a point is hit once', () => {
  expect(countClick(points, 0, [at(50, 50), at(51, 50)], size)).toMatchObject({ hits: 1, misses: 1 });
});

test('reach ends half-way to the next point, and counts pixels rather than percent', () => {
  const close = [at(10, 50), at(12, 50), at(50, 50)];
  expect(countClick(close, 2, [at(11.4, 50)], size)).toMatchObject({ hits: 1, misses: 0 });
  expect(countClick(close, 2, [at(12, 53)], size)).toMatchObject({ hits: 0, misses: 1 });
});

test('hits never exceed what is wanted, and every proposal counts once at most', () => {
  const spot = fc.record({ xPct: fc.double({ min: 0, max: 100, noNaN: true }), yPct: fc.double({ min: 0, max: 100, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(spot, { minLength: 2, maxLength: 12 }), fc.array(spot, { maxLength: 20 }), (all, peaks) => {
      const { hits, misses, wanted } = countClick(all, 0, peaks, size);
      expect(hits).toBeLessThanOrEqual(wanted);
      expect(hits + misses).toBeLessThanOrEqual(peaks.length);
    }),
  );
});

test('shares are of all clicks together, and null where nothing was proposed', () => {
  const clicks = [{ clicks: 1, wanted: 4, hits: 2, misses: 2 }, { clicks: 1, wanted: 4, hits: 4, misses: 0 }]; // prettier-ignore
  expect(figuresOf('egg', 1, clicks)).toMatchObject({ label: 'egg', clicks: 2, precision: 0.75, recall: 0.75 });
  expect(figuresOf('egg', 1, [{ clicks: 1, wanted: 3, hits: 0, misses: 0 }])).toMatchObject({ precision: null, recall: 0 });
});
