/** Puts what a graph gave for tiles together: one level over the whole image for each fineness. */
import type { Level } from './feature-map.ts';

/** A level of one tile and where the tile lies, in percent of the image. */
export interface TileLevel {
  readonly xPct: number;
  readonly yPct: number;
  readonly widthPct: number;
  readonly heightPct: number;
  readonly level: Level;
}

/** Tiles grouped by fineness (cells per width of the image), coarse ones first. A group of more than one tile covers the image together. */
export function byFineness<T extends TileLevel>(tiles: readonly T[]): T[][] {
  const groups = new Map<number, T[]>();
  for (const tile of tiles) {
    const columns = gridOf(tile).columns;
    groups.set(columns, [...(groups.get(columns) ?? []), tile]);
  }
  return [...groups].toSorted(([a], [b]) => a - b).map(([, group]) => group);
}

/** One level over the whole image; where tiles overlap, their mean. */
export function joinTiles(tiles: readonly TileLevel[]): Level {
  const first = tiles[0]!;
  if (tiles.length === 1 && first.widthPct === 100 && first.heightPct === 100) return first.level;
  const { channels } = first.level;
  const { columns, rows } = gridOf(first);
  const data = new Float32Array(channels * columns * rows);
  const seen = new Uint8Array(columns * rows);
  for (const { xPct, yPct, level } of tiles) {
    const [left, top] = [Math.round((xPct / 100) * columns), Math.round((yPct / 100) * rows)];
    const [width, height] = [Math.min(level.columns, columns - left), Math.min(level.rows, rows - top)];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const cell = (top + y) * columns + left + x;
        seen[cell]!++;
        for (let channel = 0; channel < channels; channel++)
          data[channel * columns * rows + cell]! += level.data[(channel * level.rows + y) * level.columns + x]!;
      }
  }
  for (let i = 0; i < data.length; i++) data[i]! /= Math.max(1, seen[i % seen.length]!);
  return { channels, columns, rows, data };
}

/** The grid of the whole image at a tile's fineness. */
const gridOf = ({ widthPct, heightPct, level }: TileLevel): { columns: number; rows: number } => ({
  columns: Math.round((level.columns * 100) / widthPct),
  rows: Math.round((level.rows * 100) / heightPct),
});
