/** The file of a work package: a tar with `package.json` in front, then `project.sqlite`, then originals. Read as something a stranger made. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { type PackageInfo, packageSchema } from '../../../shared/domain/package.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { DATABASE_FILE } from '../db/open.ts';
import { tarHeader } from '../exporters/containers/tar-samples.ts';

const INFO = 'package.json';
const BLOCK = 512;
const MAX_INFO_BYTES = 65_536;
/** `media/originals/ab/<sha256>.<extension>`: where copied originals lie in any project. */
const ORIGINAL = /^media\/originals\/[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{1,5}$/;

export interface PackageEntry {
  /** Its name in the package, with forward slashes. */
  readonly name: string;
  readonly file: string;
}

/** Writes a package file. The same entries are the same bytes. */
export async function writePackage(to: string, info: PackageInfo, entries: readonly PackageEntry[], signal: AbortSignal, each: () => void): Promise<number> {
  const out = await open(to, 'wx');
  try {
    const put = async (name: string, sizeBytes: number, chunks: AsyncIterable<Buffer> | Iterable<Buffer>) => {
      await out.write(tarHeader(name, sizeBytes));
      let written = 0;
      for await (const chunk of chunks) {
        signal.throwIfAborted();
        await out.write(chunk);
        written += chunk.length;
      }
      if (written !== sizeBytes) throw new AppError('conflict', `${name} changed while it was read`, { key: 'package-file-changed', name });
      const rest = sizeBytes % BLOCK;
      if (rest > 0) await out.write(Buffer.alloc(BLOCK - rest));
    };
    const text = Buffer.from(JSON.stringify(info, null, 1));
    await put(INFO, text.length, [text]);
    for (const { name, file } of entries) {
      const { size } = await stat(file);
      await put(name, size, createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>);
      each();
    }
    await out.write(Buffer.alloc(2 * BLOCK));
    await out.sync();
    return (await out.stat()).size;
  } finally {
    await out.close();
  }
}

/** Whether a file begins like a package. */
export async function isPackage(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BLOCK), 0, BLOCK, 0);
    return bytesRead === BLOCK && buffer.toString('latin1', 257, 262) === 'ustar' && buffer.toString('latin1', 0, INFO.length + 1) === `${INFO}\0`;
  } finally {
    await handle.close();
  }
}

const notAPackage = (why: string) => new AppError('invalid', why, { key: 'not-a-package' });

/** What a package says of itself. Throws AppError `not-a-package`. */
export async function readPackageInfo(file: string): Promise<PackageInfo> {
  if (!(await isPackage(file))) throw notAPackage('no package header');
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(BLOCK), 0, BLOCK, 0);
    const size = Number.parseInt(buffer.toString('latin1', 124, 135), 8);
    if (!(size > 0 && size <= MAX_INFO_BYTES)) throw notAPackage('no description');
    const { buffer: text, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, BLOCK);
    if (bytesRead !== size) throw notAPackage('cut short');
    return parseInfo(text.toString('utf8'));
  } finally {
    await handle.close();
  }
}
function parseInfo(text: string): PackageInfo {
  try {
    return packageSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw notAPackage((thrown as Error).message);
  }
}

/** Unpacks into a folder; only the names that a package has are written, never elsewhere. `withOriginals` false leaves images away. */
export async function unpackPackage(file: string, folder: string, withOriginals: boolean, signal: AbortSignal, progress: (share: number) => void = () => {}) {
  const info = await readPackageInfo(file);
  const { size } = await stat(file);
  const reader = extract();
  const input = createReadStream(file, { highWaterMark: 1 << 20 });
  input.on('error', (error) => reader.destroy(error));
  input.on('data', () => progress(input.bytesRead / size));
  input.pipe(reader);
  const names = new Set<string>();
  try {
    for await (const entry of reader) {
      signal.throwIfAborted();
      const { name, type } = entry.header;
      const isWanted = name === DATABASE_FILE || (withOriginals && ORIGINAL.test(name));
      if (type !== 'file' || (name !== INFO && name !== DATABASE_FILE && !ORIGINAL.test(name)) || names.has(name)) throw notAPackage(`an entry ${name}`);
      names.add(name);
      if (!isWanted) {
        entry.resume();
        continue;
      }
      const to = path.join(folder, ...name.split('/'));
      await mkdir(path.dirname(to), { recursive: true });
      await pipeline(entry, createWriteStream(to, { flags: 'wx', flush: true }), { signal });
    }
  } catch (thrown) {
    if (thrown instanceof AppError || signal.aborted) throw thrown;
    const code = (thrown as { code?: string }).code ?? '';
    if (code === 'ENOSPC') throw new AppError('unavailable', 'no room', { key: 'disk-full' });
    throw notAPackage((thrown as Error).message);
  } finally {
    input.destroy();
  }
  if (!names.has(DATABASE_FILE)) throw notAPackage('no database');
  return info;
}
