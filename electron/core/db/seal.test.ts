import SqliteDatabase from 'better-sqlite3';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { addCaption, setText } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { createEdits } from '../edits.ts';
import { addImageRow, type TempProject, tempProject } from '../testing/temp-project.ts';
import { checkSealEnds, checkSeals, sealHeads, sealOldLog } from './seal.ts';

let project: TempProject;
afterEach(() => project.remove());

/** Two images with four edits each. */
function written(): { images: string[] } {
  project = tempProject();
  const edits = createEdits({ ...project, notify: () => {} });
  const images = [addImageRow(project.db, 'a.jpg'), addImageRow(project.db, 'b.jpg')];
  for (const imageId of images) {
    const id = newId();
    for (const text of ['one', 'two', 'three', 'four']) {
      const { doc, rev } = edits.load(imageId);
      const ops = text === 'one' ? addCaption(project.me.userId, text, id) : setText(doc, 'caption', id, text);
      edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: ops as never }, 'test');
    }
  }
  return { images };
}
const problems = () => [...checkSeals(project.db, 0, 1000).problems, ...checkSealEnds(project.db)];
/** Changes the file behind the app's back, as somebody with another program would. */
function tamper(text: string): void {
  const raw = new SqliteDatabase(path.join(project.folder, 'project.sqlite'));
  raw.pragma('foreign_keys = OFF');
  for (const name of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[]) raw.exec(`DROP TRIGGER ${name}`);
  raw.exec(text);
  raw.close();
}

test('a log that nobody touched has no problem, and its last seals are those of its devices', () => {
  written();
  expect(problems()).toEqual([]);
  expect(Object.keys(sealHeads(project.db))).toEqual([project.me.deviceId]);
});

test.each<[string, string, RegExp]>([
  ['text of an edit', `UPDATE event SET ops = replace(ops, '"t', '"T') WHERE seq = 3`, /^a\.jpg: event 3 .* was altered/],
  ['who made it', `INSERT INTO person (id, name) VALUES ('x', 'X'); UPDATE event SET user_id = 'x' WHERE seq = 6`, /^b\.jpg: event 6 .* was altered/],
  ['when', 'UPDATE event SET at = at - 1 WHERE seq = 1', /^a\.jpg: event 1 .* was altered/],
  ['one taken out of the middle', 'DELETE FROM event WHERE seq = 4', /^event 4 was taken out/],
  ['one taken out with its seal', 'DELETE FROM event WHERE seq = 4; DELETE FROM seal WHERE event_seq = 4', /^b\.jpg: event 5: what came before it/],
  [
    'two that changed places',
    `UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 99;
     UPDATE seal SET event_seq = 99 WHERE event_seq = 2; UPDATE seal SET event_seq = 2 WHERE event_seq = 3; UPDATE seal SET event_seq = 3 WHERE event_seq = 99`,
    /^a\.jpg: event 2 was put before event 3/,
  ],
  [
    'one that was added',
    `INSERT INTO event (id, image_num, rev, user_id, device_id, at, group_id, action, ops) SELECT 'x', image_num, 9, user_id, device_id, at, group_id, action, ops FROM event WHERE seq = 8`,
    /^b\.jpg: event 9 has no seal/,
  ],
])('is noticed and named: %s', (_name, change, sentence) => {
  written();
  tamper(change);
  expect(problems()[0]).toMatch(sentence);
});

test('an end that was cut off is noticed by what a release remembers', () => {
  written();
  const heads = JSON.stringify(sealHeads(project.db));
  project.db
    .prepare(
      `INSERT INTO release (id, name, note, seq, last_image_num, images, content_hash, groups, datasheet, created_by, created_at, heads) VALUES (?, 'v1', '', 8, 2, 2, '', '[]', '{}', ?, 0, ?)`,
    )
    .run(newId(), project.me.userId, heads);
  expect(problems()).toEqual([]);
  tamper('DELETE FROM event WHERE seq >= 7; DELETE FROM seal WHERE event_seq >= 7');
  expect(problems()).toEqual(['release v1: the log ends before events that are part of it']);
});

test('a log of before there were seals is sealed once, and what is added without one later is found', () => {
  written();
  tamper("DELETE FROM seal; DELETE FROM meta WHERE key = 'sealed_at'");
  expect(problems()).not.toEqual([]);
  sealOldLog(project.db);
  expect(problems()).toEqual([]);
  tamper('DELETE FROM seal WHERE event_seq = 8');
  sealOldLog(project.db);
  expect(problems()).toEqual(['b.jpg: event 8 has no seal: it was not written by the app']);
});
