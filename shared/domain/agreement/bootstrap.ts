/**
 * 95 % intervals of figures that are computed from sums over images: precision, F1, a mean, alpha on counts. Images are drawn, not points or words,
 * because what one person does on one image hangs together (cluster bootstrap: Davison and Hinkley, "Bootstrap Methods and their Application", 1997, 3.8).
 */
import { normalCdf, normalQuantile } from './normal.ts';

/** What an image adds to each of the sums. */
export type Sums = readonly number[];
/** The figure of some sums; null where it is not defined (nothing to divide by). */
export type Statistic = (sums: Sums) => number | null;
/** A figure with its interval. `n` is the number of images behind it. `low` and `high` are null where there are too few images to tell. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

const RESAMPLES = 1000;
/** Fewer images than this say nothing of how much images differ. */
export const LEAST_CLUSTERS = 5;
/**
 * More images than this are first put into so many heaps, by turns: the heaps are then drawn. What varies between heaps of equal size is what varies
 * between images, and the time a figure takes no longer depends on how many images there are.
 */
export const MOST_CLUSTERS = 1000;
/** Where no seed is asked for; any number does. */
export const DEFAULT_SEED = 20_240;

/** mulberry32: 32 bits of state, the same numbers on every machine. Returns numbers from 0 up to, not including, 1. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The figure of all images with its 95 % interval, or null where it is not defined. The interval is the bias-corrected and accelerated one (B. Efron,
 * "Better Bootstrap Confidence Intervals", 1987): a figure near 1 has a lopsided one. Where all draws come out equal the interval is that one value.
 * The same images in the same order and the same seed give the same interval to the last bit: put images in the order of their ids.
 */
export function estimate(images: readonly Sums[], statistic: Statistic, seed: number = DEFAULT_SEED): Estimate | null {
  const total = add(images);
  const value = statistic(total);
  if (value === null) return null;
  const n = images.length;
  if (n < LEAST_CLUSTERS) return { value, low: null, high: null, n };
  const clusters = heaps(images);
  const draws = drawAll(clusters, statistic, seed);
  if (draws.length < RESAMPLES / 2) return { value, low: null, high: null, n };
  const [from, to] = bcaShares(draws, value, clusters, total, statistic);
  return { value, low: quantile(draws, from), high: quantile(draws, to), n };
}

function add(rows: readonly Sums[]): number[] {
  const sums = Array.from({ length: rows[0]?.length ?? 0 }, () => 0);
  for (const row of rows) for (let k = 0; k < sums.length; k++) sums[k]! += row[k]!;
  return sums;
}

function heaps(images: readonly Sums[]): readonly Sums[] {
  if (images.length <= MOST_CLUSTERS) return images;
  const result = Array.from({ length: MOST_CLUSTERS }, () => Array.from({ length: images[0]!.length }, () => 0));
  images.forEach((image, at) => image.forEach((value, k) => (result[at % MOST_CLUSTERS]![k]! += value)));
  return result;
}

/** The figure of each drawn set, sorted; sets for which it is not defined are left out. */
function drawAll(clusters: readonly Sums[], statistic: Statistic, seed: number): Float64Array {
  const random = randomFrom(seed);
  const [n, width] = [clusters.length, clusters[0]!.length];
  const flat = Float64Array.from(clusters.flat());
  const sums = Array.from({ length: width }, () => 0);
  const draws: number[] = [];
  for (let draw = 0; draw < RESAMPLES; draw++) {
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const at = Math.floor(random() * n) * width;
      for (let k = 0; k < width; k++) sums[k]! += flat[at + k]!;
    }
    const value = statistic(sums);
    if (value !== null) draws.push(value);
  }
  return Float64Array.from(draws).sort();
}

/** Which shares of the draws the interval ends at: 2.5 % and 97.5 %, moved by the bias of the draws and by how the figure's spread changes with it. */
function bcaShares(draws: Float64Array, value: number, clusters: readonly Sums[], total: Sums, statistic: Statistic): readonly [number, number] {
  const plain = [0.025, 0.975] as const;
  let [below, equal] = [0, 0];
  for (const draw of draws) {
    if (draw < value) below++;
    else if (draw === value) equal++;
  }
  // Draws that equal the figure count half below: figures of few images take few values.
  const share = (below + equal / 2) / draws.length;
  if (share <= 0 || share >= 1) return plain;
  const bias = normalQuantile(share);
  const without = clusters.map((cluster) => statistic(total.map((sum, k) => sum - cluster[k]!))).filter((one) => one !== null);
  const mean = without.reduce((sum, one) => sum + one, 0) / without.length;
  let [squares, cubes] = [0, 0];
  for (const one of without) {
    squares += (mean - one) ** 2;
    cubes += (mean - one) ** 3;
  }
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const moved = plain.map((end) => {
    const z = bias + normalQuantile(end);
    return normalCdf(bias + z / (1 - acceleration * z));
  });
  return [moved[0]!, moved[1]!];
}

/** The value at a share of sorted values, between neighbours in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const at = Math.min(Math.max(share, 0), 1) * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}
