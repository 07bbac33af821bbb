/** Unpacks ZIP and tar into a folder: pictures and annotation files only, by names that stay inside, within limits. The only file that loads yauzl. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { type Entry, openPromise } from 'yauzl';
import { isIgnoredName } from '../../../../shared/domain/import-name.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';

/** Bytes that come of one byte of an archive at most; text shrinks to a twentieth, nothing honest to less than a two-hundredth. */
const MAX_RATIO = 200;
const FREE_BYTES = 64 << 20;
const MAX_FILE = 4 * 2 ** 30;
const MAX_FILES = 4_000_000;
const WANTED = /\.(jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif|(?:json|jsonl|ndjson|csv|tsv|xml)(?:\.gz)?|txt|caption|parquet)$/i;
export const isArchive = (file: string): boolean => /\.(zip|tar|tar\.gz|tgz)$/i.test(file);

/** The way of an entry below the folder; null where it would lead out of it, is hidden, or is of no use here. */
export function safeName(name: string): string[] | null {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  // A drive letter, a name that no file system takes.
  // oxlint-disable-next-line no-control-regex
  if (name.startsWith('/') || name.startsWith('\\') || parts.some((part) => part === '..' || /[\u0000-\u001f:]/.test(part) || part.length > 250)) return null;
  if (parts.length === 0 || parts.length > 40 || parts.some(isIgnoredName)) return null;
  return WANTED.test(parts.at(-1)!) ? parts : null;
}

interface Budget {
  files: number;
  /** Then it stops: the start of an archive is enough to tell what it is. */
  readonly most: number;
  left: number;
}
function counting(budget: Budget, archive: string): Transform {
  let own = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      own += chunk.length;
      budget.left -= chunk.length;
      if (own > MAX_FILE || budget.left < 0) done(tooLarge(archive));
      else done(null, chunk);
    },
  });
}
const tooLarge = (archive: string) =>
  new AppError('invalid', 'unpacks to more than it can honestly hold', { key: 'archive-too-large', name: path.basename(archive) });
const broken = (archive: string, thrown: unknown) =>
  thrown instanceof AppError || (thrown as NodeJS.ErrnoException).code === 'ENOSPC' || (thrown as Error).name === 'AbortError'
    ? thrown
    : new AppError('invalid', (thrown as Error).message, { key: 'archive-broken', name: path.basename(archive) });

async function write(to: string, parts: readonly string[], content: Readable, budget: Budget, archive: string, signal: AbortSignal): Promise<void> {
  if (++budget.files > MAX_FILES) throw tooLarge(archive);
  const file = path.join(to, ...parts);
  await mkdir(path.dirname(file), { recursive: true });
  await pipeline(content, counting(budget, archive), createWriteStream(file), { signal });
}

/** Unpacks below `to`. `onFile` is told the name of each file that was written. Throws AppError for what is broken or too large; cancelled, it throws `AbortError`. */
export async function unpack(archive: string, to: string, signal: AbortSignal, onFile: (name: string) => void, most = MAX_FILES): Promise<{ left: string[] }> {
  const { size } = await stat(archive);
  const budget: Budget = { files: 0, most, left: size * MAX_RATIO + FREE_BYTES };
  const left: string[] = [];
  try {
    if (/\.zip$/i.test(archive)) await unzip(archive, to, budget, signal, left, onFile);
    else await untar(archive, to, budget, signal, left, onFile);
  } catch (thrown) {
    throw broken(archive, thrown);
  }
  return { left };
}

/** Names that are left out and were no folders. */
const noteLeft = (left: string[], name: string): void => {
  if (left.length < 100) left.push(name);
};

async function unzip(archive: string, to: string, budget: Budget, signal: AbortSignal, left: string[], onFile: (name: string) => void): Promise<void> {
  // yauzl refuses an archive with a name that leads out of the folder: who makes such names means harm.
  const zip = await openPromise(archive, { autoClose: false, decodeStrings: true, strictFileNames: false, validateEntrySizes: true, lazyEntries: true });
  try {
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      signal.throwIfAborted();
      if (entry.fileName.endsWith('/')) continue;
      const parts = safeName(entry.fileName);
      const isLink = ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000;
      if (parts === null || isLink || entry.isEncrypted()) {
        noteLeft(left, entry.fileName);
        continue;
      }
      const content = await zip.openReadStreamPromise(entry);
      // A file that is larger than it claims raises a second time when nobody listens any more, which would end the process.
      content.on('error', () => {});
      await write(to, parts, content, budget, archive, signal);
      onFile(entry.fileName);
      if (budget.files >= budget.most) return;
    }
  } finally {
    zip.close();
  }
}

async function untar(archive: string, to: string, budget: Budget, signal: AbortSignal, left: string[], onFile: (name: string) => void): Promise<void> {
  const reader = extract();
  const input = createReadStream(archive, { highWaterMark: 1 << 20, signal });
  const unzipped = /gz$/i.test(archive) ? input.pipe(createGunzip()) : input;
  for (const stream of [input, unzipped]) stream.on('error', (error: Error) => reader.destroy(error));
  unzipped.pipe(reader);
  for await (const entry of reader) {
    const { name, type } = entry.header;
    const parts = safeName(name);
    if (parts === null || type !== 'file') {
      if (type !== 'directory') noteLeft(left, name);
      entry.resume();
      continue;
    }
    await write(to, parts, entry as unknown as Readable, budget, archive, signal);
    onFile(name);
    if (budget.files >= budget.most) return;
  }
}
