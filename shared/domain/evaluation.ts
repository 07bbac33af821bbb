/** How well "more like these" finds a project's own points: each one is clicked by itself, and the others should be proposed. */
import { matchRadii } from './evaluation-match.ts';

/** Percent of the upright image. */
interface Spot {
  readonly xPct: number;
  readonly yPct: number;
}
/** What came of some clicks. `hits` of `wanted` other points were proposed above the line, and `misses` proposals lay on none. */
export interface ClickCounts {
  readonly clicks: number;
  readonly wanted: number;
  readonly hits: number;
  readonly misses: number;
}
export interface LabelFigures extends ClickCounts {
  /** Null for all labels together. */
  readonly label: string | null;
  readonly images: number;
  /** Hits among the proposals, and among the points; null where there is nothing to divide by. */
  readonly precision: number | null;
  readonly recall: number | null;
}
export interface Evaluation {
  readonly encoder: { readonly id: string; readonly name: string; readonly hash: string };
  readonly labels: readonly LabelFigures[];
  readonly all: LabelFigures;
  /** Images that were left out because their file is missing or can't be read. */
  readonly skipped: number;
}
/** Progress, then the result. */
export type EvaluationPiece = { readonly done: number; readonly total: number } | { readonly result: Evaluation };

/**
 * Counts one click. `peaks` are the proposals above the line, best first. Each takes the nearest point within its reach that no better one has taken;
 * what lies on the clicked point counts neither way.
 */
export function countClick(
  points: readonly Spot[],
  clicked: number,
  peaks: readonly Spot[],
  size: { readonly widthPx: number; readonly heightPx: number },
): ClickCounts {
  const radii = matchRadii(points, size);
  const taken = new Set<number>();
  let misses = 0;
  for (const peak of peaks) {
    let best = -1;
    let least = Infinity;
    for (const [i, point] of points.entries()) {
      const away = Math.hypot(((peak.xPct - point.xPct) / 100) * size.widthPx, ((peak.yPct - point.yPct) / 100) * size.heightPx);
      if (away <= radii[i]! && away < least && !taken.has(i)) [best, least] = [i, away];
    }
    if (best === -1) misses++;
    else if (best !== clicked) taken.add(best);
  }
  return { clicks: 1, wanted: points.length - 1, hits: taken.size, misses };
}

/** Sums clicks up. */
export function figuresOf(label: string | null, images: number, clicks: readonly ClickCounts[]): LabelFigures {
  const sum = (key: keyof ClickCounts) => clicks.reduce((total, one) => total + one[key], 0);
  const [hits, misses, wanted] = [sum('hits'), sum('misses'), sum('wanted')];
  return {
    label,
    images,
    clicks: sum('clicks'),
    wanted,
    hits,
    misses,
    precision: hits + misses > 0 ? hits / (hits + misses) : null,
    recall: wanted > 0 ? hits / wanted : null,
  };
}
