/** WebDataset's tar: the files of a sample side by side under one key. Written here (ustar, no dates, no owners: the same bytes each time), read by tar-stream. */
import { createReadStream } from 'node:fs';
import { extract } from 'tar-stream';
import type { ImageValue, JsonValue, Row } from '../../../../shared/formats/columns.ts';
import { jsonText } from '../row-digest.ts';
import type { Container } from './container.ts';

const BLOCK = 512;
const zeros = Buffer.alloc(2 * BLOCK);

/** What all headers have in common (POSIX.1-1988 ustar), and the sum of its bytes with spaces for the sum itself. */
const common = Buffer.alloc(BLOCK);
common.write('0000644\0', 100);
common.write('0000000\0', 108);
common.write('0000000\0', 116);
common.write('00000000000\0', 136);
common.write('        0', 148);
common.write('ustar\x0000', 257, 'latin1');
const commonSum = common.reduce((sum, byte) => sum + byte, 0);

/** A file's header. `name`: at most 100 bytes. */
export function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.from(common);
  const nameBytes = header.write(name, 0, 100);
  if (Buffer.byteLength(name) > nameBytes) throw new Error(`${name}: too long for a tar header`);
  header.write(size.toString(8).padStart(11, '0'), 124, 'latin1');
  let sum = commonSum;
  for (let at = 0; at < nameBytes; at++) sum += header[at]!;
  for (let at = 124; at < 135; at++) sum += header[at]!;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Header, content and padding of a file. */
function* entry(name: string, bytes: Uint8Array): Generator<Uint8Array> {
  yield tarHeader(name, bytes.byteLength);
  yield bytes;
  const rest = bytes.byteLength % BLOCK;
  if (rest > 0) yield zeros.subarray(0, BLOCK - rest);
}

function* sample(row: Row): Generator<Uint8Array> {
  const key = row['key'] as string;
  const image = row['image'] as ImageValue;
  yield* entry(`${key}.${image.path.split('.').at(-1)!}`, image.bytes);
  yield* entry(`${key}.json`, Buffer.from(jsonText(row['json'] as JsonValue)));
  yield* entry(`${key}.txt`, Buffer.from(row['txt'] as string));
}

export const tar: Container = {
  groupBytes: 8 << 20,
  storesRepeatedImagesOnce: false,
  writesEmptySplits: false,
  open: (_table, file) => ({
    writeGroup: (rows) => file.write(rows.flatMap((row) => [...sample(row)])),
    end: () => file.write([zeros]),
  }),
  async *read(_table, path) {
    const reader = extract();
    const input = createReadStream(path, { highWaterMark: 1 << 20 });
    input.on('error', (error) => reader.destroy(error));
    input.pipe(reader);
    let row: Record<string, unknown> = {};
    for await (const file of reader) {
      const parts: Buffer[] = [];
      for await (const chunk of file) parts.push(chunk as Buffer);
      const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      const dot = file.header.name.indexOf('.');
      const key = file.header.name.slice(0, dot);
      const extension = file.header.name.slice(dot + 1);
      if (row['key'] !== undefined && row['key'] !== key) throw new Error(`${file.header.name}: not beside its sample`);
      row['key'] = key;
      if (extension === 'txt') row['txt'] = bytes.toString();
      else if (extension === 'json') row['json'] = JSON.parse(bytes.toString()) as JsonValue;
      else row['image'] = { bytes, path: file.header.name };
      if (Object.keys(row).length < 4) continue;
      yield [row as Row];
      row = {};
    }
    if (Object.keys(row).length > 0) throw new Error('the last sample is not whole');
  },
  /** The file's name in the tar is the key's; what the row called it is in its JSON as the hash. */
  compared: (row) => ({ ...row, image: { ...(row['image'] as ImageValue), path: '' } }),
};
