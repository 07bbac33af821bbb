/** Writes tables as CSV (RFC 4180). */

export type CsvCell = string | number | null;

/** Numbers with a point and at most six decimals; empty where there is no value. A text that a spreadsheet would take for a formula is told not to be one. */
export function csvOf(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
function cell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(Math.round(value * 1e6) / 1e6);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
