// A temporary folder in memory for the tests, where there is plenty: they make thousands of small files and put each on the disk, which takes a hundred times as long there.
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import path from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 6e9;

/** Makes the folder, removed when this process ends; undefined where there is none, too little memory, or a folder was chosen with TMPDIR. */
export function fastTemp() {
  if (process.env.TMPDIR !== undefined) return undefined;
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ENOUGH_BYTES || freemem() < ENOUGH_BYTES) return undefined;
    const folder = mkdtempSync(path.join(MEMORY, 'pointillist-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch {
    return undefined;
  }
}
