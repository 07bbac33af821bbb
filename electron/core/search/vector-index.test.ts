import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRotation, random } from './rotation.ts';
import { createVectorIndex, dot } from './vector-index.ts';

const gauss = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
const unit = (vector: Float32Array) => {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
};
/** As encoders give them: all in one cone, in groups, a few dimensions much wider than the others. */
function conedVectors(count: number, dim: number, seed: number): Float32Array[] {
  const next = random(seed);
  const wide = Float32Array.from({ length: dim }, (_, at) => (at % 37 === 0 ? 8 : 1));
  const mean = Float32Array.from({ length: dim }, () => gauss(next) * 2);
  const groups = Array.from({ length: 40 }, () => wide.map((width) => width * gauss(next)));
  return Array.from({ length: count }, () => {
    const group = groups[Math.floor(next() * groups.length)]!;
    return unit(mean.map((value, at) => value + group[at]! * 0.7 + wide[at]! * 0.7 * gauss(next)));
  });
}
const meanOf = (vectors: readonly Float32Array[]) => vectors[0]!.map((_, at) => vectors.reduce((sum, vector) => sum + vector[at]!, 0) / vectors.length);
const indexOf = (vectors: readonly Float32Array[]) => {
  const index = createVectorIndex(meanOf(vectors));
  for (const vector of vectors) index.put(vector);
  return index;
};
const bruteForce = (vectors: readonly Float32Array[], query: Float32Array, k: number) =>
  vectors
    .map((vector, row) => ({ row, score: dot(vector, query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k);

test('a rotation keeps inner products, for lengths that are powers of two and others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.integer(), (dim, seed) => {
      const next = random(seed);
      const { size, turn } = createRotation(dim);
      const draw = () => Float32Array.from({ length: size }, (_, at) => (at < dim ? gauss(next) : 0));
      const [a, b] = [draw(), draw()];
      const before = [dot(a, a), dot(b, b), dot(a, b)];
      turn(a);
      turn(b);
      const close = 1e-4 * Math.sqrt(before[0]! * before[1]!) + 1e-6;
      for (const [at, value] of [dot(a, a), dot(b, b), dot(a, b)].entries())
        expect(Math.abs(value - before[at]!)).toBeLessThan(Math.max(close, 1e-4 * before[at]!));
    }),
    { numRuns: 30 },
  );
});

test('scores in int8 are within a thousandth of the exact inner products, whatever the length of the vectors', () => {
  fc.assert(
    fc.property(fc.constantFrom(8, 128, 192, 512, 848), fc.integer({ min: 2, max: 60 }), fc.integer(), (dim, count, seed) => {
      const vectors = conedVectors(count, dim, seed);
      const index = indexOf(vectors);
      const found = index.search(vectors[0]!, count);
      expect([...found.rows].sort((a, b) => a - b)).toEqual(vectors.map((_, row) => row));
      for (const [at, row] of found.rows.entries()) expect(Math.abs(found.scores[at]! - dot(vectors[0]!, vectors[row]!))).toBeLessThan(2e-3);
      for (const [row, score] of index.against(1).entries()) expect(Math.abs(score - dot(vectors[1]!, vectors[row]!))).toBeLessThan(2e-3);
    }),
    { numRuns: 20 },
  );
});

test('the codes leave nearly every one of the true best twenty, for images and for words of another cone', () => {
  const vectors = conedVectors(20_000, 192, 5);
  const index = indexOf(vectors);
  const next = random(9);
  let hits = 0;
  const queries = [...vectors.slice(0, 10), ...conedVectors(10, 192, 77), unit(Float32Array.from({ length: 192 }, () => gauss(next)))];
  for (const query of queries) {
    const found = new Set(index.search(query, 40, { codes: true, candidates: 4000 }).rows);
    hits += bruteForce(vectors, query, 20).filter(({ row }) => found.has(row)).length;
  }
  expect(hits / (20 * queries.length)).toBeGreaterThan(0.98);
});

test('a vector that is put in the place of another is found instead of it', () => {
  const vectors = conedVectors(50, 64, 3);
  const index = indexOf(vectors);
  const other = conedVectors(51, 64, 4).at(-1)!;
  index.put(other, 7);
  expect(index.count).toBe(50);
  expect(index.search(other, 1).rows[0]).toBe(7);
  expect(index.search(vectors[7]!, 50).scores[0]).toBeLessThan(0.9999);
});
