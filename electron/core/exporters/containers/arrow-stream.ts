/** Arrow IPC streams, the container of prepared Hugging Face folders. The only file that loads apache-arrow. */
import { open } from 'node:fs/promises';
import {
  Binary,
  type Data,
  type DataType,
  Field,
  Float32,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import {
  type Column,
  type ColumnType,
  type ColumnValues,
  featuresOf,
  type ImageValue,
  type Row,
  type Table,
  type Xy,
} from '../../../../shared/formats/columns.ts';
import type { RowFile } from './container.ts';
import type { OutFile } from '../out-file.ts';

// Types are set by hand: inferred strings would become dictionaries, which don't match the features. Lists' children are named `item`.
const list = (child: DataType) => new List(new Field('item', child, true));
const xyType = new Struct([new Field('x', new Float64(), true), new Field('y', new Float64(), true)]);
const imageType = new Struct([new Field('bytes', new Binary(), true), new Field('path', new Utf8(), true)]);
const pixelType = new Struct([new Field('x', list(new Float32()), true), new Field('y', list(new Float32()), true)]);
/** What prepared folders hold; the other types are those of parquet and JSON. */
type ArrowType = Exclude<ColumnType, 'images' | 'messages' | 'json'>;
const arrowType = (type: ColumnType): ArrowType => {
  if (type in types) return type as ArrowType;
  throw new Error(`no Arrow column of ${type}`);
};
const types: Record<ArrowType, DataType> = {
  int32: new Int32(),
  pixelLists: pixelType,
  string: new Utf8(),
  int64: new Int64(),
  image: imageType,
  strings: list(new Utf8()),
  int64s: list(new Int64()),
  points: list(xyType),
  pointLists: list(list(xyType)),
  stringLists: list(list(new Utf8())),
  xyGroups: list(list(list(new Float64()))),
  xyGroupLists: list(list(list(list(new Float64())))),
};

function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => (offsets[i + 1] = offsets[i]! + length));
  return offsets;
}
function joined(parts: readonly Uint8Array[]): { data: Uint8Array; valueOffsets: Int32Array } {
  return { data: Buffer.concat(parts), valueOffsets: offsetsOf(parts.map((part) => part.byteLength)) };
}
const textData = (values: readonly string[]): Data =>
  makeData({ type: new Utf8(), length: values.length, nullCount: 0, ...joined(values.map((value) => Buffer.from(value))) });
const intData = (values: readonly number[]): Data =>
  makeData({ type: new Int64(), length: values.length, nullCount: 0, data: BigInt64Array.from(values, BigInt) });
const doubleData = (values: readonly number[]): Data => makeData({ type: new Float64(), length: values.length, nullCount: 0, data: Float64Array.from(values) });
const xyData = (values: readonly Xy[]): Data =>
  makeData({ type: xyType, length: values.length, nullCount: 0, children: [doubleData(values.map(({ x }) => x)), doubleData(values.map(({ y }) => y))] });
function listData<T>(values: readonly (readonly T[])[], childData: (values: readonly T[]) => Data): Data {
  const child = childData(values.flat() as T[]);
  return makeData({ type: list(child.type), length: values.length, nullCount: 0, valueOffsets: offsetsOf(values.map((value) => value.length)), child });
}
function imageData(values: readonly ImageValue[]): Data {
  const bytes = makeData({ type: new Binary(), length: values.length, nullCount: 0, ...joined(values.map((value) => value.bytes)) });
  return makeData({ type: imageType, length: values.length, nullCount: 0, children: [bytes, textData(values.map((value) => value.path))] });
}
const groupData = (values: ColumnValues['xyGroups']): Data => listData(values, (points) => listData(points, doubleData));
const shortData = (values: readonly number[]): Data => makeData({ type: new Int32(), length: values.length, nullCount: 0, data: Int32Array.from(values) });
const floatData = (values: readonly number[]): Data => makeData({ type: new Float32(), length: values.length, nullCount: 0, data: Float32Array.from(values) });
const pixelData = (values: readonly ColumnValues['pixelLists'][]): Data =>
  makeData({
    type: pixelType,
    length: values.length,
    nullCount: 0,
    children: [
      listData(
        values.map(({ x }) => x),
        floatData,
      ),
      listData(
        values.map(({ y }) => y),
        floatData,
      ),
    ],
  });
const builders: { [K in ArrowType]: (values: never) => Data } = {
  int32: shortData,
  pixelLists: pixelData,
  string: textData,
  int64: intData,
  image: imageData,
  strings: (values: readonly (readonly string[])[]) => listData(values, textData),
  int64s: (values: readonly (readonly number[])[]) => listData(values, intData),
  points: (values: readonly (readonly Xy[])[]) => listData(values, xyData),
  pointLists: (values: readonly (readonly (readonly Xy[])[])[]) => listData(values, (inner) => listData(inner, xyData)),
  stringLists: (values: readonly (readonly (readonly string[])[])[]) => listData(values, (inner) => listData(inner, textData)),
  xyGroups: (values: readonly ColumnValues['xyGroups'][]) => listData(values, groupData),
  xyGroupLists: (values: readonly ColumnValues['xyGroupLists'][]) => listData(values, (inner) => listData(inner, groupData)),
};

/** Gives the pieces of each message to us instead of a queue of its own, so that a group can be waited for. */
class CollectingWriter extends RecordBatchStreamWriter {
  readonly collected: Uint8Array[] = [];

  protected override _write(chunk: ArrayBufferView | ArrayBufferLike): this {
    const bytes = ArrayBuffer.isView(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : new Uint8Array(chunk);
    if (bytes.byteLength > 0) this.collected.push(bytes);
    this._position += bytes.byteLength;
    return this;
  }
}

/** Begins a stream; it is readable with no batch at all. */
export function openArrowStream(table: Table, file: OutFile): RowFile {
  const metadata = new Map([['huggingface', JSON.stringify({ info: { features: featuresOf(table) } })]]);
  const fields = table.columns.map((column) => new Field(column.name, types[arrowType(column.type)], true));
  const schema = new Schema(fields, metadata);
  const writer = new CollectingWriter();
  writer.reset(undefined, schema);
  const flush = () => file.write(writer.collected.splice(0));
  return {
    async writeGroup(rows) {
      const children = table.columns.map(({ name, type }) => builders[arrowType(type)](rows.map((row) => row[name]) as never));
      writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length: rows.length, nullCount: 0, children })));
      await flush();
    },
    async end() {
      writer.finish();
      await flush();
    },
  };
}

/** Reads a stream back, a batch at a time. */
export async function* readArrowStream(table: Table, path: string): AsyncGenerator<Row[]> {
  const handle = await open(path);
  try {
    for await (const batch of await RecordBatchReader.from(handle)) {
      const names = batch.schema.fields.map((field) => field.name).join();
      if (names !== table.columns.map((column) => column.name).join()) throw new Error(`columns ${names}`);
      const columns = table.columns.map((column, i) => ({ column, vector: batch.getChildAt(i)! }));
      yield Array.from({ length: batch.numRows }, (_, row) =>
        Object.fromEntries(columns.map(({ column, vector }) => [column.name, toValue(column.type, vector.get(row))])),
      );
    }
  } finally {
    await handle.close();
  }
}

type Struct2 = { readonly [name: string]: unknown };
const pointsOf = (value: unknown): Xy[] => [...(value as Iterable<Struct2>)].map((point) => ({ x: point['x'] as number, y: point['y'] as number }));
/** Lists all the way down, as plain arrays. */
const plainLists = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && Symbol.iterator in value ? [...(value as Iterable<unknown>)].map(plainLists) : value;
function toValue(type: Column['type'], value: unknown): Row[string] {
  if (type === 'int64') return Number(value as bigint);
  if (type === 'strings') return [...(value as Iterable<string>)];
  if (type === 'int64s') return [...(value as Iterable<bigint>)].map(Number);
  if (type === 'points') return pointsOf(value);
  if (type === 'pointLists') return [...(value as Iterable<unknown>)].map(pointsOf);
  if (type === 'stringLists' || type === 'xyGroups' || type === 'xyGroupLists') return plainLists(value) as Row[string];
  if (type === 'pixelLists') return { x: [...((value as Struct2)['x'] as Iterable<number>)], y: [...((value as Struct2)['y'] as Iterable<number>)] };
  if (type === 'image') return { bytes: (value as Struct2)['bytes'] as Uint8Array, path: (value as Struct2)['path'] as string };
  return value as string;
}
