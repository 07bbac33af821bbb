import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/ids.ts';
import { createEdits } from '../edits.ts';
import { tempFolder } from '../testing/temp-project.ts';
import { verifyImage } from '../verify.ts';
import { migrate, migrations } from './migrate.ts';
import { DATABASE_FILE, openDatabase } from './open.ts';

let folder: string;
beforeEach(() => (folder = tempFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A project as version 0.1.0 left it: format 1, one image with a question, a label and an edit in the log. */
function formatOne(): { imageId: string; userId: string } {
  const db = new SqliteDatabase(path.join(folder, DATABASE_FILE));
  migrate(db, folder, migrations.slice(0, 1));
  const [imageId, userId, thread, turn, set] = Array.from({ length: 5 }, () => newId()) as [string, string, string, string, string];
  const ops = [
    { op: 'set', kind: 'status', id: imageId, before: { state: 'todo' }, after: { state: 'draft' } },
    { op: 'add', kind: 'thread', row: { id: thread, authorId: userId, createdAt: 5 } },
    { op: 'add', kind: 'turn', row: { id: turn, threadId: thread, role: 'question', text: 'How many dogs?', createdAt: 5 } },
    { op: 'add', kind: 'pointSet', row: { id: set, authorId: userId, label: 'dog', presence: 'absent', method: 'pointing', createdAt: 5 } },
  ];
  db.prepare("INSERT INTO person VALUES (?, 'Ada')").run(userId);
  db.prepare(
    `INSERT INTO image (id, sha256, name, path, copied, format, width_px, height_px, orientation, size_bytes, phash, added_at, rev, state, question_count, set_count, edited_at)
     VALUES (?, 'ab', 'a.jpg', '/nowhere', 0, 'jpeg', 10, 10, 1, 1, '0', 1, 1, 'draft', 1, 1, 5)`,
  ).run(imageId);
  db.prepare("INSERT INTO event (id, image_num, rev, user_id, device_id, at, group_id, action, ops) VALUES (?, 1, 1, ?, ?, 5, ?, 'edit', ?)").run(
    newId(),
    userId,
    userId,
    newId(),
    JSON.stringify(ops),
  );
  db.prepare('INSERT INTO thread VALUES (1, ?, ?, 5)').run(thread, userId);
  db.prepare("INSERT INTO turn VALUES (1, ?, ?, 'question', 'How many dogs?', 5)").run(turn, thread);
  db.prepare("INSERT INTO point_set VALUES (1, ?, ?, 'dog', 'absent', 'pointing', 5)").run(set, userId);
  db.close();
  return { imageId, userId };
}

test('a project of format 1 opens with all its work, and a copy of it as it was is kept', async () => {
  const { imageId, userId } = formatOne();
  const { db, backup } = openDatabase(folder, false);
  expect(existsSync(backup!)).toBe(true);
  const before = new SqliteDatabase(backup!, { readonly: true });
  expect(before.pragma('user_version', { simple: true })).toBe(1);
  expect(before.prepare('SELECT count(*) FROM event').pluck().get()).toBe(1);
  before.close();
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(verifyImage(db, 1)).toEqual([]);
  // What was done before the change of format can still be taken back.
  const edits = createEdits({ db, me: { userId, deviceId: userId }, notify: () => {} });
  expect(edits.load(imageId)).toMatchObject({ rev: 1, canUndo: true, doc: { turn: [{ text: 'How many dogs?' }] } });
  expect((await edits.undo(imageId, 'w')).status).toBe('done');
  expect(edits.load(imageId).doc).toMatchObject({ turn: [], pointSet: [], status: [{ state: 'todo' }] });
  expect(verifyImage(db, 1)).toEqual([]);
  db.close();
  expect(openDatabase(folder, false).backup).toBeNull();
});
