/** Reads parquet back a row group at a time. The only file that loads hyparquet, which shares no code with the writer's encoders. */
import { open } from 'node:fs/promises';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { ChatMessage, Column, ImageValue, Row, Table } from '../../../../shared/formats/columns.ts';

/** Rows of one file, checked to have the table's columns and no other. */
export async function* readParquet(table: Table, path: string): AsyncGenerator<Row[]> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const file = {
      byteLength: size,
      async slice(start: number, end: number = size): Promise<ArrayBuffer> {
        const buffer = new ArrayBuffer(end - start);
        const { bytesRead } = await handle.read(new Uint8Array(buffer), 0, end - start, start);
        if (bytesRead < end - start) throw new Error('the file is shorter than its footer says');
        return buffer;
      },
    };
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
