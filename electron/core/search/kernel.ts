/** The inner loops of the search, in WebAssembly: a million codes in some milliseconds, where plain JavaScript takes most of a second. */
import { advance, op, type WasmFunction, wasmModule, whileBelow } from '../wasm/wasm-writer.ts';

/** Bins into which the first look sorts its scores. */
export const BINS = 16_384;

/** Addresses are bytes, multiples of 16. */
export interface Kernel {
  /**
   * A first look at `count` rows by their codes: score = along[i] * alpha + length[i] * byBits[differing bits], which must come in units of bins
   * around the middle one and never lie beyond the first and the last; it is stored as u16 and counted in the histogram (u32).
   */
  look(codes: number, count: number, query: number, along: number, length: number, byBits: number, alpha: number, bins: number, histogram: number): void;
  /** Rows whose bin is `least` or more, as u32 from `list` on (which has room for all); returns how many. */
  pick(bins: number, count: number, least: number, list: number): number;
  /** Inner products of int8 rows with an int16 query: rows named by the u32 of `list`, i32 to `out`. */
  dots(matrix: number, dim: number, query: number, list: number, count: number, out: number): void;
}

/** Sum of the four 32-bit lanes of local `v`. */
const lanes = (v: number) => [0, 1, 2, 3].flatMap((lane) => [...op.get(v), ...op.lane32(lane), ...(lane > 0 ? op.add : [])]);

/**
 * Bits are counted 64 at a time by the processor's own instruction, unrolled for the code's length: 6 ns a row of 512 bits, where a loop over
 * `i8x16.popcnt`, which most processors have not and which is then made of table look-ups, took 25.
 */
function look(codeBytes: number): WasmFunction {
  const [codes, count, query, along, length, byBits, alpha, bins, histogram, row, bin] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
  const differing = Array.from({ length: codeBytes / 8 }, (_, at) => {
    const bits = [op.get(codes), op.load64(at * 8), op.get(query), op.load64(at * 8), op.xor64, op.popcnt64];
    return [...bits, ...(at > 0 ? [op.add64] : [])];
  });
  return {
    name: 'look',
    params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'f32', 'i32', 'i32'],
    locals: ['i32', 'i32'],
    // prettier-ignore
    body: [
      whileBelow(
        row,
        count,
        op.get(along), op.loadF32, op.get(alpha), op.mulF32,
        op.get(length), op.loadF32,
        ...differing.flat(), op.wrap64, op.const(2), op.shiftLeft, op.get(byBits), op.add, op.loadF32, op.mulF32,
        op.addF32, op.constF32(BINS / 2), op.addF32, op.truncateF32, op.set(bin),
        op.get(bins), op.get(bin), op.store16,
        op.get(bin), op.const(2), op.shiftLeft, op.get(histogram), op.add, op.set(bin),
        op.get(bin), op.get(bin), op.load, op.const(1), op.add, op.store,
        advance(codes, codeBytes),
        advance(along, 4),
        advance(length, 4),
        advance(bins, 2),
        advance(row, 1),
      ),
    ],
  };
}

function pick(): WasmFunction {
  const [bins, count, least, list, row, next] = [0, 1, 2, 3, 4, 5] as const;
  return {
    name: 'pick',
    params: ['i32', 'i32', 'i32', 'i32'],
    result: 'i32',
    locals: ['i32', 'i32'],
    // prettier-ignore
    body: [
      whileBelow(
        row,
        count,
        // Written always and kept only where it counts: no branch to guess wrong.
        op.get(next), op.const(2), op.shiftLeft, op.get(list), op.add, op.get(row), op.store,
        op.get(bins), op.load16, op.get(least), op.notLessU, op.get(next), op.add, op.set(next),
        advance(bins, 2),
        advance(row, 1),
      ),
      op.get(next),
    ],
  };
}

function dots(): WasmFunction {
  const [matrix, dim, query, list, count, out, row, end, at, sum, q] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
  const eight = [op.get(at), op.loadWide, op.get(q), op.loadV, op.dot16, op.get(sum), op.add32, op.set(sum), advance(at, 8), advance(q, 16)];
  return {
    name: 'dots',
    params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    locals: ['i32', 'i32', 'i32', 'v128', 'i32'],
    // prettier-ignore
    body: [
      whileBelow(
        row,
        count,
        op.get(list), op.load, op.get(dim), op.mul, op.get(matrix), op.add, op.set(at),
        op.get(at), op.get(dim), op.add, op.set(end),
        op.get(query), op.set(q),
        op.zeroV, op.set(sum),
        whileBelow(at, end, ...eight, ...eight),
        op.get(out), lanes(sum), op.store,
        advance(list, 4),
        advance(out, 4),
        advance(row, 1),
      ),
    ],
  };
}

/** By the length of a code. */
const compiled = new Map<number, WebAssembly.Module>();

/** Memory that threads can share. */
export type KernelMemory = WebAssembly.Memory;

/**
 * The loops for codes of `codeBytes` bytes (a multiple of 16), over a memory of `bytes` bytes that another thread made or a new one, all zero; the operating
 * system gives pages as they are written.
 */
export function createKernel(codeBytes: number, bytes: number, made?: KernelMemory): { readonly kernel: Kernel; readonly memory: KernelMemory } {
  let module = compiled.get(codeBytes);
  if (!module) compiled.set(codeBytes, (module = new WebAssembly.Module(wasmModule([look(codeBytes), pick(), dots()]))));
  const pages = Math.ceil(bytes / 65_536);
  const memory = made ?? new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  return { kernel: exports as unknown as Kernel, memory };
}
