/** Where a project keeps what belongs to its images. All but the originals can be made again. */
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

export const thumbsFolder = (projectFolder: string): string => path.join(projectFolder, 'media', 'thumbs');
/** A thumbnail's path; the two first digits of the hash keep folders below a few hundred files. */
export const thumbPath = (thumbs: string, sha256: string): string => path.join(thumbs, sha256.slice(0, 2), `${sha256}.webp`);
/** A rendition's path without its extension, which depends on the picture. */
export const renditionBase = (projectFolder: string, sha256: string): string => path.join(projectFolder, 'media', 'renditions', sha256);
/** The folder of one level of an image's tiles; it is there when all of its tiles are. */
export const tilesFolder = (projectFolder: string, sha256: string, level: number): string => path.join(projectFolder, 'media', 'tiles', sha256, String(level));
/** A copied file's path relative to the media folder, with forward slashes, as the database keeps it. */
export const originalName = (sha256: string, extension: string): string => `originals/${sha256.slice(0, 2)}/${sha256}.${extension}`;
/** A new path for a file that lives as long as one call. */
export const scratchBase = (projectFolder: string): string => path.join(projectFolder, 'media', 'scratch', randomBytes(12).toString('hex'));

/** Lets `write` make a file beside `to` and puts it in place when it is whole, so that nobody ever sees half of one. */
export async function writeInPlace<T>(to: string, write: (temporary: string) => Promise<T>): Promise<T> {
  await mkdir(path.dirname(to), { recursive: true });
  const temporary = `${to}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const result = await write(temporary);
    await rename(temporary, to);
    return result;
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}

/** The same for a folder: `write` makes it below the name it is given and says which folder is the one. One that is there already stays. */
export async function writeFolderInPlace(to: string, write: (temporary: string) => Promise<string>): Promise<void> {
  const room = `${to}.${randomBytes(6).toString('hex')}.tmp`;
  await mkdir(room, { recursive: true });
  try {
    const made = await write(path.join(room, 'made'));
    await rename(made, to).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'ENOTEMPTY' && thrown.code !== 'EEXIST') throw thrown;
    });
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}
