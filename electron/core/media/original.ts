/** Where an image's own file is, and whether it still holds the image's bytes. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type ImageFile, setFileTime, setMissing } from '../db/files.ts';
import type { Project } from '../project.ts';
import { Refused } from './refused.ts';

const originalPath = (project: Project, image: ImageFile): string => (image.copied === 1 ? path.join(project.media.mediaFolder, image.path) : image.path);

/** The file's path, or null where it is gone or holds other bytes; the image is marked either way. A file that was only touched is read once. */
export async function checkOriginal(project: Project, image: ImageFile, signal?: AbortSignal): Promise<string | null> {
  const file = originalPath(project, image);
  const fits = await holdsImage(project, image, file, signal);
  if (setMissing(project.db, image.num, !fits)) project.notify({ topic: 'images', imageIds: [image.id], by: null });
  return fits ? file : null;
}

async function holdsImage(project: Project, image: ImageFile, file: string, signal?: AbortSignal): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile() || found.size !== image.sizeBytes) return false;
  // Nobody but this program writes below the media folder.
  if (image.copied === 1 || found.mtimeMs === image.mtimeMs) return true;
  try {
    const { sha256, mtimeMs } = await project.media.run('hash', { path: file }, signal);
    if (sha256 !== image.sha256) return false;
    setFileTime(project.db, file, mtimeMs);
    return true;
  } catch (thrown) {
    if (thrown instanceof Refused) return false;
    throw thrown;
  }
}
