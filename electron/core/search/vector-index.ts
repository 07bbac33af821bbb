/**
 * Finds the vectors with the largest inner products with a query. Three looks, each at fewer rows and closer: sign bits of the centred and rotated
 * vectors (all rows, from `CODES_FROM` on), int8 (some ten thousand), and whatever exact vectors the caller has (the best few hundred).
 * A row takes size/8 + size + 12 bytes: 600 MB for a million of 512.
 */
import { BINS, createKernel, type Kernel } from './kernel.ts';
import { createRotation } from './rotation.ts';

/** Below this every row is looked at in int8, which takes about 100 ns. */
const CODES_FROM = 50_000;
/** Rows of one memory: 4 GB is a memory's limit, and each reserves as much of the address space. */
const SEGMENT = 65_536;
/** Rows that the codes leave for the look in int8, by measured recall: `bench/search.ts`. */
const CANDIDATES = 20_000;
/** Steps of an int16 query: products of a row of 8,192 stay within 31 bits. */
const QUERY_STEPS = 2047;

export interface Found {
  /** Rows, best first. */
  readonly rows: Uint32Array;
  readonly scores: Float32Array;
}
export interface VectorIndex {
  readonly count: number;
  readonly dim: number;
  /** Adds a vector and returns its row, or puts it in place of the one in `row`. */
  put(vector: Float32Array, row?: number): number;
  /** The `k` rows with the largest inner products. `codes` false looks at every row in int8. */
  search(query: Float32Array, k: number, options?: { readonly candidates?: number; readonly codes?: boolean }): Found;
  /** Inner products of one row with all, in the order of rows. */
  against(row: number): Float32Array;
}

interface Segment {
  readonly kernel: Kernel;
  readonly at: Layout;
  readonly codes: Uint8Array;
  readonly matrix: Int8Array;
  /** Part along the centre, length, step of the int8 values. */
  readonly along: Float32Array;
  readonly length: Float32Array;
  readonly step: Float32Array;
  readonly code: Uint8Array;
  readonly query: Int16Array;
  readonly byBits: Float32Array;
  readonly histogram: Uint32Array;
  readonly list: Uint32Array;
  readonly out: Int32Array;
  count: number;
}
type Layout = Record<'codes' | 'matrix' | 'along' | 'length' | 'step' | 'code' | 'query' | 'byBits' | 'histogram' | 'bins' | 'list' | 'out' | 'all', number>;

function createSegment(size: number): Segment {
  const sizes: Record<keyof Layout, number> = {
    codes: (SEGMENT * size) / 8,
    matrix: SEGMENT * size,
    along: SEGMENT * 4,
    length: SEGMENT * 4,
    step: SEGMENT * 4,
    code: size / 8,
    query: size * 2,
    byBits: (size + 4) * 4,
    histogram: BINS * 4,
    bins: SEGMENT * 2,
    list: (SEGMENT + 4) * 4,
    out: SEGMENT * 4,
    all: 0,
  };
  let bytes = 0;
  const at = Object.fromEntries(
    Object.entries(sizes).map(([name, length]) => {
      const start = bytes;
      bytes += Math.ceil(length / 16) * 16;
      return [name, start];
    }),
  ) as Layout;
  const { kernel, buffer } = createKernel(size / 8, bytes);
  const floats = (from: number, length: number) => new Float32Array(buffer, from, length);
  return {
    kernel,
    at,
    codes: new Uint8Array(buffer, at.codes, sizes.codes),
    matrix: new Int8Array(buffer, at.matrix, sizes.matrix),
    along: floats(at.along, SEGMENT),
    length: floats(at.length, SEGMENT),
    step: floats(at.step, SEGMENT),
    code: new Uint8Array(buffer, at.code, size / 8),
    query: new Int16Array(buffer, at.query, size),
    byBits: floats(at.byBits, size + 1),
    histogram: new Uint32Array(buffer, at.histogram, BINS),
    list: new Uint32Array(buffer, at.list, SEGMENT),
    out: new Int32Array(buffer, at.out, SEGMENT),
    count: 0,
  };
}

function signs(rotated: Float32Array, into: Uint8Array, from: number): void {
  for (let byte = 0; byte < rotated.length / 8; byte++) {
    let bits = 0;
    for (let bit = 0; bit < 8; bit++) if (rotated[byte * 8 + bit]! > 0) bits |= 1 << bit;
    into[from + byte] = bits;
  }
}
/** Inner product in doubles. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
function largest(values: Float32Array): number {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, Math.abs(values[at]!));
  return most;
}

/** An empty index of vectors around `centre`, the mean of some of them: signs tell most when as many are above as below. */
export function createVectorIndex(centre: Float32Array): VectorIndex {
  const dim = centre.length;
  const rotation = createRotation(dim);
  const { size } = rotation;
  const centreLength = Math.sqrt(dot(centre, centre));
  const axis = centre.map((value) => (centreLength > 1e-6 ? value / centreLength : 0));
  const segments: Segment[] = [];
  const work = new Float32Array(size);
  let count = 0;
  let longest = 1e-6;

  function put(vector: Float32Array, row = count): number {
    if (row === count) {
      count++;
      if (row >= segments.length * SEGMENT) segments.push(createSegment(size));
    }
    const segment = segments[Math.floor(row / SEGMENT)]!;
    const at = row % SEGMENT;
    segment.count = Math.max(segment.count, at + 1);
    work.fill(0);
    for (let i = 0; i < dim; i++) work[i] = vector[i]! - centre[i]!;
    segment.along[at] = dot(axis, work.subarray(0, dim));
    const length = Math.sqrt(dot(work, work));
    segment.length[at] = length;
    longest = Math.max(longest, length);
    rotation.turn(work);
    signs(work, segment.codes, (at * size) / 8);
    const step = Math.max(largest(work), 1e-12) / 127;
    segment.step[at] = step;
    for (let i = 0; i < size; i++) segment.matrix[at * size + i] = Math.round(work[i]! / step);
    return row;
  }

  /** Puts the query into every memory. Returns what an int product is worth, and what all rows have in common. */
  function ask(query: Float32Array): { worth: number; common: number } {
    work.fill(0);
    work.set(query);
    rotation.turn(work);
    const worth = Math.max(largest(work), 1e-12) / QUERY_STEPS;
    const steps = Int16Array.from(work, (value) => Math.round(value / worth));
    for (const segment of segments) segment.query.set(steps);
    return { worth, common: dot(query, centre) };
  }

  function dots(segment: Segment, listed: number, { worth, common }: { worth: number; common: number }, each: (at: number, score: number) => void): void {
    const { at } = segment;
    segment.kernel.dots(at.matrix, size, at.query, at.list, listed, at.out);
    for (let i = 0; i < listed; i++) {
      const row = segment.list[i]!;
      each(row, common + worth * segment.step[row]! * segment.out[i]!);
    }
  }

  /** Leaves in each memory's list the rows that look best by their codes. Returns how many in each. */
  function candidates(query: Float32Array, wanted: number): number[] {
    const alpha = dot(query, axis);
    work.fill(0);
    for (let i = 0; i < dim; i++) work[i] = query[i]! - alpha * axis[i]!;
    const across = Math.sqrt(dot(work, work));
    rotation.turn(work);
    const code = new Uint8Array(size / 8);
    signs(work, code, 0);
    // No score lies beyond the longest row's length times the query's.
    const range = Math.max(longest * (across + Math.abs(alpha)), 1e-12);
    const unit = (0.999 * BINS) / 2 / range;
    const byBits = Float32Array.from({ length: size + 1 }, (_, bits) => across * Math.cos((Math.PI * bits) / size) * unit);
    const total = new Uint32Array(BINS);
    for (const segment of segments) {
      const { at, kernel } = segment;
      segment.code.set(code);
      segment.byBits.set(byBits);
      segment.histogram.fill(0);
      kernel.look(at.codes, segment.count, at.code, at.along, at.length, at.byBits, alpha * unit, at.bins, at.histogram);
      for (let bin = 0; bin < BINS; bin++) total[bin]! += segment.histogram[bin]!;
    }
    let least = BINS;
    for (let taken = 0; least > 0 && taken < wanted;) taken += total[--least]!;
    return segments.map(({ kernel, at, count }) => kernel.pick(at.bins, count, least, at.list));
  }

  return {
    get count() {
      return count;
    },
    dim,
    put,
    search(query, k, { candidates: wanted = CANDIDATES, codes = count >= CODES_FROM } = {}) {
      const listed = codes ? candidates(query, Math.max(wanted, 2 * k)) : segments.map(listAll);
      const rows = new Uint32Array(listed.reduce((sum, length) => sum + length, 0));
      const scores = new Float32Array(rows.length);
      const asked = ask(query);
      let next = 0;
      for (const [number, segment] of segments.entries()) {
        dots(segment, listed[number]!, asked, (at, score) => {
          rows[next] = number * SEGMENT + at;
          scores[next++] = score;
        });
      }
      return best(rows, scores, k);
    },
    against(row) {
      const segment = segments[Math.floor(row / SEGMENT)]!;
      const at = row % SEGMENT;
      const scores = new Float32Array(count);
      const query = Int16Array.from(segment.matrix.subarray(at * size, (at + 1) * size));
      const own = segment.step[at]!;
      // (m + w)(m + v) = m² + |m| (w's part along m + v's) + wv
      const common = centreLength * (centreLength + segment.along[at]!);
      for (const [number, other] of segments.entries()) {
        other.query.set(query);
        const listed = listAll(other);
        dots(other, listed, { worth: own, common }, (to, score) => {
          scores[number * SEGMENT + to] = score + centreLength * other.along[to]!;
        });
      }
      return scores;
    },
  };
}

function listAll(segment: Segment): number {
  for (let at = 0; at < segment.count; at++) segment.list[at] = at;
  return segment.count;
}

/** The `k` largest, in order. Sorting bare numbers for the least of them first is several times quicker than sorting all places. */
export function best(rows: Uint32Array, scores: Float32Array, k: number): Found {
  let order = Uint32Array.from(scores, (_, at) => at);
  if (scores.length > 4 * k) {
    const least = scores.toSorted().at(-k)!;
    order = order.filter((at) => scores[at]! >= least);
  }
  order.sort((a, b) => scores[b]! - scores[a]! || rows[a]! - rows[b]!);
  const kept = order.subarray(0, k);
  return { rows: Uint32Array.from(kept, (at) => rows[at]!), scores: Float32Array.from(kept, (at) => scores[at]!) };
}
