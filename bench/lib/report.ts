/** How a benchmark prints what it found: medians and a ratio, on one line. */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** Nearest-rank percentile, 0 to 100. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN;
}

const figure = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2));

export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly floor: number;
  readonly goal: string;
}

/** One line of the report. */
export function report({ what, unit, ours, floor, goal }: Row): void {
  console.log(
    `${what.padEnd(58)} ${figure(ours).padStart(8)} ${unit.padEnd(9)} / ${figure(floor).padStart(8)} = ${(ours / floor).toFixed(2).padStart(6)}   goal ${goal}`,
  );
}

/** A figure that has a limit of its own and nothing to be compared with. */
export function reportFigure(what: string, value: number, unit: string, goal: string): void {
  console.log(`${what.padEnd(58)} ${figure(value).padStart(8)} ${unit.padEnd(9)}${' '.repeat(20)}   goal ${goal}`);
}
