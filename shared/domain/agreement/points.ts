/** How two people's points of one label on one image agree. */
import { assign, type Edge } from './assignment.ts';

/** Percent of the upright image. */
export interface Spot {
  readonly xPct: number;
  readonly yPct: number;
}
interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}
/** A pair of points that mean the same, by their places in the two lists, and how far apart they are in percent of the image's diagonal. */
export interface SpotPair {
  readonly a: number;
  readonly b: number;
  readonly awayPct: number;
}
/** What a pairing came to. Sums over images give the figures of all of them. */
export interface PointTally {
  readonly matched: number;
  readonly onlyA: number;
  readonly onlyB: number;
}
/** Percent of the diagonal within which two points can mean the same; as for judging an encoder's proposals (`evaluation-match.ts`). */
export const DEFAULT_RADIUS_PCT = 5;

/**
 * Pairs points of A with points of B, each with one at most: as many pairs within the radius (percent of the image's diagonal, the border
 * included) as there can be, and of those ways the one with the least sum of distances. Far faster than all pairs where points are many: only
 * those of neighbouring cells of a grid are compared.
 */
export function matchPoints(a: readonly Spot[], b: readonly Spot[], { widthPx, heightPx }: Size, radiusPct: number = DEFAULT_RADIUS_PCT): SpotPair[] {
  const diagonal = Math.hypot(widthPx, heightPx);
  const place = ({ xPct, yPct }: Spot) => ({ x: (xPct * widthPx) / diagonal, y: (yPct * heightPx) / diagonal });
  // Cells a little wider than the radius, and never so many that their names are more than the points.
  const cell = Math.max(radiusPct, 0.01) * 1.0001;
  const cells = new Map<string, number[]>();
  const placesB = b.map(place);
  placesB.forEach(({ x, y }, at) => {
    const name = `${Math.floor(x / cell)} ${Math.floor(y / cell)}`;
    const list = cells.get(name);
    if (list) list.push(at);
    else cells.set(name, [at]);
  });
  const edges: Edge[] = [];
  a.map(place).forEach(({ x, y }, row) => {
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const column of cells.get(`${Math.floor(x / cell) + dx} ${Math.floor(y / cell) + dy}`) ?? []) {
          const cost = Math.hypot(x - placesB[column]!.x, y - placesB[column]!.y);
          if (cost <= radiusPct) edges.push({ row, column, cost });
        }
  });
  return assign(a.length, b.length, edges).map(({ row, column, cost }) => ({ a: row, b: column, awayPct: cost }));
}

/** Counts a pairing. */
export const tallyOf = (countA: number, countB: number, matched: number): PointTally => ({ matched, onlyA: countA - matched, onlyB: countB - matched });

/** Share of A's that B has too; null where A has none. With B as the reference this is precision, with A as the reference recall. */
export const precisionOf = ({ matched, onlyA }: PointTally): number | null => ratio(matched, matched + onlyA);
/** Share of B's that A has too; null where B has none. */
export const recallOf = ({ matched, onlyB }: PointTally): number | null => ratio(matched, matched + onlyB);
/** The harmonic mean of the two, 2m / (|A| + |B|) (Dice 1945); the same whichever of the two comes first. Null where neither has any. */
export const f1Of = ({ matched, onlyA, onlyB }: PointTally): number | null => ratio(2 * matched, 2 * matched + onlyA + onlyB);
const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);
