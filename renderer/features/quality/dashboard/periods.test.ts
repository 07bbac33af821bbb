import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOfIso, isoDay, periodsOf } from './periods.ts';

const work = (day: number, submitted: number) => ({ day, images: submitted, edits: 1, activeMs: 0, steps: { submitted } });

test('no work gets lost when days are gathered, and no period is left out', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 19_000, max: 20_000 }), { maxLength: 40 }), (days) => {
      const sorted = days.toSorted((a, b) => a - b).map((day) => work(day, 1 + (day % 3)));
      const { periods } = periodsOf(sorted);
      expect(periods.reduce((sum, { values }) => sum + values[0]!, 0)).toBe(sorted.reduce((sum, { steps }) => sum + steps.submitted, 0));
      periods.forEach(({ fromDay }, index) => index > 0 && expect(fromDay).toBe(periods[index - 1]!.toDay + 1));
    }),
  );
});

test('two months are days, more are weeks from Monday', () => {
  expect(periodsOf([work(20_000, 1), work(20_061, 1)])).toMatchObject({ unit: 'day' });
  const { unit, periods } = periodsOf([work(20_000, 1), work(20_062, 1)]);
  expect(unit).toBe('week');
  expect(new Date(periods[0]!.fromDay * 86_400_000).getUTCDay()).toBe(1);
});

test('a day goes to a date field and back', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 50_000 }), (day) => dayOfIso(isoDay(day)) === day));
  expect(dayOfIso('')).toBeNull();
});
