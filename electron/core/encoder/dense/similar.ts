/** How much every place of an image looks like the places that were pointed at, and unlike those that were rejected. */
import type { Spot } from '../messages.ts';
import { cellOf } from './cell-of.ts';
import { likeInColour } from './colours.ts';
import type { DenseImage } from './dense-image.ts';
import { cosines, type FeatureMap, meanVector, taps, vectorAt } from './feature-map.ts';
import { blur, type ScoreMap } from './peaks.ts';

/** A place that stands for what is looked for; `weight` is 1 for a person's. */
export interface Exemplar extends Spot {
  readonly weight: number;
}
/** Blur in cells of a look. */
const SIGMA = 0.5;
/** What another colour takes off. Mean AP over scattered things, some of another kind and the same shape among them, rises from 0.87 to 0.91. */
const COLOUR_SHARE = 0.3;
/** How much the nearest point counts beside the mean of all, where people placed several, and how many are compared one by one: each takes 2 ms. */
const NEAREST_SHARE = 0.3;
const ONE_BY_ONE = 3;
/** What a detector's word adds; it covers what features alone miss (a horse seen from behind): 0.3 adds 0.01 to mean AP. */
const WORD_WEIGHT = 0.3;
/** A word counts where the detector gives it at least this at the points. */
const WORD_FLOOR = 0.3;
/** How far from the rejected towards the points a place must be to keep its whole score; as near to the rejected as to the points it keeps nothing. */
const KEPT_FROM = 0.25;

/** Cosine to the exemplars' mean, over all looks, from -1 to 1, on the image's score grid. */
export function scoreSimilar(image: DenseImage, exemplars: readonly Exemplar[], negatives: readonly Spot[]): ScoreMap {
  const values = likeness(image, exemplars);
  const kept = negatives.length > 0 ? keptShares(image, exemplars, negatives, values) : null;
  if (image.words) addWords(image, exemplars, values);
  if (kept) for (let i = 0; i < values.length; i++) values[i]! *= kept[i]!;
  return { columns: image.columns, rows: image.rows, values };
}

/** Which share of its score each place keeps beside what was rejected. Each rejected one by itself, as they can be of several kinds. */
function keptShares(image: DenseImage, exemplars: readonly Exemplar[], negatives: readonly Spot[], alike: Float32Array): Float32Array {
  const shares = new Float32Array(alike.length).fill(1);
  for (const negative of negatives) {
    const unlike = likeness(image, [{ ...negative, weight: 1 }]);
    // The points themselves: their lead over the rejected is the measure.
    const leads = exemplars.map((spot) => alike[cellOf(image, spot)]! - unlike[cellOf(image, spot)]!);
    const lead = Math.max(0.05, ...leads) * KEPT_FROM;
    for (let i = 0; i < shares.length; i++) shares[i] = Math.min(shares[i]!, Math.max(0, Math.min(1, (alike[i]! - unlike[i]!) / lead)));
  }
  return shares;
}

/** Takes off what is like a rejected place where there is no point to compare with: all of it above a likeness of three quarters, nothing below a half. */
export function keepFrom(image: DenseImage, negatives: readonly Spot[], values: Float32Array): void {
  for (const negative of negatives) {
    const unlike = likeness(image, [{ ...negative, weight: 1 }]);
    for (let i = 0; i < values.length; i++) values[i]! *= Math.max(0, Math.min(1, (0.75 - unlike[i]!) * 4));
  }
}

function likeness(image: DenseImage, exemplars: readonly Exemplar[]): Float32Array {
  const values = new Float32Array(image.columns * image.rows);
  for (const look of image.looks) addResampled(values, image, blur(likenessIn(look, exemplars), SIGMA), 1 / image.looks.length);
  if (!image.colours) return values;
  const colour = new Float32Array(values.length);
  addResampled(colour, image, likeInColour(image.colours, exemplars), 1);
  for (let i = 0; i < values.length; i++) values[i]! *= 1 - COLOUR_SHARE + COLOUR_SHARE * colour[i]!;
  return values;
}

/** Cosine to the exemplars' mean, and in part to the nearest of the points that people placed: what is one kind to a person can be several to an encoder. */
function likenessIn(look: FeatureMap, exemplars: readonly Exemplar[]): ScoreMap {
  const vectors = exemplars.map((exemplar) => ({ vector: vectorAt(look, exemplar), weight: exemplar.weight }));
  const map = cosines(look, meanVector(vectors));
  const placed = vectors.filter(({ weight }) => weight === 1).slice(0, ONE_BY_ONE);
  if (placed.length < 2) return map;
  const nearest = new Float32Array(map.values.length).fill(-1);
  for (const { vector } of placed) {
    const own = cosines(look, vector).values;
    for (let i = 0; i < own.length; i++) nearest[i] = Math.max(nearest[i]!, own[i]!);
  }
  for (let i = 0; i < nearest.length; i++) map.values[i] = (1 - NEAREST_SHARE) * map.values[i]! + NEAREST_SHARE * nearest[i]!;
  return map;
}

/** Adds a map of any grid to scores on the image's grid. */
export function addResampled(values: Float32Array, { columns, rows }: DenseImage, map: ScoreMap, weight: number): void {
  const [across, down] = [flatTaps(map.columns, columns), flatTaps(map.rows, rows)];
  for (let y = 0, at = 0; y < rows; y++) {
    const [firstDown, endDown] = [down.starts[y]!, down.starts[y + 1]!];
    for (let x = 0; x < columns; x++, at++) {
      const [firstAcross, endAcross] = [across.starts[x]!, across.starts[x + 1]!];
      let sum = 0;
      for (let j = firstDown; j < endDown; j++) {
        const [row, weightY] = [down.from[j]! * map.columns, down.weights[j]!];
        for (let i = firstAcross; i < endAcross; i++) sum += across.weights[i]! * weightY * map.values[row + across.from[i]!]!;
      }
      values[at]! += weight * sum;
    }
  }
}

/** `taps` in three lists: a click goes through them for each of 20,000 cells. */
function flatTaps(from: number, to: number): { starts: Uint32Array; from: Uint32Array; weights: Float64Array } {
  const all = taps(from, to);
  const starts = new Uint32Array(to + 1);
  for (let i = 0; i < to; i++) starts[i + 1] = starts[i]! + all[i]!.length;
  const flat = all.flat();
  return { starts, from: Uint32Array.from(flat, ([cell]) => cell), weights: Float64Array.from(flat, ([, share]) => share) };
}

/** The word that fits the points best, where it fits. Scores stay at most 1. */
function addWords(image: DenseImage, exemplars: readonly Exemplar[], values: Float32Array): void {
  const { channels, columns, rows, data } = image.words!;
  const places = exemplars.filter(({ weight }) => weight === 1).map((spot) => cellOf(image, spot));
  if (places.length === 0) return;
  let best = { word: 0, score: 0 };
  for (let word = 0; word < channels; word++) {
    const score = places.reduce((sum, cell) => sum + data[word * columns * rows + cell]!, 0) / places.length;
    if (score > best.score) best = { word, score };
  }
  if (best.score < WORD_FLOOR) return;
  const start = best.word * columns * rows;
  const top = 1 + WORD_WEIGHT * best.score ** 2;
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! + WORD_WEIGHT * best.score * data[start + i]!) / top;
}

/** The looks' cells that are one in the coarsest look, along a row of the score grid. */
export const gridRatio = (image: DenseImage): number => image.columns / (image.looks[0] as FeatureMap).columns;
