/** An encoder's vectors in memory, read from the project a slice at a time, and kept up with what the embed job adds. */
import { floatsOf } from '../db/embeddings.ts';
import type { Db } from '../db/open.ts';
import { sql } from '../db/statement.ts';
import type { RankedNums } from './messages.ts';
import { createSpace, type Space, type SpaceRef } from './space.ts';
import { best, createVectorIndex, dot, type Found, type VectorIndex } from './vector-index.ts';

/** Vectors that say where the middle of the project is. */
const SAMPLE = 4096;
/** Rows read before others are served. */
const SLICE = 500;
/** The best of the int8 scores that are reckoned again from the stored vectors. */
const RESCORED = 100;
/** A small project is searched when all of it is in; a large one with what is there by then, in milliseconds. */
const PATIENCE_MS = 1500;

export interface Embeddings {
  readonly index: VectorIndex;
  /** Reads the rest, or waits `PATIENCE_MS` for it. */
  ready(): Promise<void>;
  /** The vector of an image, comparable; null where it has none. */
  vectorOf(num: number): Float32Array | null;
  /** A vector of the encoder's, comparable. */
  comparable(vector: Float32Array): Float32Array;
  like(query: Float32Array, k: number): RankedNums;
  ranked(found: Found): RankedNums;
  rowOf(num: number): number | undefined;
  added(nums: readonly number[]): void;
  /** So much came in since the middle was reckoned that it should be again. */
  readonly isStale: boolean;
  close(): void;
}

export function openEmbeddings(db: Db, ref: SpaceRef): Embeddings {
  const { encoderNum } = ref;
  const stored = (num: number): Float32Array | null => {
    const row = sql(db, 'SELECT vector FROM embedding WHERE encoder_num = ? AND image_num = ?').get(encoderNum, num) as { vector: Uint8Array } | undefined;
    return row && row.vector.byteLength === ref.dim * 2 ? floatsOf(row.vector) : null;
  };
  const space: Space = createSpace(ref, sampleOf(db, ref));
  const index = createVectorIndex(space.centre);
  const nums: number[] = [];
  const rows = new Map<number, number>();
  const put = (num: number, vector: Float32Array) => {
    const row = index.put(space.comparable(vector), rows.get(num));
    rows.set(num, row);
    nums[row] = num;
  };
  let complete = false;
  const reading = readAll(db, ref, put).then(() => {
    complete = true;
  });
  const ranked = ({ rows, scores }: Found): RankedNums => ({
    nums: Uint32Array.from(rows, (row) => nums[row]!),
    scores,
    loaded: index.count,
    stored: complete ? index.count : countOf(db, encoderNum),
  });
  const comparableOf = (num: number) => {
    const vector = stored(num);
    return vector && space.comparable(vector);
  };
  let middleOf: number | null = null;
  return {
    index,
    async ready() {
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
      middleOf ??= complete ? index.count : null;
    },
    vectorOf: comparableOf,
    comparable: space.comparable,
    like(query, k) {
      const found = index.search(query, k);
      const scores = found.scores.slice();
      for (let at = 0; at < Math.min(RESCORED, found.rows.length); at++) {
        const vector = comparableOf(nums[found.rows[at]!]!);
        if (vector) scores[at] = dot(query, vector);
      }
      return ranked(best(found.rows, scores, k));
    },
    ranked,
    rowOf: (num) => rows.get(num),
    added(list) {
      for (const num of list) {
        const vector = stored(num);
        if (vector) put(num, vector);
      }
    },
    get isStale() {
      return middleOf !== null && index.count > middleOf * 1.3 + 5;
    },
    close: () => index.close(),
  };
}

/** Around evenly spread row numbers: all of a small project. */
function sampleOf(db: Db, { encoderNum, dim }: SpaceRef): Float32Array[] {
  const edge = (way: string) => db.prepare(`SELECT image_num FROM embedding WHERE encoder_num = ? ORDER BY image_num ${way} LIMIT 1`).pluck().get(encoderNum);
  const first = edge('ASC') as number | undefined;
  const last = edge('DESC') as number | undefined;
  if (first === undefined || last === undefined) return [];
  const next = sql(db, 'SELECT image_num AS num, vector FROM embedding WHERE encoder_num = ? AND image_num >= ? ORDER BY image_num LIMIT 1');
  const sample: Float32Array[] = [];
  const step = Math.max(1, (last - first) / SAMPLE);
  for (let from: number = first; from <= last;) {
    const row = next.get(encoderNum, Math.floor(from)) as { num: number; vector: Uint8Array } | undefined;
    if (!row) break;
    if (row.vector.byteLength === dim * 2) sample.push(floatsOf(row.vector));
    from = Math.max(from + step, row.num + 1);
  }
  return sample;
}

async function readAll(db: Db, { encoderNum, dim }: SpaceRef, put: (num: number, vector: Float32Array) => void): Promise<void> {
  const slice = sql(db, 'SELECT image_num AS num, vector FROM embedding WHERE encoder_num = ? AND image_num > ? ORDER BY image_num LIMIT ?');
  for (let last = -1; ;) {
    const found = slice.all(encoderNum, last, SLICE) as { num: number; vector: Uint8Array }[];
    for (const { num, vector } of found) if (vector.byteLength === dim * 2) put(num, floatsOf(vector));
    if (found.length < SLICE) return;
    last = found.at(-1)!.num;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const countOf = (db: Db, encoderNum: number) => (sql(db, 'SELECT count(*) AS n FROM embedding WHERE encoder_num = ?').get(encoderNum) as { n: number }).n;
