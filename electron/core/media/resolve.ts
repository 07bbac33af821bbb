/** Which file answers a media URL. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ImageFormat } from '../../../shared/domain/image.ts';
import { hasTile, type Tile } from '../../../shared/domain/tiles.ts';
import type { MediaFile, MediaKind } from '../../media/handler.ts';
import { type ImageFile, imageFileById } from '../db/files.ts';
import type { Project } from '../project.ts';
import { renditionBase, thumbPath, tilesFolder } from './media-folder.ts';
import { checkOriginal } from './original.ts';
import { thumbsOf } from './pool.ts';
import { Refused } from './refused.ts';
import { sampleFile } from './samples.ts';

const MIME: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  tiff: 'image/tiff',
  gif: 'image/gif',
  heic: 'image/heic',
};
/** What is being made just now, so that two windows do not make it twice. */
const making = new WeakMap<Project, Map<string, Promise<MediaFile | null>>>();

/** The file to send, or null where the image is unknown or its file is missing. Makes thumbnails and renditions that are not there. */
export async function resolveMedia(project: Project, kind: MediaKind, imageId: string, tile?: Tile): Promise<MediaFile | null> {
  const image = imageFileById(project.db, imageId);
  if (image === null) return kind === 'thumb' ? await sampleThumb(project, imageId) : null;
  if (kind === 'tile') return tile && hasTile(image, tile) ? await resolveTile(project, image, tile) : null;
  if (kind === 'image' && image.needsRendition === 0) {
    const file = await checkOriginal(project, image);
    return file === null ? null : { path: file, mime: MIME[image.format] };
  }
  const there = kind === 'thumb' ? await existingThumb(project, image) : await existingRendition(project, image);
  return there ?? (await makeOnce(project, `${kind}:${image.sha256}`, () => make(project, kind, image)));
}

/** Of a picture that is looked at before it is imported. */
async function sampleThumb(project: Project, id: string): Promise<MediaFile | null> {
  const file = sampleFile(project, id);
  return file !== null && (await isFile(file)) ? { path: file, mime: 'image/webp' } : null;
}

async function existingThumb(project: Project, image: ImageFile): Promise<MediaFile | null> {
  const file = thumbPath(thumbsOf(project.media), image.sha256);
  return (await isFile(file)) ? { path: file, mime: 'image/webp' } : null;
}

async function existingRendition(project: Project, image: ImageFile): Promise<MediaFile | null> {
  const base = renditionBase(project.folder, image.sha256);
  if (await isFile(`${base}.jpg`)) return { path: `${base}.jpg`, mime: 'image/jpeg' };
  return (await isFile(`${base}.webp`)) ? { path: `${base}.webp`, mime: 'image/webp' } : null;
}

/** Tiles are made a level at a time: a JPEG is decoded from its top to the part that is wanted in any case. */
async function resolveTile(project: Project, image: ImageFile, { level, x, y }: Tile): Promise<MediaFile | null> {
  const folder = tilesFolder(project.folder, image.sha256, level);
  return (
    (await existingTile(folder, x, y)) ??
    ((await makeOnce(project, `tiles:${image.sha256}:${level}`, () => makeTiles(project, image, level))) ? await existingTile(folder, x, y) : null)
  );
}

async function existingTile(folder: string, x: number, y: number): Promise<MediaFile | null> {
  const base = path.join(folder, `${x}_${y}`);
  if (await isFile(`${base}.jpeg`)) return { path: `${base}.jpeg`, mime: 'image/jpeg' };
  return (await isFile(`${base}.webp`)) ? { path: `${base}.webp`, mime: 'image/webp' } : null;
}

async function makeTiles(project: Project, image: ImageFile, level: number): Promise<MediaFile | null> {
  const file = await checkOriginal(project, image);
  if (file === null) return null;
  const to = tilesFolder(project.folder, image.sha256, level);
  try {
    const { mime } = await project.media.run('tiles', { path: file, to, level });
    return { path: to, mime };
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    project.host.log(`no tiles of ${image.id}: ${thrown.message}`);
    return null;
  }
}

async function make(project: Project, kind: Exclude<MediaKind, 'tile'>, image: ImageFile): Promise<MediaFile | null> {
  const file = await checkOriginal(project, image);
  if (file === null) return null;
  try {
    if (kind === 'image') {
      const { path, mime } = await project.media.run('rendition', { path: file, to: renditionBase(project.folder, image.sha256) });
      return { path, mime };
    }
    const to = thumbPath(thumbsOf(project.media), image.sha256);
    await project.media.run('thumb', { path: file, to });
    return { path: to, mime: 'image/webp' };
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    project.host.log(`no ${kind} of ${image.id}: ${thrown.message}`);
    return null;
  }
}

function makeOnce(project: Project, key: string, work: () => Promise<MediaFile | null>): Promise<MediaFile | null> {
  let own = making.get(project);
  if (!own) making.set(project, (own = new Map()));
  let made = own.get(key);
  if (!made) own.set(key, (made = work().finally(() => own.delete(key))));
  return made;
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => null))?.isFile() ?? false;
