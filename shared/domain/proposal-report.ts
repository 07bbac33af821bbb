/** What became of an encoder's proposals, and whether they sway people: what a lead judges an encoder by on their own data. */
import { csvOf } from '../text/csv.ts';

/** A difference of means, images with proposals less images without, with its 95 % interval; or why there is none. */
export type Difference =
  | { readonly status: 'too-few'; readonly shownImages: number; readonly hiddenImages: number }
  | {
      readonly status: 'measured';
      readonly shownImages: number;
      readonly hiddenImages: number;
      readonly shownMean: number;
      readonly hiddenMean: number;
      readonly difference: number;
      readonly low: number;
      readonly high: number;
    };
export interface ReportRow {
  readonly encoderId: string;
  readonly encoderHash: string;
  readonly label: string;
  readonly images: number;
  readonly shown: number;
  readonly accepted: number;
  readonly moved: number;
  /** Of those that were moved, in percent of the diagonal. */
  readonly movedMedianPct: number | null;
  readonly rejected: number;
  readonly open: number;
  /** Accepted and moved among all that were decided on; null where none was. */
  readonly precision: number | null;
  /** Milliseconds; null where too little was measured. */
  readonly savedMs: number | null;
  /** Points an image. */
  readonly counts: Difference;
  /** Mean distance of an image's points from its middle, in percent of the diagonal. */
  readonly spread: Difference;
}
/** Mean time of a point, from edits that made points of one kind only, at most 20 s after the person's edit before on the image. */
export interface PointTime {
  readonly handMs: number | null;
  readonly handPoints: number;
  readonly acceptedMs: number | null;
  readonly acceptedPoints: number;
}
export interface ProposalReport {
  readonly rows: readonly ReportRow[];
  readonly time: PointTime;
  readonly hiddenShare: number;
}

/** Fewer points than this say nothing of a person's pace. */
export const LEAST_POINTS = 20;
/** Fewer images than this, on either side, say nothing of a difference. */
export const LEAST_IMAGES = 10;
const RESAMPLES = 1000;

/** The middle value; null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The difference of two means with a percentile bootstrap interval (Efron 1979): both sides are drawn again with replacement, a thousand times.
 * The same values give the same interval: the generator (mulberry32) begins at the same place.
 */
export function differenceOf(shown: readonly number[], hidden: readonly number[]): Difference {
  const sizes = { shownImages: shown.length, hiddenImages: hidden.length };
  if (shown.length < LEAST_IMAGES || hidden.length < LEAST_IMAGES) return { status: 'too-few', ...sizes };
  let state = 0x9e3779b9;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const drawn = (values: readonly number[]) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)]!;
    return sum / values.length;
  };
  const differences = Float64Array.from({ length: RESAMPLES }, () => drawn(shown) - drawn(hidden)).sort();
  const at = (share: number) => differences[Math.min(RESAMPLES - 1, Math.round(share * (RESAMPLES - 1)))]!;
  const [shownMean, hiddenMean] = [mean(shown), mean(hidden)];
  return { status: 'measured', ...sizes, shownMean, hiddenMean, difference: shownMean - hiddenMean, low: at(0.025), high: at(0.975) };
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What accepting saved, or null where too little was measured. A pace with proposals that is slower than without is a loss, and said as one. */
export function savedMs(points: number, { handMs, handPoints, acceptedMs, acceptedPoints }: PointTime): number | null {
  if (handMs === null || acceptedMs === null || handPoints < LEAST_POINTS || acceptedPoints < LEAST_POINTS) return null;
  return points * (handMs - acceptedMs);
}

const COLUMNS = ['encoder', 'encoder_sha256', 'label', 'images', 'shown', 'accepted', 'moved', 'moved_median_pct', 'rejected', 'open', 'precision', 'saved_s'];
const PARTS = ['shown_images', 'hidden_images', 'shown_mean', 'hidden_mean', 'difference', 'low95', 'high95'];

/** The table as CSV (RFC 4180), numbers with a point; empty where nothing was measured. */
export function reportCsv({ rows }: ProposalReport): string {
  const parts = (difference: Difference) =>
    difference.status === 'too-few'
      ? [difference.shownImages, difference.hiddenImages, null, null, null, null, null]
      : [difference.shownImages, difference.hiddenImages, difference.shownMean, difference.hiddenMean, difference.difference, difference.low, difference.high];
  const lines = rows.map((row) => [
    row.encoderId,
    row.encoderHash,
    row.label,
    row.images,
    row.shown,
    row.accepted,
    row.moved,
    row.movedMedianPct,
    row.rejected,
    row.open,
    row.precision,
    row.savedMs === null ? null : row.savedMs / 1000,
    ...parts(row.counts),
    ...parts(row.spread),
  ]);
  const head = [...COLUMNS, ...PARTS.map((part) => `points_${part}`), ...PARTS.map((part) => `spread_${part}`)];
  return csvOf([head, ...lines]);
}
