/** A memory of the vector index: codes, int8 rows and the scratch of one look at them, at the same places in every memory, so that any thread can work on any. */
import { BINS, createKernel, type Kernel, type KernelMemory } from './kernel.ts';

/** Rows of one memory: 4 GB is a memory's limit, and each reserves as much of the address space. */
export const SEGMENT = 65_536;

type Place = 'codes' | 'matrix' | 'along' | 'length' | 'step' | 'code' | 'query' | 'byBits' | 'histogram' | 'bins' | 'list' | 'out';
/** Where each part begins, in bytes, and how many bytes there are. */
export type Layout = Readonly<Record<Place | 'all', number>>;

export interface Segment {
  readonly memory: KernelMemory;
  readonly kernel: Kernel;
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
}

/** The layout for rotated vectors of this length (a multiple of 128). */
export function layoutOf(size: number): Layout {
  const sizes: Record<Place, number> = {
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
  };
  let all = 0;
  const at = Object.entries(sizes).map(([name, length]): [string, number] => {
    const start = all;
    all += Math.ceil(length / 16) * 16;
    return [name, start];
  });
  return { ...(Object.fromEntries(at) as Record<Place, number>), all };
}

/** A new memory, or one that another thread made. */
export function openSegment(size: number, at: Layout, made?: KernelMemory): Segment {
  const { kernel, memory } = createKernel(size / 8, at.all, made);
  const { buffer } = memory;
  const floats = (from: number, length: number) => new Float32Array(buffer, from, length);
  return {
    memory,
    kernel,
    codes: new Uint8Array(buffer, at.codes, (SEGMENT * size) / 8),
    matrix: new Int8Array(buffer, at.matrix, SEGMENT * size),
    along: floats(at.along, SEGMENT),
    length: floats(at.length, SEGMENT),
    step: floats(at.step, SEGMENT),
    code: new Uint8Array(buffer, at.code, size / 8),
    query: new Int16Array(buffer, at.query, size),
    byBits: floats(at.byBits, size + 1),
    histogram: new Uint32Array(buffer, at.histogram, BINS),
    list: new Uint32Array(buffer, at.list, SEGMENT),
    out: new Int32Array(buffer, at.out, SEGMENT),
  };
}

/** What is done to every segment of an index. */
export type Look =
  /** Scores of all rows by their codes, into bins and the histogram. */
  | { readonly kind: 'codes'; readonly alpha: number }
  /** Inner products of the rows whose bin is `least` or more; they are left in the list. */
  | { readonly kind: 'picked'; readonly least: number }
  /** Inner products of all rows. */
  | { readonly kind: 'all' };

/** Does it to the first `rows` rows of one segment. Returns how many are in its list. */
export function lookAt({ kernel, histogram, list }: Segment, at: Layout, size: number, rows: number, look: Look): number {
  if (look.kind === 'codes') {
    histogram.fill(0);
    kernel.look(at.codes, rows, at.code, at.along, at.length, at.byBits, look.alpha, at.bins, at.histogram);
    return 0;
  }
  let listed = rows;
  if (look.kind === 'picked') listed = kernel.pick(at.bins, rows, look.least, at.list);
  else for (let row = 0; row < rows; row++) list[row] = row;
  kernel.dots(at.matrix, size, at.query, at.list, listed, at.out);
  return listed;
}
