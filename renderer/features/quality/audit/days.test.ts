import { expect, test } from 'vitest';
import { dayMs, dayOfMs } from './days.ts';

test('a day reaches from its midnight here to that of the next day, and what is no day is none', () => {
  expect(new Date(dayMs('2026-03-29', 0)!).toString()).toBe(new Date(2026, 2, 29).toString());
  expect(new Date(dayMs('2026-12-31', 1)!).toString()).toBe(new Date(2027, 0, 1).toString());
  expect([dayMs('', 0), dayMs('2026-3-1', 0), dayMs('0001-01-01', 0)]).toEqual([null, null, null]);
});

test('a date field shows again what was chosen in it', () => {
  for (const iso of ['2026-03-29', '2026-10-25', '2024-02-29', '2026-12-31']) for (const later of [0, 1]) expect(dayOfMs(dayMs(iso, later), later)).toBe(iso);
  expect(dayOfMs(null, 1)).toBe('');
});
