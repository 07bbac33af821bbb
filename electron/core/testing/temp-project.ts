/** A project in a temporary folder, for tests of the core. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId } from '../../../shared/domain/ids.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { putPerson } from '../db/people.ts';
import { indexImage } from '../db/search.ts';

export interface TempProject {
  readonly folder: string;
  readonly db: Db;
  readonly me: { readonly userId: string; readonly deviceId: string };
  /** Closes the database and opens it again, as a restart does. */
  reopen(): TempProject;
  remove(): void;
}

export function tempFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'pointillist-test-'));
}

export function tempProject(folder = tempFolder(), me = { userId: newId(), deviceId: newId() }): TempProject {
  const { db } = openDatabase(folder, true);
  putPerson(db, { id: me.userId, name: 'Ada' });
  return {
    folder,
    db,
    me,
    reopen: () => {
      db.close();
      return tempProject(folder, me);
    },
    remove: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Adds an image that has a row but no file. Returns its id. */
export function addImageRow(db: Db, name = 'photo.jpg', size: { widthPx: number; heightPx: number } = { widthPx: 640, heightPx: 480 }): string {
  const id = newId();
  const sha256 = createHash('sha256').update(id).digest('hex');
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO image (id, sha256, name, path, copied, format, width_px, height_px, orientation, size_bytes, phash, added_at)
       VALUES (?, ?, ?, ?, 0, 'jpeg', ?, ?, 1, 1000, '0000000000000000', ?)`,
    )
    .run(id, sha256, name, `/nowhere/${id}.jpg`, size.widthPx, size.heightPx, Date.now());
  indexImage(db, Number(lastInsertRowid));
  return id;
}
