/** Whether a person's work changes over time, judged by their scores (0 to 1) against gold images or against other people. */
import { type Estimate, estimate } from './bootstrap.ts';

/** One image's score; several scores of one image are one. `at` in milliseconds since 1970. */
export interface Scored {
  readonly at: number;
  readonly imageId: string;
  readonly score: number;
}
export interface DriftWindow extends Estimate {
  /** From the first to the last image of the window. */
  readonly from: number;
  readonly to: number;
}
export interface Drift {
  readonly verdict: 'too-few' | 'steady' | 'falling' | 'rising';
  /** When the change began: the first image after which the sum never came back to zero. Null where there is none. */
  readonly since: number | null;
  /** Mean of the images that the others are held against, and of those since the change (of the last window where there is none). */
  readonly before: number | null;
  readonly now: number | null;
  readonly windows: readonly DriftWindow[];
  readonly imageIds: readonly string[];
}

/** The first so many images say what is usual for a person. */
export const BASELINE = 20;
/** Images of a window of the chart. */
export const WINDOW = 20;
/** Page's slack and limit in standard deviations: a shift of one deviation is found after about ten images, a false alarm comes once in some nine hundred. */
const SLACK = 0.5;
const LIMIT = 5;
/** A person who always scored the same would alarm at any change: less than this is no spread. */
const LEAST_DEVIATION = 0.05;

/**
 * Two one-sided cumulative sums (E. S. Page, "Continuous Inspection Schemes", 1954; slack 0.5 and limit 5 as in Montgomery, "Introduction to
 * Statistical Quality Control", 9.1) over the images in the order of time, held against the mean and deviation of the first twenty. Windows of
 * twenty images with bootstrap intervals draw the chart. Scores in any order.
 */
export function driftOf(scores: readonly Scored[], seed?: number): Drift {
  const sorted = [...scores].sort((a, b) => a.at - b.at || (a.imageId < b.imageId ? -1 : 1));
  const windows: DriftWindow[] = [];
  // The last window is full: the newest images tell most.
  for (let end = sorted.length; end > 0; end -= WINDOW) {
    const part = sorted.slice(Math.max(0, end - WINDOW), end);
    const found = estimate(
      part.map(({ score }) => [score, 1]),
      ([sum, n]) => (n! > 0 ? sum! / n! : null),
      seed,
    );
    if (found) windows.unshift({ ...found, from: part[0]!.at, to: part.at(-1)!.at });
  }
  const imageIds = sorted.map(({ imageId }) => imageId);
  const base = sorted.slice(0, BASELINE).map(({ score }) => score);
  if (sorted.length < BASELINE + 10) return { verdict: 'too-few', since: null, before: null, now: null, windows, imageIds };
  const before = mean(base);
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(base.reduce((sum, score) => sum + (score - before) ** 2, 0) / (base.length - 1)));
  const [fall, rise] = [alarm(sorted, (score) => (before - score) / deviation), alarm(sorted, (score) => (score - before) / deviation)];
  const change = fall !== null ? { verdict: 'falling' as const, at: fall } : rise !== null ? { verdict: 'rising' as const, at: rise } : null;
  const rest = sorted.slice(change ? change.at : -WINDOW).map(({ score }) => score);
  return { verdict: change?.verdict ?? 'steady', since: change ? sorted[change.at]!.at : null, before, now: mean(rest), windows, imageIds };
}

/** Place of the image at which a change began that still holds at the end: the sum is above the limit. Null where it is not. */
function alarm(sorted: readonly Scored[], deviations: (score: number) => number): number | null {
  let [sum, began] = [0, 0];
  sorted.slice(BASELINE).forEach(({ score }, at) => {
    if (sum === 0) began = at + BASELINE;
    sum = Math.max(0, sum + deviations(score) - SLACK);
  });
  return sum > LIMIT ? began : null;
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
