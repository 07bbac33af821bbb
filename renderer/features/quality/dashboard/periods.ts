/** Days of a dashboard as people read them, gathered into weeks where there are many. */
import type { DashboardFigures } from '../../../../shared/domain/figures.ts';

export const DAY_MS = 86_400_000;
/** More columns than this are weeks. */
const MOST_DAYS = 62;
/** What a column is made of, from the bottom up. */
export const stackedSteps = ['submitted', 'accepted', 'returned'] as const;

export interface Period {
  readonly fromDay: number;
  readonly toDay: number;
  /** Images brought into each of `stackedSteps`. */
  readonly values: readonly number[];
}

/** Days, or weeks from Monday, from the first with work to the last, those without work too. */
export function periodsOf(days: DashboardFigures['days']): { readonly unit: 'day' | 'week'; readonly periods: readonly Period[] } {
  const first = days[0]?.day;
  const last = days.at(-1)?.day;
  if (first === undefined || last === undefined) return { unit: 'day', periods: [] };
  const unit = last - first < MOST_DAYS ? 'day' : 'week';
  const length = unit === 'day' ? 1 : 7;
  // 1970 began on a Thursday: day 4 was a Monday.
  const start = unit === 'day' ? first : first - ((first - 4) % 7);
  const values = Array.from({ length: Math.floor((last - start) / length) + 1 }, () => stackedSteps.map(() => 0));
  for (const { day, steps } of days) stackedSteps.forEach((step, index) => (values[Math.floor((day - start) / length)]![index]! += steps[step] ?? 0));
  return { unit, periods: values.map((parts, index) => ({ fromDay: start + index * length, toDay: start + (index + 1) * length - 1, values: parts })) };
}

/** A day as the language writes it; `long` with its year. */
export function dayText(day: number, locale: string, long = false): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', ...(long ? { year: 'numeric' } : {}) }).format(day * DAY_MS);
}

/** YYYY-MM-DD, as files and date fields have it. */
export const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The day of a date field; null of an empty or odd one. */
export function dayOfIso(text: string): number | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) || at < 0 ? null : at / DAY_MS;
}
