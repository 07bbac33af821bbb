/**
 * What goes into an ONNX graph and what comes out, read off the file without loading it: weights are skipped, so that a gigabyte takes milliseconds.
 * Format: onnx.proto3 of the ONNX project (ModelProto.graph 7; GraphProto.input 11, output 12; ValueInfoProto.name 1, type 2), in protobuf's wire encoding.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../../shared/rpc/errors.ts';

export interface GraphValue {
  readonly name: string;
  /** ONNX element type: 1 float32, 7 int64, 10 float16. */
  readonly type: number;
  /** A number, or null where the dimension is free. */
  readonly dims: readonly (number | null)[];
}
export interface GraphSignature {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
}
/** A description of one input has some hundred bytes. */
const MOST_VALUE_BYTES = 100_000;
const WINDOW_BYTES = 65_536;

/** Throws AppError: `encoder-not-onnx` for another kind of file, `encoder-cut-off` for one that ends too early. */
export async function readSignature(path: string, name: string): Promise<GraphSignature> {
  const file = await open(path, 'r');
  try {
    return await signatureOf(createReader(file, (await file.stat()).size), name);
  } finally {
    await file.close();
  }
}

async function signatureOf(reader: Reader, name: string): Promise<GraphSignature> {
  const inputs: GraphValue[] = [];
  const outputs: GraphValue[] = [];
  let hasGraph = false;
  try {
    await eachField(reader, reader.size, async ({ field, wire, end }) => {
      if (field === 1 && wire !== 0) throw new NotOnnx();
      if (field !== 7 || wire !== 2) return;
      hasGraph = true;
      await eachField(reader, end, async (part) => {
        if (part.wire !== 2 || (part.field !== 11 && part.field !== 12)) return;
        if (part.end - reader.at > MOST_VALUE_BYTES) throw new NotOnnx();
        (part.field === 11 ? inputs : outputs).push(valueOf(await reader.take(part.end - reader.at)));
      });
    });
  } catch (thrown) {
    if (thrown instanceof NotOnnx) throw notOnnx(name);
    if (!(thrown instanceof CutOff)) throw thrown;
    // A text or a picture rarely looks like a model with a graph; what does, and ends too early, was not copied to its end.
    if (!hasGraph) throw notOnnx(name);
    throw new AppError('invalid', `${name} ends too early`, { key: 'encoder-cut-off', file: name });
  }
  if (!hasGraph || outputs.length === 0) throw notOnnx(name);
  return { inputs, outputs };
}

const notOnnx = (name: string) => new AppError('invalid', `${name} is no ONNX file`, { key: 'encoder-not-onnx', file: name });
class NotOnnx extends Error {}
class CutOff extends Error {}

interface Reader {
  readonly size: number;
  at: number;
  byte(): Promise<number>;
  take(length: number): Promise<Buffer>;
}

function createReader(file: FileHandle, size: number): Reader {
  let window = Buffer.alloc(0);
  let start = 0;
  const fill = async (length: number) => {
    if (reader.at >= start && reader.at + length <= start + window.length) return;
    if (reader.at + length > size) throw new CutOff();
    const buffer = Buffer.alloc(Math.min(size - reader.at, Math.max(length, WINDOW_BYTES)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, reader.at);
    if (bytesRead < length) throw new CutOff();
    window = buffer.subarray(0, bytesRead);
    start = reader.at;
  };
  const reader: Reader = {
    size,
    at: 0,
    async byte() {
      await fill(1);
      return window[reader.at++ - start]!;
    },
    async take(length) {
      await fill(length);
      const from = reader.at - start;
      reader.at += length;
      return window.subarray(from, from + length);
    },
  };
  return reader;
}

interface Field {
  readonly field: number;
  readonly wire: number;
  /** Where its bytes end; the reader stands at their beginning. */
  readonly end: number;
}
/** Visits the fields of a message up to `end`; what a visit leaves unread is skipped. */
async function eachField(reader: Reader, end: number, visit: (field: Field) => Promise<void>): Promise<void> {
  while (reader.at < end) {
    const tag = await varint(reader);
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (field === 0 || ![0, 1, 2, 5].includes(wire)) throw new NotOnnx();
    if (wire === 0) {
      await visit({ field, wire, end: reader.at });
      await varint(reader);
      continue;
    }
    const length = wire === 1 ? 8 : wire === 5 ? 4 : await varint(reader);
    const fieldEnd = reader.at + length;
    await visit({ field, wire, end: fieldEnd });
    if (fieldEnd > reader.size) throw new CutOff();
    if (fieldEnd > end) throw new NotOnnx();
    reader.at = fieldEnd;
  }
}

async function varint(reader: Reader): Promise<number> {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = await reader.byte();
    // Beyond 2^53 nothing is a length or a tag; such a number is only skipped.
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new NotOnnx();
}

/** Fields of a message that is in memory: numbers, or the bytes of nested ones. */
function* fieldsIn(bytes: Buffer): Generator<{ field: number; value: number; bytes: Buffer }> {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 63) throw new NotOnnx();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = number();
    const wire = tag % 8;
    const value = wire === 0 || wire === 2 ? number() : 0;
    const length = wire === 2 ? value : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    if (at + length > bytes.length || wire === 3 || wire > 5) throw new NotOnnx();
    yield { field: Math.floor(tag / 8), value, bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}

/** ValueInfoProto: name, and below type.tensor_type its element type and the dimensions of its shape. */
function valueOf(bytes: Buffer): GraphValue {
  let name = '';
  let type = 0;
  const dims: (number | null)[] = [];
  for (const info of fieldsIn(bytes)) {
    if (info.field === 1) name = info.bytes.toString('utf8');
    if (info.field !== 2) continue;
    for (const tensor of fieldsIn(info.bytes)) {
      if (tensor.field !== 1) continue;
      for (const part of fieldsIn(tensor.bytes)) {
        if (part.field === 1) type = part.value;
        if (part.field === 2) for (const dim of fieldsIn(part.bytes)) if (dim.field === 1) dims.push(dimOf(dim.bytes));
      }
    }
  }
  return { name, type, dims };
}

/** Dimension: dim_value 1, or dim_param 2, which names a free one. */
function dimOf(bytes: Buffer): number | null {
  for (const { field, value } of fieldsIn(bytes)) if (field === 1) return value > 0 && value < 2 ** 31 ? value : null;
  return null;
}
