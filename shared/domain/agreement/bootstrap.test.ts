import { expect, test } from 'vitest';
import { estimate, LEAST_CLUSTERS, MOST_CLUSTERS, randomFrom } from './bootstrap.ts';

const mean = ([sum, n]: readonly number[]) => (n! > 0 ? sum! / n! : null);
const scores = (n: number, seed: number) => {
  const random = randomFrom(seed);
  return Array.from({ length: n }, () => [random() < 0.8 ? 1 : random(), 1]);
};

test('the same seed gives the same bytes, another seed another interval', () => {
  const rows = scores(60, 1);
  expect(JSON.stringify(estimate(rows, mean, 7))).toBe(JSON.stringify(estimate(rows, mean, 7)));
  expect(estimate(rows, mean, 7)).not.toEqual(estimate(rows, mean, 8));
});

test('of too few images there is a figure and no interval; of nothing there is neither', () => {
  expect(estimate(scores(LEAST_CLUSTERS - 1, 1), mean)).toMatchObject({ low: null, high: null, n: LEAST_CLUSTERS - 1 });
  expect(estimate([], mean)).toBeNull();
  expect(estimate([[0, 0]], mean)).toBeNull();
});

test('where all images agree the interval is that one value', () => {
  expect(
    estimate(
      Array.from({ length: 30 }, () => [1, 1]),
      mean,
    ),
  ).toEqual({ value: 1, low: 1, high: 1, n: 30 });
});

test('the interval covers the truth about nineteen times in twenty', () => {
  let covered = 0;
  // 0.8 + 0.2 * 0.5
  for (let trial = 0; trial < 200; trial++) {
    const { low, high } = estimate(scores(60, 1000 + trial), mean, trial)!;
    if (low! <= 0.9 && 0.9 <= high!) covered++;
  }
  // Within three deviations of 0.95 * 200 (binomial: 3.1), and one-sidedness of small samples.
  expect(covered).toBeGreaterThan(178);
  expect(covered).toBeLessThan(199);
});

test('many images are put into heaps, and the interval is about as wide as without', () => {
  const rows = scores(MOST_CLUSTERS * 8, 3);
  const { low, high, n } = estimate(rows, mean)!;
  const values = rows.map(([value]) => value!);
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length / values.length);
  expect(n).toBe(MOST_CLUSTERS * 8);
  expect((high! - low!) / (2 * 1.96 * error)).toBeGreaterThan(0.85);
  expect((high! - low!) / (2 * 1.96 * error)).toBeLessThan(1.15);
});
