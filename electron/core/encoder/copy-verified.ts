/** Files that come from outside: copied piece by piece while they are hashed, and kept only if they are what was promised. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';

export interface Promised {
  readonly bytes: number;
  readonly sha256: string;
}
const PIECE_BYTES = 1_048_576;
/** Kept free besides, so that the projects on the same disk can still be saved. */
const SPARE_BYTES = 200_000_000;

const bad = (key: string, file: string, details: Record<string, unknown> = {}) =>
  new AppError('invalid', `${file}: ${key} ${JSON.stringify(details)}`, { key, file, ...details });

/** A regular file below a folder, reached without a link. Throws AppError `encoder-missing-file` or `encoder-link`. */
export async function plainFile(folder: string, name: string): Promise<{ path: string; bytes: number }> {
  const full = path.join(folder, name);
  const info = await lstat(full).catch(() => null);
  if (!info) throw bad('encoder-missing-file', name);
  // A link in the middle of the way shows in the real path alone.
  const inside = path.join(await realpath(folder), name);
  if (!info.isFile() || (await realpath(full)) !== path.normalize(inside)) throw bad('encoder-link', name);
  return { path: full, bytes: info.size };
}

/** Throws AppError `encoder-disk-full` where this much does not fit beside what must stay free. */
export async function ensureRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes + SPARE_BYTES) return;
  throw diskFull(bytes + SPARE_BYTES, bavail * bsize);
}
function diskFull(need: number, free: number | null): AppError {
  const inMb = (value: number) => Math.ceil(value / 1e6);
  return new AppError('unavailable', 'not enough room for the encoder', {
    key: 'encoder-disk-full',
    needMb: inMb(need),
    freeMb: free === null ? 0 : inMb(free),
  });
}

/** What the system says of a full disk, as a sentence; anything else as it is. */
export function explainDisk(thrown: unknown): unknown {
  const code = (thrown as NodeJS.ErrnoException | null)?.code ?? '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return diskFull(SPARE_BYTES, null);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return new AppError('forbidden', `the encoders folder: ${code}`, { key: 'encoder-no-access' });
  return thrown;
}

/** Throws AppError `encoder-too-short`, `encoder-too-long` or `encoder-checksum` where the file is not what was promised. */
export function compare(file: string, promised: Promised, found: Promised): void {
  if (found.bytes < promised.bytes) throw bad('encoder-too-short', file, { bytes: found.bytes, promised: promised.bytes });
  if (found.bytes > promised.bytes) throw bad('encoder-too-long', file, { bytes: found.bytes, promised: promised.bytes });
  if (found.sha256 !== promised.sha256) throw bad('encoder-checksum', file);
}

/** Copies a file into a folder under its name and flushes it. `promised` null: nobody said what it is, and what it is is the answer. */
export async function copyVerified(
  from: { folder: string; name: string },
  to: { folder: string; name: string },
  promised: Promised | null,
  { signal }: { signal: AbortSignal },
): Promise<Promised> {
  const source = await plainFile(from.folder, from.name);
  // A size tells in an instant what hashing tells after a gigabyte.
  if (promised) compare(to.name, promised, { bytes: source.bytes, sha256: promised.sha256 });
  const target = path.join(to.folder, to.name);
  await mkdir(path.dirname(target), { recursive: true });
  const input = await open(source.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const output = await open(target, 'wx');
    try {
      const found = await pour(input, output, signal);
      if (promised) compare(to.name, promised, found);
      await output.sync();
      return found;
    } finally {
      await output.close();
    }
  } catch (thrown) {
    await rm(target, { force: true });
    throw explainDisk(thrown);
  } finally {
    await input.close();
  }
}

/** In pieces of a megabyte: hashing one takes under a millisecond, so that the core stays free for people. */
async function pour(input: FileHandle, output: FileHandle | null, signal: AbortSignal): Promise<Promised> {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE_BYTES);
  let bytes = 0;
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await input.read(piece, 0, PIECE_BYTES, null);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    hash.update(piece.subarray(0, bytesRead));
    await output?.writeFile(piece.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}

/** Hashes a file that is here. */
export async function hashInPlace(file: string, signal: AbortSignal): Promise<Promised> {
  const input = await open(file, 'r');
  try {
    return await pour(input, null, signal);
  } finally {
    await input.close();
  }
}
