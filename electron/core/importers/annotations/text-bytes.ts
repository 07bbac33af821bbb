/** The bytes of a text file as UTF-8, whatever it was written in: UTF-8, UTF-16 with a mark at its start, Shift-JIS; unpacked where it is a `.gz`. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis';
/** What is looked at to tell: enough for the first words of any file. */
const HEAD = 65_536;

const isGzip = (path: string): boolean => /\.gz$/i.test(path);
/** Bytes that come of one compressed byte at most, and what is free beyond that: text shrinks to a twentieth. */
const MAX_RATIO = 200;
const FREE_BYTES = 64 << 20;

/** The file's bytes, unpacked. Throws where they are more than an honest file unpacks to. */
async function* bytesOf(path: string, step: number): AsyncGenerator<Buffer> {
  const input = createReadStream(path, { highWaterMark: step });
  if (!isGzip(path)) {
    yield* input as AsyncIterable<Buffer>;
    return;
  }
  let left = (await stat(path)).size * MAX_RATIO + FREE_BYTES;
  const unzipped = createGunzip({ chunkSize: step });
  input.on('error', (error) => unzipped.destroy(error));
  input.pipe(unzipped);
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      left -= chunk.length;
      if (left < 0) throw new RangeError('unpacks to more than it can honestly hold');
      yield chunk;
    }
  } finally {
    input.destroy();
  }
}

/** The first bytes of a file. */
export async function headOf(path: string, length: number = HEAD): Promise<Buffer> {
  if (isGzip(path)) {
    const parts: Buffer[] = [];
    let held = 0;
    for await (const chunk of bytesOf(path, 1 << 16)) {
      parts.push(chunk);
      held += chunk.length;
      if (held >= length) break;
    }
    return Buffer.concat(parts).subarray(0, length);
  }
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** By the mark at the start, else UTF-8 where the head is valid, else Shift-JIS where it is that; else UTF-8, and what is no text is replaced. */
export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // The last letter may be cut.
  const whole = head.length === HEAD ? head.subarray(0, head.lastIndexOf(10) + 1 || HEAD - 3) : head;
  if (decodes('utf-8', whole)) return 'utf-8';
  return decodes('shift_jis', whole) ? 'shift_jis' : 'utf-8';
}
function decodes(encoding: Encoding, bytes: Buffer): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The file in pieces of a quarter of a megabyte (what is made of one lives until the next, and the young part of the heap holds that), as UTF-8 without a mark at the start. */
export async function* utf8Chunks(path: string, encoding: Encoding): AsyncGenerator<Buffer> {
  const chunks = bytesOf(path, 1 << 18);
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
  let first = true;
  for await (const chunk of chunks) {
    let bytes = decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
    if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    first = false;
    yield bytes;
  }
  const rest = decoder?.decode();
  if (rest) yield Buffer.from(rest);
}

/** Whole lines of a text file, many at a time: a million lines a second can't each wait for a promise. Empty lines are left in, so that they can be counted. */
export async function* lineGroups(path: string, encoding: Encoding, maxLine: number): AsyncGenerator<string[]> {
  let rest: Buffer[] = [];
  let held = 0;
  for await (const chunk of utf8Chunks(path, encoding)) {
    const end = chunk.lastIndexOf(10);
    if (end < 0) {
      held += chunk.length;
      if (held > maxLine) throw new RangeError('line too long');
      rest.push(chunk);
      continue;
    }
    const whole = chunk.subarray(0, end);
    yield (rest.length === 0 ? whole : Buffer.concat([...rest, whole])).toString().split('\n');
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    held = rest[0]?.length ?? 0;
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString().split('\n');
}
