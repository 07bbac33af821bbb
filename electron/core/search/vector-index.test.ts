import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRotation, random } from './rotation.ts';
import { best, createVectorIndex, dot } from './vector-index.ts';

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

test('scores in int8 are within two thousandths of the exact inner products, and for short vectors within what rounding to a 254th allows', () => {
  fc.assert(
    fc.property(fc.constantFrom(8, 128, 192, 512, 848), fc.integer({ min: 2, max: 60 }), fc.integer(), (dim, count, seed) => {
      const vectors = conedVectors(count, dim, seed);
      const index = indexOf(vectors);
      const found = index.search(vectors[0]!, count);
      // Errors of the values cancel out in long vectors; in short ones they can all go the same way.
      const close = dim < 128 ? Math.sqrt(dim) / 254 : 2e-3;
      expect([...found.rows].sort((a, b) => a - b)).toEqual(vectors.map((_, row) => row));
      for (const [at, row] of found.rows.entries()) expect(Math.abs(found.scores[at]! - dot(vectors[0]!, vectors[row]!))).toBeLessThan(close);
      for (const [row, score] of index.against(1).entries()) expect(Math.abs(score - dot(vectors[1]!, vectors[row]!))).toBeLessThan(close);
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

test('several threads find the same as one, also while vectors are added', async () => {
  const vectors = conedVectors(300, 64, 11);
  const index = createVectorIndex(meanOf(vectors));
  // Two memories of 65,536 rows and the beginning of a third: the same 300 vectors again and again, a little longer each time.
  for (let row = 0; row < 140_000; row++) index.put(vectors[row % 300]!.map((value) => value * (1 + row * 1e-6)));
  const best = (count: number) => Array.from({ length: 3 }, (_, back) => Math.floor((count - 1 - 17) / 300) * 300 + 17 - back * 300);
  for (let round = 0; round < 6; round++) {
    expect([...index.search(vectors[17]!, 3, { codes: round % 2 === 0 }).rows]).toEqual(best(index.count));
    // Threads that started since the last search join the next one.
    await new Promise((resolve) => setTimeout(resolve, 40));
    for (let added = 0; added < 300; added++) index.put(vectors[index.count % 300]!.map((value) => value * (1 + index.count * 1e-6)));
  }
  const scores = index.against(17);
  for (const row of [0, 65_535, 65_536, 139_999])
    expect(
      Math.abs(
        scores[row]! -
          dot(
            vectors[17]!.map((value) => value * (1 + 17e-6)),
            vectors[row % 300]!.map((value) => value * (1 + row * 1e-6)),
          ),
      ),
    ).toBeLessThan(2e-3);
  index.close();
});

test('the largest come in order, equal ones as they came, and what is no number last', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(0, -0, 0.5, Number.NaN)), { maxLength: 300 }),
      fc.integer({ min: 0, max: 320 }),
      (list, k) => {
        const scores = Float32Array.from(list);
        const rows = Uint32Array.from(list, (_, at) => at * 3);
        const rank = (value: number) => (Number.isNaN(value) ? -Infinity : value + 0);
        const order = list.map((_, at) => at).sort((a, b) => (rank(scores[a]!) === rank(scores[b]!) ? a - b : rank(scores[b]!) - rank(scores[a]!)));
        const found = best(rows, scores, k);
        expect([...found.scores].map(rank)).toEqual(order.slice(0, k).map((at) => rank(scores[at]!)));
        expect(new Set(found.rows).size).toBe(Math.min(k, list.length));
      },
    ),
  );
});
