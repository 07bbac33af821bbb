import { expect, test } from 'vitest';
import { randomFrom } from './bootstrap.ts';
import { driftOf, type Scored } from './drift.ts';

const series = (means: readonly number[], seed = 1): Scored[] => {
  const random = randomFrom(seed);
  return means.map((mean, at) => ({
    at: at * 1000,
    imageId: `i${String(at).padStart(4, '0')}`,
    score: Math.min(1, Math.max(0, mean + (random() - 0.5) * 0.2)),
  }));
};
const times = (n: number, value: number) => Array.from({ length: n }, () => value);

test('work that stays the same is steady, also over hundreds of images', () => {
  const alarms = Array.from({ length: 20 }, (_, seed) => driftOf(series(times(200, 0.8), seed + 1)).verdict).filter((verdict) => verdict !== 'steady');
  // The first twenty images only estimate what is usual: a few false alarms stay.
  expect(alarms.length).toBeLessThan(8);
});

test('a fall is found, with about the image where it began', () => {
  const { verdict, since, before, now } = driftOf(series([...times(40, 0.85), ...times(40, 0.6)]));
  expect(verdict).toBe('falling');
  expect(since! / 1000).toBeGreaterThan(30);
  expect(since! / 1000).toBeLessThan(46);
  expect(before! - now!).toBeGreaterThan(0.15);
});

test('somebody who learns is rising', () => {
  expect(driftOf(series([...times(30, 0.5), ...times(40, 0.9)])).verdict).toBe('rising');
});

test('a few images say nothing of a change, but they are drawn', () => {
  const { verdict, windows } = driftOf(series(times(12, 0.5)));
  expect(verdict).toBe('too-few');
  expect(windows).toHaveLength(1);
});

test('a person who was always perfect does not alarm at one slip', () => {
  const scores = series(times(60, 1)).map((one, at) => ({ ...one, score: at === 50 ? 0.9 : 1 }));
  expect(driftOf(scores).verdict).toBe('steady');
});

test('the order in which scores are given does not matter', () => {
  const scores = series([...times(40, 0.85), ...times(40, 0.6)]);
  expect(driftOf([...scores].reverse())).toEqual(driftOf(scores));
});
