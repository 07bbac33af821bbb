import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../../shared/rpc/errors.ts';
import { tempFolder } from '../testing/temp-project.ts';
import { migrate, migrations } from './migrate.ts';
import { DATABASE_FILE, lockFile, openDatabase, sqliteVersion } from './open.ts';

let folder: string;
beforeEach(() => (folder = tempFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const errorOf = (use: () => unknown): AppError => {
  try {
    use();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

test('the SQLite that is built in has the fix for the WAL-reset bug (3.51.3)', () => {
  const [major, minor, patch] = sqliteVersion().split('.').map(Number) as [number, number, number];
  expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003);
});

test('a new project is durable: write-ahead log, synchronous FULL, foreign keys on', () => {
  const { db, backup } = openDatabase(folder, true);
  expect(backup).toBeNull();
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  db.close();
});

test('a project of a newer version is refused with a sentence, and is not touched', () => {
  const { db } = openDatabase(folder, true);
  db.pragma(`user_version = ${migrations.length + 3}`);
  db.close();
  expect(errorOf(() => openDatabase(folder, false))).toMatchObject({ code: 'conflict', details: { key: 'newer-file', found: migrations.length + 3 } });
});

test('a folder without a project, a database of another program and a damaged file each have their own sentence', () => {
  expect(errorOf(() => openDatabase(folder, false)).details.key).toBe('not-a-project');
  const file = path.join(folder, DATABASE_FILE);
  writeFileSync(file, 'this is not a database, it is a sentence that is long enough to look like a header of one............');
  expect(errorOf(() => openDatabase(folder, false)).details.key).toBe('damaged');
  rmSync(file);
  const { db } = openDatabase(folder, true);
  db.pragma('application_id = 7');
  db.close();
  expect(errorOf(() => openDatabase(folder, false)).details.key).toBe('not-a-project');
});

test('before a migration the whole database is kept beside, and a failing one changes nothing', () => {
  const { db } = openDatabase(folder, true);
  db.prepare("INSERT INTO meta (key, value) VALUES ('name', 'kept')").run();
  // The same schema again: fails, because its tables are there.
  expect(() => migrate(db, folder, [...migrations, migrations[0]!])).toThrow('already exists');
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  db.close();
  const [backup] = readdirSync(path.join(folder, 'backups'));
  const restored = path.join(folder, 'restored');
  openDatabase(restored, true).db.close();
  for (const extra of ['-wal', '-shm']) rmSync(path.join(restored, DATABASE_FILE + extra), { force: true });
  copyFileSync(path.join(folder, 'backups', backup!), path.join(restored, DATABASE_FILE));
  const again = openDatabase(restored, false);
  expect(again.db.prepare("SELECT value FROM meta WHERE key = 'name'").pluck().get()).toBe('kept');
  again.db.close();
});

test('the lock keeps another process out, and goes with its process even when that is killed', () => {
  const file = path.join(folder, '.lock');
  const lock = lockFile(file);
  expect(lock).not.toBeNull();
  const program = `
    const { lockFile } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)});
    const lock = lockFile(${JSON.stringify(file)});
    console.log(lock ? 'got it' : 'held');
    if (lock) process.kill(process.pid, 'SIGKILL');
  `;
  const other = () => {
    try {
      return execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch (thrown) {
      return (thrown as { stdout: string }).stdout.trim();
    }
  };
  expect(other()).toBe('held');
  lock!.release();
  expect(other()).toBe('got it');
  expect(existsSync(file)).toBe(true);
  const after = lockFile(file);
  expect(after).not.toBeNull();
  after!.release();
});
