/** Has one image read: decoded by the media worker, read in the reader's process, kept in the database. */
import type { ImageReading } from '../../../shared/domain/reading.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { untilUnattended } from '../attention.ts';
import { imageFileById } from '../db/files.ts';
import { putReading, readingOf } from '../db/readings.ts';
import { checkOriginal } from '../media/original.ts';
import { Refused } from '../media/refused.ts';
import { ProcessDied } from '../model-process.ts';
import type { Project } from '../project.ts';
import { READER, readerFiles } from './reader-files.ts';

/** Lines are cut out of this; small type on a large photo is still there, and a page takes 12 MB on its way. */
const MAX_SIDE_PX = 2048;
/** What is being read just now, so that the screen and the job do not read one image twice. */
const reading = new WeakMap<Project, Map<string, Promise<ImageReading>>>();

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Somebody waits for it at the screen. */
  readonly urgent?: boolean;
}

/** What stands in the image: as it was read, or read now. */
export async function readImageText(project: Project, imageId: string, options: ReadOptions = {}): Promise<ImageReading> {
  const image = imageFileById(project.db, imageId);
  if (image === null) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
  const known = readingOf(project.db, image.num, READER);
  if (known) return { status: 'read', ...known };
  let own = reading.get(project);
  if (!own) reading.set(project, (own = new Map()));
  const shared = own.get(imageId);
  try {
    if (shared) return await shared;
  } catch (thrown) {
    // The job that read it was cancelled, and this call was not.
    if (!(thrown instanceof AppError && thrown.code === 'cancelled') || options.signal?.aborted || !project.db.open) throw thrown;
  }
  const made = readNow(project, imageId, options).finally(() => own.delete(imageId));
  own.set(imageId, made);
  return await made;
}

/** The size at which an image is read: its own, or no side longer than `MAX_SIDE_PX`. */
function sizeToRead({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): { width: number; height: number } {
  const scale = Math.min(1, MAX_SIDE_PX / Math.max(widthPx, heightPx));
  return { width: Math.max(1, Math.round(widthPx * scale)), height: Math.max(1, Math.round(heightPx * scale)) };
}

async function readNow(project: Project, imageId: string, { signal, urgent = false }: ReadOptions): Promise<ImageReading> {
  const files = readerFiles();
  if (files === null) return { status: 'unavailable', key: 'reader-absent' };
  // The image itself first.
  if (urgent) await untilUnattended(project.db, signal);
  if (!project.db.open) throw new AppError('cancelled', 'the project is closed');
  const image = imageFileById(project.db, imageId)!;
  const path = await checkOriginal(project, image, signal);
  if (path === null) return { status: 'no-image' };
  let lines: Extract<ImageReading, { status: 'read' }>['lines'];
  try {
    const pixels = await project.media.run('pixels', { path, region: null, ...sizeToRead(image), kernel: 'linear' }, signal);
    ({ lines } = await project.reader.run('read', { files, pixels }, { urgent, ...(signal ? { signal } : {}) }));
  } catch (thrown) {
    if (thrown instanceof Refused) return { status: 'no-image' };
    if (!(thrown instanceof ProcessDied)) throw thrown;
    // It will die of this picture again: the picture counts as read, without text.
    project.host.log(`no text of ${imageId}: ${thrown.message}`);
    lines = [];
  }
  if (!project.db.open) throw new AppError('cancelled', 'the project is closed');
  const read = { model: READER, readAt: Date.now(), lines };
  putReading(project.db, image.num, read);
  return { status: 'read', ...read };
}
