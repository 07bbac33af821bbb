/** Figures of agreement over images: for all work, by label, by ability, by pair of people and by week, each with its interval. */
import type { Comparison, ImageAgreement } from './compare.ts';
import { type Estimate, estimate, type Statistic } from './bootstrap.ts';
import { cohenKappa } from './kappa.ts';
import { intervalAlpha, intervalSums } from './krippendorff.ts';

export const measures = [
  'points-f1',
  'points-precision',
  'points-recall',
  'count-difference',
  'count-alpha',
  'answer-exact',
  'answer-f1',
  'choice-kappa',
  'claim-overlap',
  'word-f1',
  'caption-cosine',
] as const;
export type Measure = (typeof measures)[number];
export const groupings = ['all', 'label', 'ability', 'pair', 'week'] as const;
export type Grouping = (typeof groupings)[number];

export interface AgreementFigure extends Estimate {
  readonly grouping: Grouping;
  /** The label, the ability, "id id" of two people, the Monday of the week (YYYY-MM-DD, UTC); empty for all. */
  readonly key: string;
  readonly measure: Measure;
}
export interface ComparedImage extends ImageAgreement {
  readonly imageId: string;
}
/** What is compared of one image for one figure. */
interface Slice {
  readonly imageId: string;
  readonly comparisons: readonly Comparison[];
  readonly counts: readonly (readonly number[])[];
}

/** The Monday before a time, as YYYY-MM-DD in UTC. */
export function weekOf(at: number): string {
  const day = Math.floor(at / 86_400_000);
  // 1970-01-01 was a Thursday.
  return new Date((day - ((day + 3) % 7)) * 86_400_000).toISOString().slice(0, 10);
}

/** Keys of a grouping that a comparison belongs to. */
function keyOf(grouping: Grouping, comparison: Comparison): string | null {
  if (grouping === 'all') return '';
  if (grouping === 'label') return comparison.kind === 'points' ? comparison.label : null;
  if (grouping === 'ability') return comparison.kind === 'answer' && comparison.ability !== '' ? comparison.ability : null;
  return grouping === 'pair' ? `${comparison.a} ${comparison.b}` : weekOf(comparison.at);
}

/** Images whose part of a grouping has this key, with what is compared there. */
export function slicesOf(images: readonly ComparedImage[], grouping: Grouping): Map<string, Slice[]> {
  const found = new Map<string, Slice[]>();
  for (const { imageId, comparisons, counts } of images) {
    const byKey = Map.groupBy(comparisons, (comparison) => keyOf(grouping, comparison));
    for (const [key, list] of byKey) {
      if (key === null) continue;
      const own =
        grouping === 'all' ? counts.map((one) => one.counts) : grouping === 'label' ? counts.filter(({ label }) => label === key).map((one) => one.counts) : [];
      const slices = found.get(key);
      const slice = { imageId, comparisons: list, counts: own };
      if (slices) slices.push(slice);
      else found.set(key, [slice]);
    }
  }
  return found;
}

type Kind = Comparison['kind'];
const only = <K extends Kind>(kind: K, { comparisons }: Slice) => comparisons.filter((one): one is Extract<Comparison, { kind: K }> => one.kind === kind);
const total = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((sum, row) => sum + of(row), 0);
const ratio =
  (top: (sums: readonly number[]) => number, bottom: (sums: readonly number[]) => number): Statistic =>
  (sums) => {
    const below = bottom(sums);
    return below > 0 ? top(sums) / below : null;
  };

interface Rule {
  readonly kind: Kind;
  /** What it is made from, where that is not everything of its kind. */
  readonly of?: (comparison: Comparison) => boolean;
  /** Grouping by pair alone: means something only between two people. */
  readonly ofPair?: true;
  sums(slice: Slice): readonly number[];
  readonly statistic: Statistic;
}
const pointSums = (slice: Slice) => {
  const rows = only('points', slice);
  return [total(rows, (row) => row.matched), total(rows, (row) => row.countA), total(rows, (row) => row.countB)];
};
const first = ([sum]: readonly number[]) => sum!;
const second = ([, sum]: readonly number[]) => sum!;
const rules: Readonly<Record<Exclude<Measure, 'choice-kappa'>, Rule>> = {
  'points-f1': {
    kind: 'points',
    sums: pointSums,
    statistic: ratio(
      ([matched]) => 2 * matched!,
      ([, a, b]) => a! + b!,
    ),
  },
  'points-precision': { kind: 'points', ofPair: true, sums: pointSums, statistic: ratio(first, second) },
  'points-recall': { kind: 'points', ofPair: true, sums: pointSums, statistic: ratio(first, ([, , b]) => b!) },
  'count-difference': {
    kind: 'points',
    sums: (slice) => [total(only('points', slice), ({ countA, countB }) => Math.abs(countA - countB)), only('points', slice).length],
    statistic: ratio(first, second),
  },
  'count-alpha': {
    kind: 'points',
    sums: ({ counts }) => counts.map((unit) => intervalSums(unit)).reduce<number[]>((sums, row) => sums.map((sum, k) => sum + row[k]!), [0, 0, 0, 0]),
    statistic: intervalAlpha,
  },
  'answer-exact': {
    kind: 'answer',
    sums: (slice) => [only('answer', slice).filter((row) => row.exact).length, only('answer', slice).length],
    statistic: ratio(first, second),
  },
  'answer-f1': {
    kind: 'answer',
    sums: (slice) => [total(only('answer', slice), (row) => row.f1), only('answer', slice).length],
    statistic: ratio(first, second),
  },
  'claim-overlap': {
    kind: 'caption',
    sums: (slice) => [total(only('caption', slice), (row) => 2 * row.matched), total(only('caption', slice), (row) => row.claimsA + row.claimsB)],
    statistic: ratio(first, second),
  },
  'word-f1': {
    kind: 'caption',
    sums: (slice) => [total(only('caption', slice), (row) => 2 * row.shared), total(only('caption', slice), (row) => row.words)],
    statistic: ratio(first, second),
  },
  'caption-cosine': {
    kind: 'caption',
    of: (comparison) => comparison.kind === 'caption' && comparison.cosine !== undefined,
    sums: (slice) => {
      const rows = only('caption', slice).filter(({ cosine }) => cosine !== undefined);
      return [total(rows, ({ cosine }) => cosine!), rows.length];
    },
    statistic: ratio(first, second),
  },
};

/** The images that a figure is made from. */
export const slicesFor = (slices: readonly Slice[], measure: Measure): Slice[] =>
  measure === 'count-alpha'
    ? slices.filter(({ counts }) => counts.length > 0)
    : measure === 'choice-kappa'
      ? slices.filter((slice) => only('answer', slice).some(({ choices }) => choices !== null))
      : slices.filter((slice) => slice.comparisons.some((one) => one.kind === rules[measure].kind && (rules[measure].of?.(one) ?? true)));

/** One figure, or null where nothing can be said. `slices`: images in the order of their ids. */
export function figureOf(slices: readonly Slice[], grouping: Grouping, measure: Measure, seed?: number): Estimate | null {
  const used = slicesFor(slices, measure);
  if (measure === 'choice-kappa') return kappaOf(used, seed);
  const rule = rules[measure];
  if (rule.ofPair && grouping !== 'pair') return null;
  return estimate(
    used.map((slice) => rule.sums(slice)),
    rule.statistic,
    seed,
  );
}

/** More categories than this are told apart in what was observed, and taken for one in what chance would give. */
const MOST_CATEGORIES = 24;

/** Cohen's kappa of choices. Sums an image: answers, equal ones, and how often each of the two sides chose each category. */
function kappaOf(slices: readonly Slice[], seed?: number): Estimate | null {
  const pairs = slices.map((slice) => only('answer', slice).flatMap(({ choices }) => (choices ? [choices] : [])));
  const all = pairs.flat();
  if (cohenKappa(all) === null) return null;
  const counts = new Map<string, number>();
  for (const choice of all.flat()) counts.set(choice, (counts.get(choice) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_CATEGORIES - 1);
  const place = new Map(common.map(([name], at) => [name, at]));
  const width = place.size + 1;
  const sums = pairs.map((list) => {
    const row = Array.from({ length: 2 + 2 * width }, () => 0);
    for (const [a, b] of list) {
      row[0]! += 1;
      if (a === b) row[1]! += 1;
      row[2 + (place.get(a) ?? width - 1)]! += 1;
      row[2 + width + (place.get(b) ?? width - 1)]! += 1;
    }
    return row;
  });
  return estimate(
    sums,
    ([n, equal, ...chosen]) => {
      let products = 0;
      for (let at = 0; at < width; at++) products += chosen[at]! * chosen[width + at]!;
      return n! > 0 && products < n! * n! ? (equal! * n! - products) / (n! * n! - products) : null;
    },
    seed,
  );
}
