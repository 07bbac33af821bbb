/** Inner products of all vectors of a map with one vector, in WebAssembly: four numbers at a time. A click on an image of 6,000 cells of 896 numbers waits for this. */
import { advance, op, type WasmFunction, wasmModule, whileBelow } from '../../wasm/wasm-writer.ts';

/** Numbers that are read in one turn of the loop: sums of four times four, which need not wait for each other. */
const TURN = 16;

/** Room for vectors, and what multiplies them. */
export interface Products {
  /** `count` vectors of `dim` numbers, each `stride` numbers behind the one before; zeros between them. */
  readonly vectors: Float32Array;
  readonly stride: number;
  /** The products of all with this one. */
  with(query: Float32Array): Float32Array;
}

export function createProducts(count: number, dim: number): Products {
  const stride = Math.ceil(dim / TURN) * TURN;
  const at = { vectors: 0, query: count * stride * 4, out: (count + 1) * stride * 4 };
  const pages = Math.ceil((at.out + count * 4) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  compiled ??= new WebAssembly.Module(wasmModule([products()]));
  const run = new WebAssembly.Instance(compiled, { host: { memory } }).exports['products'] as (
    vectors: number,
    end: number,
    bytes: number,
    query: number,
    out: number,
  ) => void;
  const query = new Float32Array(memory.buffer, at.query, stride);
  return {
    vectors: new Float32Array(memory.buffer, 0, count * stride),
    stride,
    with(vector) {
      query.set(vector);
      run(at.vectors, at.query, stride * 4, at.query, at.out);
      return new Float32Array(memory.buffer, at.out, count).slice();
    },
  };
}

let compiled: WebAssembly.Module | null = null;

function products(): WasmFunction {
  const [at, end, bytes, query, out, until, q, a, b, c, d] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
  const sums = [a, b, c, d];
  const lanes = [0, 1, 2, 3].flatMap((lane) => [...op.get(a), ...op.laneF32(lane), ...(lane > 0 ? op.addF32 : [])]);
  return {
    name: 'products',
    params: ['i32', 'i32', 'i32', 'i32', 'i32'],
    locals: ['i32', 'i32', 'v128', 'v128', 'v128', 'v128'],
    // prettier-ignore
    body: [
      whileBelow(
        at,
        end,
        op.get(at), op.get(bytes), op.add, op.set(until),
        op.get(query), op.set(q),
        ...sums.flatMap((sum) => [op.zeroV, op.set(sum)]),
        whileBelow(
          at,
          until,
          ...sums.flatMap((sum) => [
            op.get(at), op.loadV, op.get(q), op.loadV, op.mulF32V, op.get(sum), op.addF32V, op.set(sum),
            advance(at, 16),
            advance(q, 16),
          ]),
        ),
        op.get(a), op.get(b), op.addF32V, op.get(c), op.addF32V, op.get(d), op.addF32V, op.set(a),
        op.get(out), lanes, op.storeF32,
        advance(out, 4),
      ),
    ],
  };
}
