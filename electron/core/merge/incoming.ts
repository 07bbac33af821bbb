/** A copy of the project that is to be merged: copied aside, brought to this version's format, and checked to be of this project before anything is read of it. */
import { existsSync } from 'node:fs';
import { mkdir, open, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';
import { readMeta } from '../db/meta.ts';
import { copyDatabase, DATABASE_FILE, type Db, openForeign } from '../db/open.ts';
import type { Project } from '../project.ts';
import { isPackage, unpackPackage } from './package-file.ts';

export interface Incoming {
  readonly db: Db;
  /** The media folder beside it, where originals that were copied in may lie; null where there is none. */
  readonly media: string | null;
  close(): Promise<void>;
}

/** Opens a project folder, a database file or a package. `work`: a folder of this job's own. Throws AppErrors that say what to do. */
export async function openIncoming(project: Project, source: string, work: string, signal: AbortSignal, progress: (share: number) => void): Promise<Incoming> {
  const about = await stat(source).catch(() => null);
  if (!about) throw new AppError('not-found', `no file ${source}`, { key: 'merge-no-file', path: source });
  if (about.isDirectory() && path.resolve(source) === path.resolve(project.folder))
    throw new AppError('invalid', 'the project itself', { key: 'merge-itself' });
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const close = () => rm(work, { recursive: true, force: true });
  try {
    const media = about.isDirectory() ? await fromFolder(source, work, signal, progress) : await fromFile(source, work, signal, progress);
    const db = openForeign(work);
    try {
      checkIsOurs(project, db);
    } catch (thrown) {
      db.close();
      throw thrown;
    }
    return {
      db,
      media,
      close: async () => {
        db.close();
        await close();
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function fromFolder(folder: string, work: string, signal: AbortSignal, progress: (share: number) => void): Promise<string> {
  const file = path.join(folder, DATABASE_FILE);
  if (!existsSync(file)) throw new AppError('invalid', 'no database in it', { key: 'merge-not-a-project' });
  await needRoom(work, (await stat(file)).size);
  await copyDatabase(file, path.join(work, DATABASE_FILE), signal, progress);
  return path.join(folder, 'media');
}

async function fromFile(file: string, work: string, signal: AbortSignal, progress: (share: number) => void): Promise<string | null> {
  await needRoom(work, (await stat(file)).size);
  if (await isPackage(file)) {
    await unpackPackage(file, work, true, signal, progress);
    return path.join(work, 'media');
  }
  const handle = await open(file, 'r');
  const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0);
  await handle.close();
  if (buffer.toString('latin1') !== 'SQLite format 3\0') throw new AppError('invalid', 'neither a package nor a database', { key: 'merge-not-a-project' });
  await copyDatabase(file, path.join(work, DATABASE_FILE), signal, progress);
  const media = path.join(path.dirname(file), 'media');
  return existsSync(media) ? media : null;
}

async function needRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes) throw new AppError('unavailable', 'no room for a copy', { key: 'disk-full', needBytes: bytes });
}

function checkIsOurs(project: Project, db: Db): void {
  let id: string;
  let name: string;
  try {
    id = readMeta(db, 'id');
    name = readMeta(db, 'name').slice(0, 120);
  } catch (thrown) {
    throw new AppError('invalid', (thrown as Error).message, { key: 'merge-damaged' });
  }
  if (id !== readMeta(project.db, 'id')) throw new AppError('conflict', `it is of the project ${name}`, { key: 'merge-other-project', name });
}
