/** Days of the filter: date fields hold YYYY-MM-DD, the log milliseconds. */

/** The start of a day of a date field (YYYY-MM-DD) in the zone of the machine, `later` days on, in milliseconds; null of an empty or odd one. */
export function dayMs(iso: string, later: number): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  if (!match) return null;
  const at = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + later).getTime();
  return Number.isNaN(at) || at < 0 ? null : at;
}

/** The other way round: the day of a date field; empty for no time. */
export function dayOfMs(ms: number | null, later: number): string {
  if (ms === null) return '';
  const at = new Date(ms);
  at.setDate(at.getDate() - later);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
