/** The hidden folders in which exports are written: which are in use, which can be gone on with, which are only in the way. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';
import { JOURNAL, type LeftoverKey, leftoverKey } from './leftover.ts';

const PARTIAL = '.partial-';
/** Folders being written by this process. */
const writing = new Set<string>();
/** After this nobody goes on with a stopped export; downloads are kept as long. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

/** Where the export of a job is written until it is whole. */
export const partialFolder = (target: string, jobId: string): string => path.join(target, `${PARTIAL}${jobId}`);

/** Runs with the folder known to be in use. */
export async function withPartial<T>(partial: string, run: () => Promise<T>): Promise<T> {
  writing.add(partial);
  try {
    return await run();
  } finally {
    writing.delete(partial);
  }
}

/** Makes the target folder, takes over what an earlier export of the same left there, takes away what is of no use, and asks whether the export can fit. */
export async function preparePartial(target: string, partial: string, key: LeftoverKey, imageBytes: number): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of await readdir(target)) {
    const left = path.join(target, name);
    if (!name.startsWith(PARTIAL) || writing.has(left)) continue;
    const found = await leftoverKey(left);
    if (found !== null && found.same === key.same && found.project === key.project && found.seq === key.seq && !existsSync(partial))
      await rename(left, partial);
    else if (found === null || (found.project === key.project && (await isOld(left)))) await rm(left, { recursive: true, force: true });
  }
  const { bavail, bsize } = await statfs(target);
  const freeBytes = bavail * bsize;
  const neededBytes = imageBytes - (await folderBytes(partial));
  if (neededBytes > freeBytes) {
    throw new AppError('unavailable', 'not enough room on the disk', { key: 'disk-full', folder: target, ...inMegabytes(neededBytes, freeBytes) });
  }
}
const inMegabytes = (needed: number, free: number) => ({ neededMb: Math.ceil(needed / 1e6), freeMb: Math.floor(free / 1e6) });
const isOld = async (folder: string) => (await stat(path.join(folder, JOURNAL))).mtimeMs < Date.now() - KEPT_MS;

async function folderBytes(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

/** Takes away what a stopped export kept. Returns the bytes that this gives back; nothing is done where it is being written. */
export async function discardPartial(target: string, jobId: string): Promise<number> {
  const partial = partialFolder(target, jobId);
  if (writing.has(partial)) throw new AppError('conflict', 'the job is running', { key: 'job-running' });
  const bytes = await folderBytes(partial);
  await rm(partial, { recursive: true, force: true });
  return bytes;
}
