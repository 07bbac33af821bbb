/** Reads parquet back a row group at a time. The only file that loads hyparquet, which shares no code with the writer's encoders. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { ChatMessage, Column, ImageValue, JsonValue, Row, Table } from '../../../../shared/formats/columns.ts';

/** Rows of one file, checked to have the table's columns and no other. */
export async function* readParquet(table: Table, path: string): AsyncGenerator<Row[]> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const file = sliced(handle, size);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      // `utf8: false` leaves columns that aren't declared as text alone: images are bytes.
      const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, utf8: false });
      yield rows.map((row) => toRow(table.columns, row));
      rowStart = rowEnd;
    }
  } finally {
    await handle.close();
  }
}

function toRow(columns: readonly Column[], read: Record<string, unknown>): Row {
  if (Object.keys(read).length !== columns.length) throw new Error(`columns ${Object.keys(read).join(', ')}`);
  return Object.fromEntries(columns.map(({ name, type }) => [name, toValue(type, read[name])]));
}

function imageOf(value: unknown): ImageValue {
  const { bytes, path } = value as ImageValue;
  if (!(bytes instanceof Uint8Array)) throw new Error('an image that is not bytes');
  return { bytes, path };
}

/** A text that is null comes back as undefined. */
const withNulls = (messages: readonly ChatMessage[]): ChatMessage[] =>
  messages.map(({ role, content }) => ({ role, content: content.map(({ type, text }) => ({ type, text: text ?? null })) }));

function toValue(type: Column['type'], value: unknown): Row[string] {
  if (type === 'int64') return Number(value as bigint);
  if (type === 'int64s') return (value as bigint[]).map(Number);
  if (type === 'image') return imageOf(value);
  if (type === 'images') return (value as unknown[]).map(imageOf);
  if (type === 'messages') return withNulls(value as ChatMessage[]);
  return value as Row[string];
}

/** A file as hyparquet asks for it. */
function sliced(handle: FileHandle, size: number) {
  return {
    byteLength: size,
    async slice(start: number, end: number = size): Promise<ArrayBuffer> {
      const buffer = new ArrayBuffer(end - start);
      const { bytesRead } = await handle.read(new Uint8Array(buffer), 0, end - start, start);
      if (bytesRead < end - start) throw new Error('the file is shorter than its footer says');
      return buffer;
    },
  };
}
type Read = Record<string, unknown>;
/** Rows of a file of any schema, a group at a time. */
async function* readAny(path: string, limit: number): AsyncGenerator<Read[]> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const file = sliced(handle, size);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = Math.min(rowStart + Number(group.num_rows), limit);
      if (rowEnd > rowStart) yield await parquetReadObjects({ file, metadata, rowStart, rowEnd, utf8: false });
      rowStart += Number(group.num_rows);
      if (rowStart >= limit) return;
    }
  } finally {
    await handle.close();
  }
}

/** A value as JSON has it: bytes that are text become text, other bytes are left out. */
function plain(value: unknown): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return value.length > 4_000_000 ? null : asText(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return [...(value as Iterable<unknown>)].map(plain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return (value ?? null) as JsonValue;
}
function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes of a picture, and the name that its row gives it. */
export interface Embedded {
  readonly bytes: Uint8Array;
  readonly path: string | null;
  readonly sha256: string;
}
/** Columns of masks and maps of the picture, which are no photos. */
const MASK_COLUMN = /(^|_)(masks?|seg|segmentation|depth|label|annotation|mask_image)s?$/i;
/** Pictures of a row by Hugging Face's Image feature: a struct of bytes and path. */
function embeddedOf(row: Read): Embedded[] {
  return Object.entries(row)
    .filter(([name]) => !MASK_COLUMN.test(name))
    .map(([, value]) => value)
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .flatMap((value) => {
      const { bytes, path } = (value ?? {}) as { bytes?: unknown; path?: unknown };
      if (!(bytes instanceof Uint8Array) || bytes.length === 0) return [];
      return [{ bytes, path: typeof path === 'string' ? path : null, sha256: createHash('sha256').update(bytes).digest('hex') }];
    });
}

/** Rows as JSON. A picture in a row is its hash, as `embedded_sha256`, and its name. */
export async function* parquetRows(path: string, limit = Infinity): AsyncGenerator<Record<string, JsonValue>[]> {
  for await (const rows of readAny(path, limit)) {
    yield rows.map((row) => {
      const [picture] = embeddedOf(row);
      const fields = Object.fromEntries(
        Object.entries(row).map(([name, value]) => {
          const inner = Array.isArray(value) ? (value as unknown[])[0] : value;
          const isPicture = typeof inner === 'object' && inner !== null && (inner as Read)['bytes'] instanceof Uint8Array;
          return [name, isPicture ? (picture?.path ?? null) : plain(value)];
        }),
      );
      return picture ? { ...fields, embedded_sha256: picture.sha256 } : fields;
    });
  }
}

/** The first rows. */
export async function parquetHead(path: string, rows: number): Promise<Record<string, JsonValue>[]> {
  for await (const group of parquetRows(path, rows)) return group;
  return [];
}

/** The pictures in a file's rows, each as often as it is there. */
export async function* parquetPictures(path: string): AsyncGenerator<Embedded> {
  for await (const rows of readAny(path, Infinity)) for (const row of rows) yield* embeddedOf(row);
}
