import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upperBound95 } from './exact-bound.ts';

test('with nothing wrong it is the closed form, 1 - 0.05^(1/n)', () => {
  for (const n of [1, 10, 59, 200, 2000]) expect(upperBound95(0, n)).toBeCloseTo(1 - 0.05 ** (1 / n), 9);
});

test('it is the 0.95 quantile of Beta(c + 1, n - c), as tables of the binomial have it', () => {
  // One of n wrong: (1-p)^n + n p (1-p)^(n-1) = 0.05, solved by hand for n = 2: 1 - p^2 = 0.05.
  expect(upperBound95(1, 2)).toBeCloseTo(Math.sqrt(0.95), 9);
  // All but one of n wrong: 1 - p^n = 0.05.
  expect(upperBound95(4, 5)).toBeCloseTo(0.95 ** (1 / 5), 9);
});

test('more wrong ones raise it, more checked ones lower it, and it is never below what was seen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), (checked, some) => {
      const wrong = some % (checked + 1);
      const bound = upperBound95(wrong, checked);
      expect(bound).toBeGreaterThanOrEqual(wrong / checked);
      expect(bound).toBeLessThanOrEqual(1);
      if (wrong < checked) expect(upperBound95(wrong + 1, checked)).toBeGreaterThan(bound);
      expect(upperBound95(wrong, checked + 1)).toBeLessThanOrEqual(bound + 1e-9);
    }),
  );
});
