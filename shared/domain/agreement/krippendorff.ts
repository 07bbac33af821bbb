/**
 * Krippendorff's alpha: agreement of any number of people on values, with missing ones, corrected for chance. 1 is full agreement, 0 is what
 * chance alone gives. K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). alpha = 1 - observed / expected disagreement.
 */

/** What a unit (an image, a question) got: one value for each person who judged it. Units with fewer than two count for nothing. */
export type Unit = readonly number[];
/** How far two values are from each other: equal or not; squared difference of their ranks; squared difference. */
export type Level = 'nominal' | 'ordinal' | 'interval';

/**
 * Alpha of units; null where fewer than two values can be paired, or all values are equal (then chance explains everything and the formula
 * divides by nothing). Values of a nominal scale are any numbers that name categories.
 */
export function krippendorffAlpha(units: readonly Unit[], level: Level): number | null {
  const pairable = units.filter((unit) => unit.length > 1);
  if (level === 'nominal') return alphaOf(addUp(pairable.map(nominalSums)));
  const values = level === 'ordinal' ? ranked(pairable) : pairable;
  // Around the mean: squares of large numbers would lose what differs.
  const all = values.flat();
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return intervalAlpha(sumOf(values.map((unit) => intervalSums(unit, mean))));
}

/** Sums of one unit on an interval scale: values, their sum and sum of squares, and the disagreement within; sums of units are those of all. */
export type IntervalSums = readonly [values: number, sum: number, squares: number, within: number];

/** What a unit adds to alpha on an interval scale. `offset` (any number near the mean) keeps the squares small. */
export function intervalSums(unit: Unit, offset = 0): IntervalSums {
  if (unit.length < 2) return [0, 0, 0, 0];
  let [sum, squares] = [0, 0];
  for (const value of unit) {
    sum += value - offset;
    squares += (value - offset) ** 2;
  }
  // Squared differences of all ordered pairs are 2 (m * sum of squares - square of the sum).
  return [unit.length, sum, squares, (2 * (unit.length * squares - sum * sum)) / (unit.length - 1)];
}

/** Alpha on an interval scale from summed-up units; null as above. */
export function intervalAlpha([n, sum, squares, within]: readonly number[]): number | null {
  if (n === undefined || n < 2) return null;
  const expected = (2 * (n * squares! - sum! * sum!)) / (n - 1);
  // What is left of rounding where all values are equal.
  return expected <= 1e-9 * Math.max(1, squares!) ? null : 1 - within! / expected;
}

const sumOf = (rows: readonly IntervalSums[]): number[] => rows.reduce<number[]>((sums, row) => sums.map((sum, i) => sum + row[i]!), [0, 0, 0, 0]);

/** The mean rank of each value among all: ordinal distance is the squared difference of these (Krippendorff 2011, section on metric differences). */
function ranked(units: readonly Unit[]): number[][] {
  const counts = new Map<number, number>();
  for (const value of units.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranks = new Map<number, number>();
  let below = 0;
  for (const [value, count] of [...counts].sort((a, b) => a[0] - b[0])) {
    ranks.set(value, below + count / 2);
    below += count;
  }
  return units.map((unit) => unit.map((value) => ranks.get(value)!));
}

interface NominalSums {
  readonly within: number;
  readonly counts: ReadonlyMap<number, number>;
}
/** Of one unit: how often each value, and the share of ordered pairs that differ. */
function nominalSums(unit: Unit): NominalSums {
  const counts = new Map<number, number>();
  for (const value of unit) counts.set(value, (counts.get(value) ?? 0) + 1);
  let equal = 0;
  for (const count of counts.values()) equal += count * (count - 1);
  return { counts, within: (unit.length * (unit.length - 1) - equal) / (unit.length - 1) };
}
function addUp(rows: readonly NominalSums[]): NominalSums {
  const counts = new Map<number, number>();
  let within = 0;
  for (const row of rows) {
    within += row.within;
    for (const [value, count] of row.counts) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return { counts, within };
}
function alphaOf({ within, counts }: NominalSums): number | null {
  let [n, equal] = [0, 0];
  for (const count of counts.values()) {
    n += count;
    equal += count * (count - 1);
  }
  const expected = (n * (n - 1) - equal) / (n - 1);
  return n < 2 || expected === 0 ? null : 1 - within / expected;
}
