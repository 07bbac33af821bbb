/** Peaks that are only shoulders of a higher one: two bumps on one large coin. */
import type { Peak, ScoreMap } from './peaks.ts';

/**
 * Leaves out peaks from which one gets to a higher peak (or to an anchor: a point that is placed) without going below `share` of their height.
 * Watershed from the top with union-find, over the cells above `floor`. `peaks` are sorted, highest first; places are in cells.
 */
export function dropShoulders(
  { columns, rows, values }: ScoreMap,
  peaks: readonly Peak[],
  anchors: readonly { readonly x: number; readonly y: number }[],
  { share, floor }: { share: number; floor: number },
): Peak[] {
  const cellOf = ({ x, y }: { x: number; y: number }) => Math.min(rows - 1, Math.floor(y)) * columns + Math.min(columns - 1, Math.floor(x));
  /** Rank of the highest peak in a region; anchors come before all peaks; -1 where there is none. */
  const rankAt = new Map<number, number>();
  for (const [i, peak] of peaks.entries()) rankAt.set(cellOf(peak), i + 1);
  const parent = new Int32Array(values.length).fill(-1);
  const rank = new Int32Array(values.length).fill(-1);
  const dropped = new Set<number>();
  for (const anchor of anchors) {
    const peak = rankAt.get(cellOf(anchor));
    if (peak !== undefined && peak > 0) dropped.add(peak - 1);
    rankAt.set(cellOf(anchor), 0);
  }
  const find = (cell: number): number => {
    while (parent[cell] !== cell) cell = parent[cell] = parent[parent[cell]!]!;
    return cell;
  };
  const join = (a: number, b: number, height: number): void => {
    const [rankA, rankB] = [rank[a]!, rank[b]!];
    const [high, low] = [Math.min(rankA, rankB), Math.max(rankA, rankB)];
    if (high > -1 && low > 0 && height > share * peaks[low - 1]!.score) dropped.add(low - 1);
    rank[b] = high > -1 ? high : low;
    parent[a] = b;
  };
  const ranks = new Int32Array(values.length).fill(-1);
  for (const [cell, place] of rankAt) ranks[cell] = place;
  const order = highestFirst(values, floor);
  for (const cell of order) {
    parent[cell] = cell;
    rank[cell] = ranks[cell]!;
    const x = cell % columns;
    for (let side = 0; side < 4; side++) {
      if ((side === 0 && x === 0) || (side === 1 && x === columns - 1)) continue;
      const next = cell + (side === 0 ? -1 : side === 1 ? 1 : side === 2 ? -columns : columns);
      if (next < 0 || next >= values.length || parent[next] === -1) continue;
      const [a, b] = [find(cell), find(next)];
      if (a !== b) join(a, b, values[cell]!);
    }
  }
  return peaks.filter((_, i) => !dropped.has(i));
}

/** Cells above the floor, highest first, in 4096 steps: sorting exactly takes five times as long, and heights that close make no valley. */
function highestFirst(values: Float32Array, floor: number): Uint32Array {
  const STEPS = 4096;
  let top = floor;
  for (const value of values) if (value > top) top = value;
  const stepOf = (value: number): number => STEPS - 1 - Math.min(STEPS - 1, Math.floor(((value - floor) / (top - floor)) * STEPS));
  const starts = new Uint32Array(STEPS + 1);
  for (let cell = 0; cell < values.length; cell++) if (values[cell]! > floor) starts[stepOf(values[cell]!) + 1]!++;
  for (let step = 0; step < STEPS; step++) starts[step + 1]! += starts[step]!;
  const order = new Uint32Array(starts[STEPS]!);
  for (let cell = 0; cell < values.length; cell++) if (values[cell]! > floor) order[starts[stepOf(values[cell]!)]!++] = cell;
  return order;
}
