import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitStrengths, groupsOf, isBounded, rate, resultsOf, shareOf, winsOf } from './ratings.ts';
import type { Choice } from './model.ts';

/**
 * Vectors made apart from this code, in NumPy 2: Newton's method on the log-likelihood sum of w[i][j] * log(1 / (1 + exp(t[j] - t[i]))), and for the one with
 * a prior SciPy's Nelder-Mead on that plus half a win and half a loss against t = 0.
 */
test('strengths are those that Newton finds for the same likelihood', () => {
  const wins = [
    [0, 7, 9.5],
    [3, 0, 6],
    [2.5, 4, 0],
  ];
  const found = fitStrengths(wins, false);
  [0.7270004804080447, -0.14847787474389257, -0.578522605664152].forEach((log, i) => expect(found[i]).toBeCloseTo(log, 7));
});

test('one that always won is held back by the prior', () => {
  const wins = [
    [0, 5],
    [0, 0],
  ];
  expect(isBounded(wins)).toBe(false);
  expect(fitStrengths(wins, true)[0]).toBeCloseTo(1.378102162326445, 6);
});

test('a share has the interval of Wilson', () => {
  // By hand from the formula in Python: 7 of 10.
  const { low, high } = shareOf(7, 10)!;
  expect(low).toBeCloseTo(0.3967781, 6);
  expect(high).toBeCloseTo(0.8922087, 6);
  expect(shareOf(0, 0)).toBeNull();
});

test('what was never compared, not even through others, is rated apart', () => {
  const choice = (leftId: string, rightId: string) => ({ leftId, rightId, outcome: 'left' as const });
  const choices = [choice('a', 'b'), choice('c', 'd'), choice('b', 'a')];
  expect(groupsOf(winsOf(['a', 'b', 'c', 'd'], choices))).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(rate(['a', 'b', 'c', 'd'], choices, 1).map(({ heldBack }) => heldBack)).toEqual([false, true]);
});

const ids = ['a', 'b', 'c'];
const choices = fc.array(
  fc.record({ pair: fc.constantFrom(['a', 'b'], ['b', 'c'], ['c', 'a'], ['b', 'a']), outcome: fc.constantFrom('left', 'right', 'tie', 'bad') }),
  { maxLength: 40 },
);
const logged = (rows: readonly { pair: readonly string[]; outcome: string }[]) =>
  rows.map(({ pair, outcome }) => ({ leftId: pair[0]!, rightId: pair[1]!, outcome: outcome as Choice['outcome'] }));

test('sides do not matter: turning every pair round gives the same strengths, and the mean of a group is 1000', () => {
  fc.assert(
    fc.property(choices, (rows) => {
      const given = logged(rows);
      const turned = given.map(({ leftId, rightId, outcome }) => ({
        leftId: rightId,
        rightId: leftId,
        outcome: outcome === 'left' ? ('right' as const) : outcome === 'right' ? ('left' as const) : outcome,
      }));
      const wins = winsOf(ids, given);
      expect(winsOf(ids, turned)).toEqual(wins);
      const logs = fitStrengths(wins, true);
      expect(logs.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 6);
      expect(logs.every(Number.isFinite)).toBe(true);
    }),
  );
});

test('the same choices and seed give the same intervals, around the rating', () => {
  const given = logged(
    Array.from({ length: 60 }, (_, index) => ({ pair: index % 2 === 0 ? ['a', 'b'] : ['b', 'a'], outcome: index % 3 === 0 ? 'left' : 'right' })),
  );
  const [one] = rate(['a', 'b'], given, 7);
  expect(rate(['a', 'b'], given, 7)[0]).toEqual(one);
  for (const { rating, low, high } of one!.ratings) expect(low <= rating && rating <= high && low < high).toBe(true);
});

test('a repetition tells of the person and not of the texts', () => {
  const choice = (id: string, leftId: string, outcome: Choice['outcome'], repeatOf: string | null): Choice => ({
    id,
    sha256: 's',
    question: '',
    leftId,
    rightId: leftId === 'a' ? 'b' : 'a',
    outcome,
    reason: null,
    personId: 'ann',
    at: 0,
    repeatOf,
  });
  const results = resultsOf(
    ['a', 'b'],
    [choice('1', 'a', 'left', null), choice('2', 'b', 'right', '1'), choice('3', 'b', 'tie', null), choice('4', 'a', 'left', '3')],
    1,
  );
  expect(results).toMatchObject({ choices: 2, ties: 1, left: { n: 3 }, repeats: [{ personId: 'ann', n: 2, share: 0.5 }] });
  expect(results.groups[0]!.ratings[0]).toMatchObject({ id: 'a', compared: 2, won: 1, tied: 1 });
});
