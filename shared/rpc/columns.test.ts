import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../domain/ids.ts';
import { PACKED_FROM, packRows, packRowsInSlices, SLICE_ROWS, unpackRows } from './columns.ts';

/** What a wire does to a frame. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const back = (value: unknown) => {
  const { value: rest, packed } = packRows(value);
  return unpackRows(sent(rest), sent(packed));
};
const sets = [newId(), newId(), newId()];
const points = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: newId(), setId: sets[n % 3]!, xPct: (n * 0.618_033_988_749_895) % 100, yPct: n / count }));

test('a document of many points travels as strings and arrives as it was', () => {
  const loaded = { imageId: 'a', rev: 3, doc: { status: [{ id: 'a' }], point: points(5000) } };
  const { value, packed } = packRows(loaded);
  expect((value as typeof loaded).doc.point).toEqual([]);
  expect(packed.map(({ path, count }) => [path, count])).toEqual([[['doc', 'point'], 5000]]);
  // What is copied piece by piece on the way: a handful instead of 20,000 fields.
  let pieces = 0;
  JSON.stringify({ value, packed }, (_key, inner: unknown) => (pieces++, inner));
  expect(pieces).toBeLessThan(40);
  expect(JSON.stringify({ value, packed }).length).toBeLessThan(0.6 * JSON.stringify(loaded).length);
  expect(back(loaded)).toEqual(loaded);
  // What the core keeps is untouched.
  expect(loaded.doc.point).toHaveLength(5000);
});

test('several documents in one answer, and a list that is the whole answer, arrive as they were', () => {
  const undone = { status: 'done', docs: [{ doc: { point: points(1500) } }, { doc: { point: points(3) } }, { doc: { point: points(1000) } }] };
  expect(packRows(undone).packed.map(({ path }) => path.join('.'))).toEqual(['docs.0.doc.point', 'docs.2.doc.point']);
  expect(back(undone)).toEqual(undone);
  const rows = points(1000);
  expect(back(rows)).toEqual(rows);
});

test('a short answer is handed on as it is', () => {
  const answer = { doc: { point: points(PACKED_FROM - 1) } };
  expect(packRows(answer)).toEqual({ value: answer, packed: [] });
  expect(packRows(answer).value).toBe(answer);
});

test('rows of which some name the proposal that they were are packed as well', () => {
  const rows = points(6 * SLICE_ROWS + 5).map((row, n) => (n % 7 === 3 || n > 5 * SLICE_ROWS ? { ...row, proposalId: newId() } : row));
  const answer = { doc: { point: rows } };
  expect(packRows(answer).packed).toHaveLength(1);
  expect(back(answer)).toEqual(answer);
  const last = { doc: { point: [...points(SLICE_ROWS + 1), { ...points(1)[0]!, proposalId: newId() }] } };
  expect(packRows(last).packed).toHaveLength(1);
  expect(back(last)).toEqual(last);
});

test('others are served after so many rows, and what arrives is the same', async () => {
  let read = 0;
  const rows = points(3 * SLICE_ROWS + 1).map(({ xPct, ...row }) => ({
    ...row,
    get xPct() {
      read += 1;
      return xPct;
    },
  }));
  const between: number[] = [];
  const answer = { doc: { point: rows } };
  const sliced = await packRowsInSlices(answer, () => {
    between.push(read);
    read = 0;
    return Promise.resolve();
  });
  expect(between).toEqual([SLICE_ROWS, SLICE_ROWS, SLICE_ROWS, 1]);
  expect(sliced).toEqual(packRows(answer));
});

test('whatever rows there are, they arrive as JSON would bring them', () => {
  const cell = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.constantFrom(null, true, -0, Infinity, [1], { a: 1 }));
  const row = fc.oneof(
    fc.record({ id: fc.string({ minLength: 3, maxLength: 3 }), n: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ id: cell, n: cell }, { requiredKeys: ['id'] }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), fc.boolean(), (some, alike) => {
      const rows = Array.from({ length: PACKED_FROM }, (_, n) => (alike ? some[0]! : some[n % some.length]!));
      expect(back({ doc: { rows } })).toEqual(sent({ doc: { rows } }));
    }),
    { numRuns: 60 },
  );
});
