/** Brings a database to this version's format: numbered files, each in a transaction, with a copy of the whole database kept first. */
import type { Database } from 'better-sqlite3';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';

/** File names in `migrations/`, in order; the format's version is how many were run. Add at the end, never change one that was released. */
export const migrations: readonly string[] = [
  '001-foundation.sql',
  '002-authoring.sql',
  '003-encoder.sql',
  '004-read-text.sql',
  '005-release.sql',
  '006-near-step.sql',
  '007-import-extra.sql',
  '008-review.sql',
  '009-parents.sql',
  '010-figures.sql',
  '011-seal.sql',
  '012-agreement.sql',
  '013-lint.sql',
  '014-compare.sql',
  '015-caption-cosine.sql',
];
/** Marks the file as ours ("PNTL"). */
const APPLICATION_ID = 0x504e544c;

/** Returns the path of the backup that was made, or null where there was nothing to change or nothing to lose. */
export function migrate(db: Database, folder: string, files: readonly string[] = migrations): string | null {
  const version = db.pragma('user_version', { simple: true }) as number;
  const isEmpty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  const applicationId = db.pragma('application_id', { simple: true }) as number;
  if (!isEmpty && applicationId !== APPLICATION_ID) throw new AppError('invalid', 'a database of another program', { key: 'not-a-project', folder });
  if (version > files.length) {
    throw new AppError('conflict', `project format ${version} is newer than ${files.length}`, { key: 'newer-file', found: version, known: files.length });
  }
  if (version === files.length) return null;
  const backup = isEmpty ? null : backUp(db, folder, version);
  for (let next = version; next < files.length; next++) {
    const sql = readFileSync(new URL(`./migrations/${files[next]}`, import.meta.url), 'utf8');
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${next + 1}`);
    })();
  }
  return backup;
}

function backUp(db: Database, folder: string, version: number): string {
  const directory = path.join(folder, 'backups');
  mkdirSync(directory, { recursive: true });
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const file = path.join(directory, `project-format-${version}-${stamp}.sqlite`);
  // VACUUM INTO writes a complete copy with everything that is still in the write-ahead log.
  db.prepare('VACUUM INTO ?').run(file);
  return file;
}
