/** Writes tables as parquet that pyarrow and Hugging Face `datasets` read, images included. The only file that loads hyparquet-writer. */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { type ColumnType, featuresOf, type ImageValue, type Row, type Table } from '../../../../shared/formats/columns.ts';
import type { RowFile } from './container.ts';
import type { OutFile } from '../out-file.ts';

const group = (name: string, children: number): SchemaElement => ({ name, repetition_type: 'OPTIONAL', num_children: children });
const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  repetition_type: 'OPTIONAL',
  converted_type: 'UTF8',
  logical_type: { type: 'STRING' },
});
const double = (name: string): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' });
const long = (name: string): SchemaElement => ({ name, type: 'INT64', repetition_type: 'OPTIONAL' });
/** The three-level list that the parquet specification asks for. */
const list = (name: string, element: SchemaElement[]): SchemaElement[] => [
  { ...group(name, 1), converted_type: 'LIST', logical_type: { type: 'LIST' } },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ...element,
];
const point = [group('element', 2), double('x'), double('y')];

const float = (name: string): SchemaElement => ({ name, type: 'FLOAT', repetition_type: 'OPTIONAL' });
const imageOf = (name: string): SchemaElement[] => [group(name, 2), { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' }, text('path')];

const elements: Record<ColumnType, (name: string) => SchemaElement[]> = {
  string: (name) => [text(name)],
  int64: (name) => [long(name)],
  image: (name) => imageOf(name),
  strings: (name) => list(name, [text('element')]),
  int64s: (name) => list(name, [long('element')]),
  points: (name) => list(name, point),
  pointLists: (name) => list(name, list('element', point)),
  stringLists: (name) => list(name, list('element', [text('element')])),
  xyGroups: (name) => list(name, list('element', list('element', [double('element')]))),
  int32: (name) => [{ name, type: 'INT32', repetition_type: 'OPTIONAL' }],
  pixelLists: (name) => [group(name, 2), ...list('x', [float('element')]), ...list('y', [float('element')])],
  images: (name) => list(name, imageOf('element')),
  messages: (name) => list(name, [group('element', 2), text('role'), ...list('content', [group('element', 2), text('type'), text('text')])]),
  json: (name) => [text(name)],
  xyGroupLists: (name) => list(name, list('element', list('element', list('element', [double('element')])))),
};

/** Keeps large values as they are instead of copying them, and hands everything to the file after each row group. */
class GroupWriter extends ByteWriter {
  readonly #file: OutFile;
  #chunks: Uint8Array[] = [];

  constructor(file: OutFile) {
    super(1 << 16);
    this.#file = file;
  }

  override appendBytes(value: Uint8Array): void {
    if (value.byteLength < 1 << 15) return super.appendBytes(value);
    this.#seal();
    this.#chunks.push(value);
    this.offset += value.byteLength;
  }

  #seal(): void {
    if (this.index > 0) this.#chunks.push(new Uint8Array(this.buffer.slice(0, this.index)));
    this.index = 0;
  }

  flush(): Promise<void> {
    this.#seal();
    const chunks = this.#chunks;
    this.#chunks = [];
    return this.#file.write(chunks);
  }
}

/** Begins a parquet file; what it writes depends on the rows and their grouping alone. */
export function openParquet(table: Table, file: OutFile): RowFile {
  const schema: SchemaElement[] = [
    { name: 'schema', num_children: table.columns.length },
    ...table.columns.flatMap((column) => elements[column.type](column.name)),
  ];
  const out = new GroupWriter(file);
  const writer = new ParquetWriter({
    writer: out,
    schema,
    createdBy: 'pointillist',
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features: featuresOf(table) } }) }],
  });
  return {
    async writeGroup(rows) {
      const columnData = table.columns.map(({ name, type }) => {
        const data = rows.map((row) => (type === 'int64' ? BigInt(row[name] as number) : row[name]));
        if (type !== 'image' && type !== 'images') return { name, data };
        const distinct = new Set(rows.map((row: Row) => (type === 'image' ? (row[name] as ImageValue) : (row[name] as readonly ImageValue[])[0])?.bytes)).size;
        // Photos don't compress further. A dictionary stores an image once for all its rows in the group; without repeats it only costs time.
        return {
          name,
          data,
          codec: 'UNCOMPRESSED' as const,
          statistics: false,
          encoding: distinct < rows.length ? ('RLE_DICTIONARY' as const) : ('PLAIN' as const),
        };
      });
      // A page for nearly each image: the writer then makes it in one piece of the right size instead of growing it by doubling.
      await writer.write({ columnData, rowGroupSize: Math.max(1, rows.length), pageSize: 1 << 16 });
    },
    async end() {
      await writer.finish();
      await out.flush();
    },
  };
}
