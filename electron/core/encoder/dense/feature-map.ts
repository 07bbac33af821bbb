/** A grid of vectors over an image: what a click is compared with. Made from a detector's levels or from patch tokens. */

import { createProducts, type Products } from './products.ts';

/** Vectors of length 1, cell by cell, rows from the top; all cells together cover the whole image. `dim` numbers each, zeros up to `stride`. */
export interface FeatureMap extends Pick<Products, 'vectors' | 'stride'> {
  readonly columns: number;
  readonly rows: number;
  readonly dim: number;
  readonly products: Products;
}
/** One level of features over the whole image, [channels, rows, columns]. */
export interface Level {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/**
 * One vector a cell of `columns` x `rows` from levels of any fineness; `weights` say how much each level counts. Each level is freed of its mean over the
 * image (what all cells share says nothing) and brought to the length of its weight, then they are joined, centred and brought to length 1.
 */
export function mapOfLevels(levels: readonly Level[], weights: readonly number[], columns: number, rows: number): FeatureMap {
  const dim = levels.reduce((sum, level) => sum + level.channels, 0);
  const products = createProducts(columns * rows, dim);
  const { vectors, stride } = products;
  let offset = 0;
  for (const [i, level] of levels.entries()) {
    const cells = cellsOf(level);
    centre(cells, level.channels);
    normalise(cells, level.channels, weights[i]!);
    resampleInto({ vectors, stride, offset, columns, rows }, cells, level);
    offset += level.channels;
  }
  centre(vectors, stride);
  normalise(vectors, stride);
  return { columns, rows, dim, vectors, stride, products };
}

/** One vector a cell, of length 1 and otherwise as they are: for patches that share a space with texts. */
export function mapOfTokens(level: Level): FeatureMap {
  const { columns, rows, channels: dim } = level;
  const products = createProducts(columns * rows, dim);
  const { vectors, stride } = products;
  const cells = cellsOf(level);
  for (let cell = 0; cell < columns * rows; cell++) vectors.set(cells.subarray(cell * dim, (cell + 1) * dim), cell * stride);
  normalise(vectors, stride);
  return { columns, rows, dim, vectors, stride, products };
}

/** From planes to cells. */
function cellsOf({ channels, rows, columns, data }: Level): Float32Array {
  const count = rows * columns;
  const cells = new Float32Array(count * channels);
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * count;
    for (let i = 0; i < count; i++) cells[i * channels + channel] = data[start + i]!;
  }
  return cells;
}

interface Target {
  readonly vectors: Float32Array;
  readonly stride: number;
  readonly offset: number;
  readonly columns: number;
  readonly rows: number;
}

/** Bilinear, half-pixel centres, edges repeated; where the level is finer than the grid, the mean of the cells that fall into one. */
function resampleInto({ vectors, stride, offset, columns, rows }: Target, from: Float32Array, level: Level): void {
  const { channels } = level;
  const [across, down] = [taps(level.columns, columns), taps(level.rows, rows)];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const target = (y * columns + x) * stride + offset;
      for (const [fromY, weightY] of down[y]!)
        for (const [fromX, weightX] of across[x]!) add(vectors, target, from, (fromY * level.columns + fromX) * channels, channels, weightX * weightY);
    }
}

function add(to: Float32Array, target: number, from: Float32Array, source: number, length: number, weight: number): void {
  for (let at = 0; at < length; at++) to[target + at]! += weight * from[source + at]!;
}

/** Which cells make up each of `to` cells, and their weights. */
export function taps(from: number, to: number): (readonly [number, number])[][] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, i): (readonly [number, number])[] => {
    if (ratio > 1) {
      const first = Math.floor(i * ratio);
      const count = Math.max(1, Math.floor((i + 1) * ratio) - first);
      return Array.from({ length: count }, (__, k) => [Math.min(from - 1, first + k), 1 / count] as const);
    }
    const at = Math.max(0, Math.min(from - 1, (i + 0.5) * ratio - 0.5));
    const first = Math.floor(at);
    return [[first, 1 - (at - first)] as const, [Math.min(from - 1, first + 1), at - first] as const].filter(([, weight]) => weight > 0);
  });
}

function centre(vectors: Float32Array, dim: number): void {
  const count = vectors.length / dim;
  const mean = new Float64Array(dim);
  for (let i = 0; i < vectors.length; i += dim) for (let k = 0; k < dim; k++) mean[k]! += vectors[i + k]!;
  for (let i = 0; i < vectors.length; i += dim) for (let k = 0; k < dim; k++) vectors[i + k]! -= mean[k]! / count;
}

/** Every vector to this length, in place; zeros stay zeros. */
function normalise(vectors: Float32Array, dim: number, length = 1): void {
  for (let i = 0; i < vectors.length; i += dim) {
    let square = 0;
    for (let k = 0; k < dim; k++) square += vectors[i + k]! * vectors[i + k]!;
    const scale = square > 0 ? length / Math.sqrt(square) : 0;
    for (let k = 0; k < dim; k++) vectors[i + k]! *= scale;
  }
}

/** The vector at a place (percent of the image) by bilinear interpolation, of length 1. */
export function vectorAt({ columns, rows, dim, stride, vectors }: FeatureMap, { xPct, yPct }: { readonly xPct: number; readonly yPct: number }): Float32Array {
  const x = Math.max(0, Math.min(columns - 1, (xPct / 100) * columns - 0.5));
  const y = Math.max(0, Math.min(rows - 1, (yPct / 100) * rows - 0.5));
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const out = new Float32Array(dim);
  for (const [cx, wx] of [[x0, 1 - (x - x0)] as const, [Math.min(columns - 1, x0 + 1), x - x0] as const])
    for (const [cy, wy] of [[y0, 1 - (y - y0)] as const, [Math.min(rows - 1, y0 + 1), y - y0] as const])
      add(out, 0, vectors, (cy * columns + cx) * stride, dim, wx * wy);
  normalise(out, dim);
  return out;
}

/** Cosine of every cell with a vector of length 1. */
export function cosines({ columns, rows, products }: FeatureMap, query: Float32Array): { columns: number; rows: number; values: Float32Array } {
  return { columns, rows, values: products.with(query) };
}

/** The mean of vectors with weights, brought to length 1. */
export function meanVector(vectors: readonly { readonly vector: Float32Array; readonly weight: number }[]): Float32Array {
  const dim = vectors[0]!.vector.length;
  const out = new Float32Array(dim);
  for (const { vector, weight } of vectors) for (let k = 0; k < dim; k++) out[k]! += weight * vector[k]!;
  normalise(out, dim);
  return out;
}
