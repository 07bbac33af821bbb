/**
 * Finds the vectors with the largest inner products with a query. Three looks, each at fewer rows and closer: sign bits of the centred and rotated
 * vectors (all rows, from `CODES_FROM` on), int8 (some thousand), and whatever exact vectors the caller has (the best few hundred).
 * A row takes size/8 + size + 12 bytes: 600 MB for a million of 512.
 */
import { BINS } from './kernel.ts';
import { createCrew, type Crew } from './crew.ts';
import { createRotation } from './rotation.ts';
import { layoutOf, type Look, lookAt, openSegment, SEGMENT, type Segment } from './segment.ts';

/** Below this every row is looked at in int8, which takes about 100 ns. */
const CODES_FROM = 50_000;
/** Rows that the codes leave for the look in int8, by measured recall: `bench/search.ts`. */
const CANDIDATES = 8_000;
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
  /** Ends the threads that help it. */
  close(): void;
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
  const layout = layoutOf(size);
  const centreLength = Math.sqrt(dot(centre, centre));
  const axis = centre.map((value) => (centreLength > 1e-6 ? value / centreLength : 0));
  const segments: Segment[] = [];
  const work = new Float32Array(size);
  let crew: Crew | null = null;
  let count = 0;
  let longest = 1e-6;

  const rowsOf = (number: number) => Math.min(SEGMENT, count - number * SEGMENT);
  /** One segment is done before another thread would be awake. */
  function look(what: Look): number[] {
    if (segments.length < 2) return segments.map((segment, number) => lookAt(segment, layout, size, rowsOf(number), what));
    crew ??= createCrew(size, layout);
    return crew.look(
      segments,
      segments.map((_, number) => rowsOf(number)),
      what,
    );
  }

  function put(vector: Float32Array, row = count): number {
    if (row === count) {
      count++;
      if (row >= segments.length * SEGMENT) segments.push(openSegment(size, layout));
    }
    const segment = segments[Math.floor(row / SEGMENT)]!;
    const at = row % SEGMENT;
    work.fill(0);
    for (let i = 0; i < dim; i++) work[i] = vector[i]! - centre[i]!;
    segment.along[at] = dot(axis, work);
    const length = Math.sqrt(dot(work, work));
    segment.length[at] = length;
    longest = Math.max(longest, length);
    rotation.turn(work);
    signs(work, segment.codes, (at * size) / 8);
    const step = Math.max(largest(work), 1e-12) / 127;
    segment.step[at] = step;
    const { matrix } = segment;
    for (let i = 0, to = at * size; i < size; i++, to++) matrix[to] = Math.round(work[i]! / step);
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

  /** Which bin is the least that the best `wanted` rows by their codes are in. */
  function leastBin(query: Float32Array, wanted: number): number {
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
    for (const segment of segments) {
      segment.code.set(code);
      segment.byBits.set(byBits);
    }
    look({ kind: 'codes', alpha: alpha * unit });
    const histograms = segments.map(({ histogram }) => histogram);
    let least = BINS;
    for (let taken = 0; least > 0 && taken < wanted;) {
      least--;
      for (const histogram of histograms) taken += histogram[least]!;
    }
    return least;
  }

  return {
    get count() {
      return count;
    },
    dim,
    put,
    search(query, k, { candidates = CANDIDATES, codes = count >= CODES_FROM } = {}) {
      const least = codes ? leastBin(query, Math.max(candidates, 1.5 * k)) : null;
      const { worth, common } = ask(query);
      const listed = look(least === null ? { kind: 'all' } : { kind: 'picked', least });
      const rows = new Uint32Array(listed.reduce((sum, length) => sum + length, 0));
      const scores = new Float32Array(rows.length);
      let next = 0;
      for (const [number, { list, out, step }] of segments.entries()) {
        for (let i = 0; i < listed[number]!; i++, next++) {
          const at = list[i]!;
          rows[next] = number * SEGMENT + at;
          scores[next] = common + worth * step[at]! * out[i]!;
        }
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
      for (const other of segments) other.query.set(query);
      look({ kind: 'all' });
      for (const [number, { along, step, out }] of segments.entries()) {
        const start = number * SEGMENT;
        for (let to = 0; to < rowsOf(number); to++) scores[start + to] = common + own * step[to]! * out[to]! + centreLength * along[to]!;
      }
      return scores;
    },
    close() {
      crew?.close();
      crew = null;
    },
  };
}

/** The lower bits of a sorting key: which of the scores that are left it is. */
const PLACES = 2 ** 21;

/** The `k` largest, in order; equal ones as they came. What is not a number comes last. */
export function best(rows: Uint32Array, scores: Float32Array, k: number): Found {
  const keys = orderOf(scores);
  // Bins of the upper half of the bits leave little more than `k` to sort.
  const bins = new Uint32Array(65_536);
  for (let at = 0; at < keys.length; at++) bins[keys[at]! >>> 16]!++;
  let bin = bins.length;
  let left = 0;
  while (bin > 0 && left < k) left += bins[--bin]!;
  const places = new Uint32Array(Math.min(left, PLACES));
  for (let at = 0, next = 0; at < keys.length && next < places.length; at++) if (keys[at]! >>> 16 >= bin) places[next++] = at;
  // Numbers of 53 bits, which sort without a function: the score turned around, then the place.
  const sorted = Float64Array.from(places, (at, place) => (0xffff_ffff - keys[at]!) * PLACES + place).sort();
  const kept = Uint32Array.from(sorted.subarray(0, k), (key) => places[key % PLACES]!);
  return { rows: Uint32Array.from(kept, (at) => rows[at]!), scores: Float32Array.from(kept, (at) => scores[at]!) };
}

/** The bits of floats as integers in the same order. */
function orderOf(scores: Float32Array): Uint32Array {
  const bits = new Uint32Array(scores.slice().buffer);
  for (let at = 0; at < bits.length; at++) {
    const value = bits[at]!;
    if (scores[at] !== scores[at]) bits[at] = 0;
    else bits[at] = value >>> 31 === 1 ? ~value : value | 0x8000_0000;
  }
  return bits;
}
