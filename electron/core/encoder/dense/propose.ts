/** From a score map to proposals: peaks, one for each object, away from what is pointed at already, and the line that is suggested. */
import type { Proposed, Spot } from '../messages.ts';
import { cellOf } from './cell-of.ts';
import type { DenseImage } from './dense-image.ts';
import { findPeaks, otsu, type Peak, type ScoreMap, upsample } from './peaks.ts';
import { dropShoulders } from './shoulders.ts';
import { addResampled, type Exemplar, gridRatio, keepFrom, scoreSimilar } from './similar.ts';

/** Peaks below this are noise. */
const FLOOR = 0.05;
/** How far the valley between two objects must go down: to 90 % of the lower one. At 80 % touching objects become one, at 95 % a large one becomes two. */
const VALLEY = 0.9;
const FINER = 2;
/** A proposal as good as this share of the points themselves joins them in a second look, and how many may. With 5 instead of 12 some coins find 19 of the other 23. */
const JOIN_SHARE = 0.5;
const JOIN_LIMIT = 12;
/** Otsu's line is drawn between peaks above this. */
const WORTH = 0.15;
/** The suggested line stays within these shares of the score at the points themselves. */
const LINE = { least: 0.38, most: 0.53 };

/** "More like these": what looks like the points that people placed, and unlike what they rejected. At least one positive. */
export function proposeSimilar(image: DenseImage, positives: readonly Spot[], negatives: readonly Spot[]): Proposed {
  const own: Exemplar[] = positives.map(({ xPct, yPct }) => ({ xPct, yPct, weight: 1 }));
  const first = scoreSimilar(image, own, negatives);
  const joining = JOIN_LIMIT + 1 - own.length;
  const map = joining > 0 ? scoreSimilar(image, [...own, ...likest(image, first, own, negatives).slice(0, joining)], negatives) : first;
  return proposeOn(image, map, positives, negatives);
}

/** How much each placed point takes over from the words, and how much all of them may: what is pointed at is surer than what a word means. */
const POINT_SHARE = 0.3;
const MOST_POINT_SHARE = 0.8;

/** Where words are seen (scores from 0 to 1 on the patches' grid), more and more led by the points that were placed. */
export function proposeText(image: DenseImage, words: ScoreMap, positives: readonly Spot[], negatives: readonly Spot[]): Proposed {
  const values = new Float32Array(image.columns * image.rows);
  addResampled(values, image, words, 1);
  const own = positives.map(({ xPct, yPct }) => ({ xPct, yPct, weight: 1 }));
  if (own.length > 0) {
    const share = Math.min(MOST_POINT_SHARE, POINT_SHARE * own.length);
    const alike = scoreSimilar(image, own, negatives);
    for (let i = 0; i < values.length; i++) values[i] = (1 - share) * values[i]! + share * alike.values[i]!;
  } else keepFrom(image, negatives, values);
  return proposeOn(image, { columns: image.columns, rows: image.rows, values }, positives, negatives);
}

/** The best peaks of a first look as further exemplars, weighed by how sure they are. */
function likest(image: DenseImage, map: ScoreMap, own: readonly Exemplar[], negatives: readonly Spot[]): Exemplar[] {
  const self = selfScore(map, own);
  return peaksOf(image, map, own, negatives)
    .filter(({ score }) => score > JOIN_SHARE * self)
    .map(({ xPct, yPct, score }) => ({ xPct, yPct, weight: Math.min(0.99, score / self) }));
}

/** Peaks, line and heat of any score map (scores up to 1) on the image's grid. */
function proposeOn(image: DenseImage, map: ScoreMap, positives: readonly Spot[], negatives: readonly Spot[]): Proposed {
  const peaks = peaksOf(image, map, positives, negatives).map((peak) => ({ ...peak, score: Math.min(1, peak.score) }));
  const values = Uint8Array.from(map.values, (value) => Math.round(255 * Math.max(0, Math.min(1, value))));
  return { peaks, threshold: suggest(peaks, map, positives), heat: { columns: map.columns, rows: map.rows, values } };
}

type ScoredSpot = Spot & { readonly score: number };

function peaksOf(image: DenseImage, map: ScoreMap, positives: readonly Spot[], negatives: readonly Spot[]): ScoredSpot[] {
  const fine = upsample(map, FINER);
  const radius = radiusCells(image, map, positives) * FINER;
  const inCells = ({ xPct, yPct }: Spot) => ({ x: (xPct / 100) * fine.columns, y: (yPct / 100) * fine.rows });
  const anchors = positives.map(inCells);
  const taken = [...anchors, ...negatives.map(inCells)];
  const free = ({ x, y }: Peak) => taken.every((spot) => (spot.x - x) ** 2 + (spot.y - y) ** 2 >= radius * radius);
  const found = findPeaks(fine, { radius, floor: FLOOR });
  return dropShoulders(fine, found, anchors, { share: VALLEY, floor: FLOOR })
    .filter(free)
    .map(({ x, y, score }) => ({ xPct: (x / fine.columns) * 100, yPct: (y / fine.rows) * 100, score }));
}

/**
 * How far apart proposals must be, in cells of the score grid: by the size of what is pointed at (the cells around a point that score 85 % of it), at least one cell of the coarsest look; less than the points' own distance where they are closer.
 */
function radiusCells(image: DenseImage, map: ScoreMap, positives: readonly Spot[]): number {
  const ratio = gridRatio(image);
  const least = 1.1 * ratio;
  if (positives.length === 0) return 1.5 * ratio;
  const area = positives.reduce((sum, spot) => sum + regionSize(map, cellOf(map, spot)), 0) / positives.length;
  const bySize = Math.max(least, Math.min(6 * ratio, 1.3 * Math.sqrt(area / Math.PI)));
  return Math.max(ratio * 0.5, Math.min(bySize, 0.7 * nearest(map, positives)));
}

/** Cells that hang together with this one and score at least 85 % of it. */
function regionSize({ columns, rows, values }: ScoreMap, start: number): number {
  const least = 0.85 * Math.max(values[start]!, 0.5);
  const seen = new Set([start]);
  const open = [start];
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const x = cell % columns;
    for (const next of [x > 0 ? cell - 1 : -1, x < columns - 1 ? cell + 1 : -1, cell - columns, cell + columns]) {
      if (next < 0 || next >= columns * rows || seen.has(next) || values[next]! < least) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen.size;
}

/** Smallest distance between two of the points, in cells; infinite for one point. */
function nearest({ columns, rows }: ScoreMap, spots: readonly Spot[]): number {
  let least = Infinity;
  for (const [i, a] of spots.entries())
    for (const b of spots.slice(i + 1)) least = Math.min(least, Math.hypot(((a.xPct - b.xPct) / 100) * columns, ((a.yPct - b.yPct) / 100) * rows));
  return least;
}

/** Otsu's line between the peaks that are of any worth, kept near the middle between nothing and the points themselves. */
function suggest(peaks: readonly ScoredSpot[], map: ScoreMap, positives: readonly Spot[]): number {
  const parted = otsu(peaks.filter(({ score }) => score > WORTH).map(({ score }) => score));
  const self = positives.length > 0 ? selfScore(map, positives) : (peaks[0]?.score ?? 1);
  const line = parted?.threshold ?? LINE.most * self;
  return Math.max(0, Math.min(1, Math.max(LINE.least * self, Math.min(LINE.most * self, line))));
}

/** What the map gives where the points are: the measure of a full score. The mean, as one point may lie at an object's rim. */
function selfScore(map: ScoreMap, positives: readonly Spot[]): number {
  const sum = positives.reduce((total, spot) => total + Math.max(0.1, map.values[cellOf(map, spot)]!), 0);
  return Math.max(0.2, sum / positives.length);
}
