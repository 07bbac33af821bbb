import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binsOf, CLOCK_WIDTHS, quartilesOf } from './distribution.ts';

const counted = (values: readonly number[]) =>
  [...new Set(values)].sort((a, b) => a - b).map((value) => ({ value, images: values.filter((other) => other === value).length }));

test('quartiles are those of NumPy', () => {
  // numpy.percentile([1, 1, 2, 7, 9, 30], [25, 50, 75]) = 1.25, 4.5, 8.5; of [3]: 3; of [1, 2]: 1.25, 1.5, 1.75.
  expect(quartilesOf(counted([1, 1, 2, 7, 9, 30]))).toEqual({ items: 6, low: 1.25, median: 4.5, high: 8.5 });
  expect(quartilesOf(counted([3]))).toEqual({ items: 1, low: 3, median: 3, high: 3 });
  expect(quartilesOf(counted([1, 2]))).toEqual({ items: 2, low: 1.25, median: 1.5, high: 1.75 });
  expect(quartilesOf([])).toBeNull();
});

test('every value is in one bar, bars touch, and there are few of them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 60 }), (values) => {
      const bins = binsOf(counted(values));
      expect(bins.length).toBeLessThanOrEqual(23);
      for (const [index, bin] of bins.entries()) {
        expect(bin.images).toBe(values.filter((value) => value >= bin.from && value < bin.to).length);
        if (index > 0) expect(bin.from).toBe(bins[index - 1]!.to);
      }
      expect(bins.reduce((sum, { images }) => sum + images, 0)).toBe(values.length);
    }),
  );
});

test('one value far from the others does not squeeze them into one bar', () => {
  const bins = binsOf([...Array.from({ length: 200 }, (_, value) => ({ value, images: 1 })), { value: 50_000, images: 1 }]);
  expect(bins.length).toBeGreaterThan(15);
  expect(bins.at(-1)).toEqual({ from: 200, to: Infinity, images: 1 });
});

test('bars of seconds are round in minutes', () => {
  const bins = binsOf(
    Array.from({ length: 400 }, (_, value) => ({ value: 40 + value, images: 1 })),
    CLOCK_WIDTHS,
  );
  expect(bins[0]).toMatchObject({ from: 30, to: 60 });
});
