/** An image's bytes as exports carry them: upright, in a format that every trainer reads. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';
import { type ImageFile, imageFileById } from '../db/files.ts';
import type { Project } from '../project.ts';
import { scratchBase } from './media-folder.ts';
import { checkOriginal } from './original.ts';

export interface UprightBytes {
  readonly bytes: Uint8Array;
  readonly mime: 'image/jpeg' | 'image/png' | 'image/webp';
  /** Of these bytes; the image's own where they are the file's. */
  readonly sha256: string;
}

/**
 * JPEG, PNG and WebP files that are upright, RGB or grey, and of 8 bits: byte for byte; everything else as JPEG (quality 95, 4:4:4) or, where it
 * has transparency, as PNG. Null where the file is missing. Throws `Refused` where it can't be decoded.
 */
export async function uprightBytes(project: Project, imageId: string, signal?: AbortSignal): Promise<UprightBytes | null> {
  const image = imageFileById(project.db, imageId);
  if (image === null) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
  const file = await checkOriginal(project, image, signal);
  if (file === null) return null;
  const mayBeOwn = image.needsRendition === 0 && image.orientation === 1 && (image.format === 'jpeg' || image.format === 'png' || image.format === 'webp');
  if (mayBeOwn) {
    const bytes = await readFile(file);
    // A PNG's bit depth; trainers' readers clip what is deeper than 8.
    if (image.format !== 'png' || bytes[24]! <= 8) return await own(image, bytes);
  }
  const to = scratchBase(project.folder);
  await mkdir(path.dirname(to), { recursive: true });
  const made = await project.media.run('upright', { path: file, to }, signal);
  if (made === null) return await own(image, await readFile(file));
  const bytes = await readFile(made.path);
  await rm(made.path, { force: true });
  return { bytes, mime: made.mime as UprightBytes['mime'], sha256: made.sha256 };
}

/** The file's own bytes, if they are still the image's. */
async function own(image: ImageFile, bytes: Uint8Array): Promise<UprightBytes | null> {
  if ((await sha256Of(bytes)) !== image.sha256) return null;
  return { bytes, mime: `image/${image.format}` as UprightBytes['mime'], sha256: image.sha256 };
}

/** In pieces: 100 MB at once would block the core for 60 ms. */
async function sha256Of(bytes: Uint8Array): Promise<string> {
  const piece = 16 * 1024 * 1024;
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += piece) {
    hash.update(bytes.subarray(at, at + piece));
    if (at + piece < bytes.length) await new Promise((resolve) => setImmediate(resolve));
  }
  return hash.digest('hex');
}
