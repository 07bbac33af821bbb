import { expect, test } from 'vitest';
import { acceptancePlan, aqls, inspectionLevels, lotVerdict, planRisks } from './acceptance.ts';

/** Plans as they stand in table 2-A of ISO 2859-1 (and in MIL-STD-105E, table II-A). */
test.each([
  [1000, 'II', 1, 'J', 80, 2],
  [1000, 'II', 2.5, 'J', 80, 5],
  [1000, 'II', 4, 'J', 80, 7],
  [1000, 'II', 0.65, 'J', 80, 1],
  [1000, 'II', 0.15, 'J', 80, 0],
  [500, 'II', 1, 'H', 50, 1],
  [2000, 'II', 1, 'K', 125, 3],
  [5000, 'II', 1, 'L', 200, 5],
  [20_000, 'II', 1, 'M', 315, 7],
  [100_000, 'II', 1, 'N', 500, 10],
  [100_000, 'I', 1, 'L', 200, 5],
  [100_000, 'III', 1, 'P', 800, 14],
  [5000, 'I', 2.5, 'J', 80, 5],
  [30, 'II', 4, 'C', 13, 1],
  [10, 'II', 6.5, 'A', 2, 0],
] as const)('a lot of %i at level %s and AQL %f', (lot, level, aql, _letter, n, c) => {
  expect(acceptancePlan(lot, level, aql)).toMatchObject({ sampleSize: n, acceptNumber: c });
});

test('an arrow leads to the next plan, down or up', () => {
  // Letter G at 1.0 has an arrow down to H, letter F an arrow up to E.
  expect(acceptancePlan(200, 'II', 1)).toEqual({ lotLetter: 'G', letter: 'H', sampleSize: 50, acceptNumber: 1, whole: false });
  expect(acceptancePlan(120, 'II', 1)).toEqual({ lotLetter: 'F', letter: 'E', sampleSize: 13, acceptNumber: 0, whole: false });
  // No line above the first: at 10 % the letter A leads down to C.
  expect(acceptancePlan(5, 'I', 10)).toMatchObject({ lotLetter: 'A', letter: 'C', acceptNumber: 1 });
});

test('where the sample is the lot or more, the whole lot is looked at', () => {
  expect(acceptancePlan(60, 'II', 0.15)).toMatchObject({ sampleSize: 60, whole: true, acceptNumber: 0 });
});

test('every lot, level and limit has a plan, and a stricter limit never allows a larger share of wrong ones', () => {
  for (const level of inspectionLevels)
    for (const lot of [1, 2, 9, 50, 151, 1201, 35_001, 500_001])
      for (const aql of aqls) {
        const plan = acceptancePlan(lot, level, aql);
        expect(plan.sampleSize).toBeGreaterThan(0);
        expect(plan.sampleSize).toBeLessThanOrEqual(lot);
      }
});

test('the risks: a lot as good as the limit is seldom turned down, one at the limiting quality is taken one time in ten at most', () => {
  const plan = acceptancePlan(1000, 'II', 1);
  const { producer, limitingPct, curve } = planRisks(plan, 1000, 1);
  // 1 - hypergeom.cdf(2, 1000, 10, 80) of scipy.
  expect(producer).toBeCloseTo(0.03924831844761423, 9);
  // 6.52 % by the binomial law (table 6 of the standard's type B); drawing from a lot of 1,000 is a little stricter.
  expect(limitingPct).toBeGreaterThan(6);
  expect(limitingPct).toBeLessThan(6.6);
  expect(curve[0]).toEqual({ wrongPct: 0, chance: 1 });
  expect(curve.every(({ chance }, at) => at === 0 || chance <= curve[at - 1]!.chance + 1e-9)).toBe(true);
});

test('a lot is turned down as soon as one too many is wrong, and taken when the whole sample was looked at', () => {
  const plan = { lotLetter: 'J', letter: 'J', sampleSize: 80, acceptNumber: 2, whole: false };
  expect(lotVerdict(plan, 79, 2)).toBe('open');
  expect(lotVerdict(plan, 80, 2)).toBe('accepted');
  expect(lotVerdict(plan, 10, 3)).toBe('rejected');
});
