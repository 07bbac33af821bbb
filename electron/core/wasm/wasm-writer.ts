/** Writes the bytes of small WebAssembly modules: what the inner loops of search and proposals need are forty instructions, too few for a compiler in the build. */

/** Instructions as bytes. Named and numbered as in the WebAssembly core specification 2.0, chapter 5.4. */
export type Code = readonly number[];
export type ValueType = 'i32' | 'f32' | 'v128';
const valueTypes: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return bytes;
}
/** Signed LEB128 of a 32-bit integer. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const done = (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const simd = (op: number): Code => [0xfd, ...unsigned(op)];
/** Alignment (a power of two) and no offset: addresses are reckoned before. */
const simdMemory = (op: number, align: number): Code => [...simd(op), align, 0];

/** The instructions in use. */
export const op = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  const: (value: number): Code => [0x41, ...signed(value)],
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  lessU: [0x49],
  notLessU: [0x4f],
  shiftLeft: [0x74],
  addF32: [0x92],
  mulF32: [0x94],
  constF32: (value: number): Code => [0x43, ...new Uint8Array(new Float32Array([value]).buffer)],
  /** Signed, cut to 32 bits. */
  truncateF32: [0xfc, 0],
  load: [0x28, 2, 0],
  store: [0x36, 2, 0],
  loadF32: [0x2a, 2, 0],
  storeF32: [0x38, 2, 0],
  /** `offset` bytes behind the address. */
  load64: (offset: number): Code => [0x29, 3, ...unsigned(offset)],
  xor64: [0x85],
  popcnt64: [0x7b],
  add64: [0x7c],
  wrap64: [0xa7],
  load16: [0x2f, 1, 0],
  store16: [0x3b, 1, 0],
  loadV: simdMemory(0, 4),
  /** Eight signed bytes as eight 16-bit lanes. */
  loadWide: simdMemory(1, 3),
  storeV: simdMemory(11, 4),
  zeroV: [...simd(12), ...Array.from({ length: 16 }, () => 0)],
  /** Four floats. */
  constV: (a: number, b: number, c: number, d: number): Code => [...simd(12), ...new Uint8Array(Float32Array.of(a, b, c, d).buffer)],
  /** The 32-bit lanes of the first of two equal vectors, in this order. */
  lanes: (a: number, b: number, c: number, d: number): Code => [...simd(13), ...[a, b, c, d].flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte))],
  laneF32: (lane: number): Code => [...simd(31), lane],
  addF32V: simd(228),
  subF32V: simd(229),
  mulF32V: simd(230),
  add32: simd(174),
  dot16: simd(186),
  lane32: (lane: number): Code => [...simd(27), lane],
} satisfies Record<string, Code | ((a: number, b: number, c: number, d: number) => Code)>;

/** Runs `body` while local `counter` is below local `end`; the body advances the counter. Nothing runs where it is not below at the start. */
export function whileBelow(counter: number, end: number, ...body: readonly Code[]): Code {
  const below = [...op.get(counter), ...op.get(end), ...op.lessU];
  return [...below, 0x04, 0x40, 0x03, 0x40, ...body.flat(), ...below, 0x0d, 0, 0x0b, 0x0b];
}
/** local += value */
export const advance = (local: number, value: number): Code => [...op.get(local), ...op.const(value), ...op.add, ...op.set(local)];

export interface WasmFunction {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly result?: ValueType;
  readonly locals: readonly ValueType[];
  readonly body: readonly Code[];
}

const section = (id: number, items: readonly (readonly number[])[]): number[] => {
  const content = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(content.length), ...content];
};
const text = (value: string): number[] => [...unsigned(value.length), ...new TextEncoder().encode(value)];

/** A module of these functions, exported by name, over the imported, shared memory `host.memory`. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params, result }) => [
    0x60,
    ...unsigned(params.length),
    ...params.map((type) => valueTypes[type]),
    ...(result ? [1, valueTypes[result]] : [0]),
  ]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...unsigned(locals.length), ...locals.flatMap((type) => [1, valueTypes[type]]), ...body.flat(), 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, types),
    // A shared memory, of a page at least and 4 GB at most.
    ...section(2, [[...text('host'), ...text('memory'), 2, 3, 1, ...unsigned(65_536)]]),
    ...section(
      3,
      functions.map((_, at) => unsigned(at)),
    ),
    ...section(
      7,
      functions.map(({ name }, at) => [...text(name), 0, ...unsigned(at)]),
    ),
    ...section(10, bodies),
  ]);
}
