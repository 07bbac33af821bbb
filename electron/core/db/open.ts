/** Opens a project's database; the only file that loads SQLite. */
import SqliteDatabase from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';
import { migrate } from './migrate.ts';
import { sealOldLog } from './seal.ts';

export type Db = SqliteDatabase.Database;
export const DATABASE_FILE = 'project.sqlite';

/** About 1 MB, copied in a few milliseconds. */
const PAGES_AT_ONCE = 256;

export interface OpenedDatabase {
  readonly db: Db;
  /** Path of the copy that was kept before the format was changed, or null. */
  readonly backup: string | null;
}

/** Opens or makes the database in a project folder and brings it to this version's format. Throws AppError `newer-file`, `not-a-project`, `damaged`. */
export function openDatabase(folder: string, create: boolean): OpenedDatabase {
  const file = path.join(folder, DATABASE_FILE);
  if (!create && !existsSync(file)) throw new AppError('not-found', 'no project in this folder', { key: 'not-a-project', folder });
  mkdirSync(folder, { recursive: true });
  const db = new SqliteDatabase(file);
  try {
    db.pragma('journal_mode = WAL');
    // FULL: people's work survives a power cut, at about 0.2 ms a commit.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 2000');
    db.pragma('cache_size = -32000');
    db.pragma('temp_store = MEMORY');
    db.pragma('mmap_size = 268435456');
    db.pragma('trusted_schema = OFF');
    const backup = migrate(db, folder);
    sealOldLog(db);
    return { db, backup };
  } catch (thrown) {
    db.close();
    if (thrown instanceof AppError) throw thrown;
    const code = (thrown as { code?: string }).code ?? '';
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
      throw new AppError('invalid', 'the project file is damaged', { key: 'damaged', folder });
    }
    if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
      throw new AppError('forbidden', 'the project folder cannot be written', { key: 'not-writable', folder });
    }
    throw thrown;
  }
}

/** Copies a database that may be in use, a stretch at a time, so that others are served. Throws AppError `damaged`, or what the signal says. */
export async function copyDatabase(from: string | Db, to: string, signal: AbortSignal, progress: (share: number) => void = () => {}): Promise<void> {
  let db: Db | null = null;
  try {
    db = typeof from === 'string' ? new SqliteDatabase(from, { readonly: true, fileMustExist: true }) : from;
    await db.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        signal.throwIfAborted();
        progress(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
        return PAGES_AT_ONCE;
      },
    });
  } catch (thrown) {
    if (thrown instanceof SqliteDatabase.SqliteError) throw new AppError('invalid', thrown.message, { key: 'merge-damaged' });
    throw thrown;
  } finally {
    if (typeof from === 'string') db?.close();
  }
}

/** Opens the copy of a database that came from elsewhere and brings it to this version's format. Nothing in it is trusted. */
export function openForeign(folder: string): Db {
  try {
    return openDatabase(folder, false).db;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.details['key'] === 'newer-file')
      throw new AppError('conflict', thrown.message, { ...thrown.details, key: 'merge-newer' });
    if (thrown instanceof AppError && thrown.details['key'] === 'not-a-project') throw new AppError('invalid', thrown.message, { key: 'merge-not-a-project' });
    throw new AppError('invalid', (thrown as Error).message, { key: 'merge-damaged' });
  }
}

/** The project as it is now, read-only, whatever is committed until it is closed: a long export is of one state. */
export function openSnapshot(folder: string): Db {
  const db = new SqliteDatabase(path.join(folder, DATABASE_FILE), { readonly: true });
  db.pragma('trusted_schema = OFF');
  db.pragma('cache_size = -32000');
  db.pragma('mmap_size = 268435456');
  db.exec('BEGIN');
  // The first read fixes what the transaction sees.
  db.prepare('SELECT count(*) FROM meta').get();
  return db;
}

/** The project as it is at each read, read-only, for a process beside the core. */
export function openReader(folder: string): Db {
  const db = new SqliteDatabase(path.join(folder, DATABASE_FILE), { readonly: true });
  db.pragma('trusted_schema = OFF');
  db.pragma('busy_timeout = 2000');
  return db;
}

/** A lock that the operating system lets go of when its process dies, however it dies; null when another process has it. */
export function lockFile(file: string): { release(): void } | null {
  const db = new SqliteDatabase(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    db.close();
    if ((thrown as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null;
    throw thrown;
  }
  return {
    release: () => {
      db.exec('COMMIT');
      db.close();
    },
  };
}

/** The version of the SQLite that is built in. */
export function sqliteVersion(): string {
  const db = new SqliteDatabase(':memory:');
  try {
    return db.prepare('SELECT sqlite_version()').pluck().get() as string;
  } finally {
    db.close();
  }
}
