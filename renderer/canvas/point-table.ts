import type { ImageSize } from './camera.ts';
import type { Nearest, Splice } from './density.ts';
import { nearestNeighbours, spliceNearest } from './density.ts';
import type { Grid } from './hit-test.ts';
import { buildGrid, splicedGrid } from './hit-test.ts';
import type { StagePoint, StageSet } from './stage-api.ts';

/** The points as flat arrays in image pixels: what a frame and a hit test walk through. */
export interface PointTable {
  readonly count: number;
  readonly points: readonly StagePoint[];
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly nearest: Nearest;
  readonly ranges: readonly {
    readonly set: StageSet;
    readonly start: number;
    readonly end: number;
  }[];
  readonly image: ImageSize;
  readonly serial: number;
  /** The table before and what was changed in it, where only a few points were. */
  readonly grown: { readonly serial: number; readonly splice: Splice } | null;
  /** Made when first asked for, or out of the one before. */
  walk: PointWalk | null;
}

/**
 * The same points sorted into grid cells, row by row. A frame visits only the cells in view, and neighbours in memory are neighbours on the screen:
 * with 100,000 dots that halves the time, most of which is waiting for memory.
 */
export interface PointWalk {
  readonly grid: Grid;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly nearest: Float64Array;
  /** Which of the table's ranges. */
  readonly range: Uint16Array;
}

/** One edit touches a few points; more is worked out from scratch. */
const mostSpliced = 8;
let serials = 0;

/** Builds the table; after one edit it takes over from the table before what stays true. */
export function buildTable(sets: readonly StageSet[], image: ImageSize, before: PointTable | null): PointTable {
  const points = sets.length === 1 ? sets[0]!.points : sets.flatMap((set) => set.points);
  const count = points.length;
  const splice = before && sameSize(before.image, image) ? spliceBetween(before.points, points) : null;
  const [xs, ys] = positionsOf(points, image, splice && before, splice);
  const ranges: { set: StageSet; start: number; end: number }[] = [];
  let start = 0;
  for (const set of sets) {
    ranges.push({ set, start, end: start + set.points.length });
    start += set.points.length;
  }
  const few = before && splice && splice.removed + splice.added <= mostSpliced;
  const table: PointTable = {
    count,
    points,
    xs,
    ys,
    nearest: nearestOf(count, xs, ys, splice && before, splice),
    ranges,
    image,
    serial: ++serials,
    grown: few ? { serial: before.serial, splice } : null,
    walk: null,
  };
  if (few && before.walk && rangesFit(before.ranges, ranges, splice)) table.walk = splicedWalk(before.walk, table, splice);
  return table;
}

const sameSize = (a: ImageSize, b: ImageSize): boolean => a.widthPx === b.widthPx && a.heightPx === b.heightPx;

/** Whether all of an edit lies in one label, and each other point is in the label that it was in. */
function rangesFit(before: PointTable['ranges'], after: PointTable['ranges'], { at, removed, added }: Splice): boolean {
  return (
    before.length === after.length &&
    after.every(({ start, end }, r) => {
      const was = before[r]!;
      const grew = end - start - (was.end - was.start);
      return grew === 0 || (grew === added - removed && was.start <= at && at + removed <= was.end && start <= at && at + added <= end);
    })
  );
}

/** What an edit left where it was is copied as a block. */
function positionsOf(points: readonly StagePoint[], image: ImageSize, before: PointTable | null, splice: Splice | null): [Float64Array, Float64Array] {
  const count = points.length;
  const [xs, ys] = [new Float64Array(count), new Float64Array(count)];
  const { at, removed, added } = splice ?? { at: 0, removed: 0, added: count };
  if (before) {
    for (const [from, to] of [
      [before.xs, xs],
      [before.ys, ys],
    ] as const) {
      to.set(from.subarray(0, at));
      to.set(from.subarray(at + removed), at + added);
    }
  }
  for (let i = at; i < at + added; i += 1) {
    xs[i] = (points[i]!.xPct / 100) * image.widthPx;
    ys[i] = (points[i]!.yPct / 100) * image.heightPx;
  }
  return [xs, ys];
}

function nearestOf(count: number, xs: Float64Array, ys: Float64Array, before: PointTable | null, splice: Splice | null): Nearest {
  if (before && splice) {
    if (splice.removed + splice.added === 0) return before.nearest;
    if (splice.removed + splice.added <= mostSpliced) return spliceNearest(before.nearest, xs, ys, count, splice);
  }
  return nearestNeighbours(xs, ys, count);
}

/** What lies between the common beginning and the common end of two lists. */
export function spliceBetween(before: readonly StagePoint[], after: readonly StagePoint[]): Splice {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && samePlace(before[at]!, after[at]!)) at += 1;
  let end = 0;
  while (end < shorter - at && samePlace(before[before.length - 1 - end]!, after[after.length - 1 - end]!)) end += 1;
  return { at, removed: before.length - at - end, added: after.length - at - end };
}

const samePlace = (a: StagePoint, b: StagePoint): boolean => a === b || (a.id === b.id && a.xPct === b.xPct && a.yPct === b.yPct);

/** The points in the order of the grid. */
export function walkOf(table: PointTable): PointWalk {
  table.walk ??= buildWalk(table);
  return table.walk;
}

function buildWalk({ xs, ys, count, nearest, ranges }: PointTable): PointWalk {
  const grid = buildGrid(xs, ys, count);
  const rangeAt = new Uint16Array(count);
  ranges.forEach(({ start, end }, r) => rangeAt.fill(r, start, end));
  const walk = {
    grid,
    xs: new Float64Array(count),
    ys: new Float64Array(count),
    nearest: new Float64Array(count),
    range: new Uint16Array(count),
  };
  for (let k = 0; k < count; k += 1) {
    const i = grid.order[k]!;
    walk.xs[k] = xs[i]!;
    walk.ys[k] = ys[i]!;
    walk.nearest[k] = nearest.distance[i]!;
    walk.range[k] = rangeAt[i]!;
  }
  return walk;
}

/** The walk after an edit, without sorting all into cells again; null where the cells no longer fit. */
function splicedWalk(before: PointWalk, { xs, ys, count, nearest, ranges }: PointTable, splice: Splice): PointWalk | null {
  const grid = splicedGrid(before.grid, xs, ys, count, splice);
  if (!grid) return null;
  const { at, removed, added } = splice;
  const walk = { grid, xs: new Float64Array(count), ys: new Float64Array(count), nearest: new Float64Array(count), range: new Uint16Array(count) };
  // Both go through the cells in the same order; only what was taken out or put in differs.
  for (let k = 0, from = 0; k < count; k += 1) {
    const i = grid.order[k]!;
    walk.nearest[k] = nearest.distance[i]!;
    if (i >= at && i < at + added) {
      walk.xs[k] = xs[i]!;
      walk.ys[k] = ys[i]!;
      walk.range[k] = ranges.findIndex(({ start, end }) => i >= start && i < end);
      continue;
    }
    while (before.grid.order[from]! >= at && before.grid.order[from]! < at + removed) from += 1;
    walk.xs[k] = before.xs[from]!;
    walk.ys[k] = before.ys[from]!;
    walk.range[k] = before.range[from]!;
    from += 1;
  }
  return walk;
}

/** The range a point belongs to. */
export function rangeOf(table: PointTable, index: number): { readonly set: StageSet; readonly start: number; readonly end: number } | null {
  return table.ranges.find((range) => index >= range.start && index < range.end) ?? null;
}
