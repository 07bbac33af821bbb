import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, expect, test, vi } from 'vitest';
import { acceptProposals, addCaption, addPointSet, setText } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { settleOp } from '../../../shared/domain/conflict.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { putDraft } from '../db/drafts.ts';
import { lastSeq } from '../db/events.ts';
import { DATABASE_FILE } from '../db/open.ts';
import { migrations } from '../db/migrate.ts';
import { putProposals } from '../db/proposals.ts';
import { checkSealEnds, checkSeals } from '../db/seal.ts';
import { sql } from '../db/statement.ts';
import { contentHash } from '../releases.ts';
import { verifyImage } from '../verify.ts';
import { plantedWork } from './planted-work.ts';
import { branch, merge, newCopy, openCopy, type TestCopy } from './testing.ts';
import { insertEvent } from '../db/events.ts';
import { seal } from '../db/seal.ts';
import { projectImage } from '../db/project-image.ts';

vi.setConfig({ testTimeout: 120_000 });

const copies: TestCopy[] = [];
const kept = <T extends TestCopy>(copy: T): T => (copies.push(copy), copy);
afterEach(() => {
  for (const { db, folder } of copies.splice(0)) {
    if (db.open) db.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
function start(images = 2) {
  const { copy, imageIds } = newCopy(images);
  return { lead: kept(copy), imageIds };
}
function apply({ edits }: TestCopy, imageId: string, ops: readonly Op[]) {
  const { rev } = edits.load(imageId);
  const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: ops as never }, 'test');
  if (result.status !== 'saved') throw new Error('does not fit');
}
const hashOf = async ({ db }: TestCopy) => (await contentHash(db, lastSeq(db), 1e9)).contentHash;
const problems = ({ db }: TestCopy) => [
  ...(sql(db, 'SELECT num FROM image').pluck().all() as number[]).flatMap((num) => verifyImage(db, num)),
  ...checkSeals(db, 0, 100_000).problems,
  ...checkSealEnds(db),
];
const keyOf = async (run: Promise<unknown>) =>
  run.then(
    () => 'merged',
    (thrown: { details: { key: string } }) => thrown.details.key,
  );

test('two people’s copies come together: events, people, conflict and report; again changes nothing; the log verifies', async () => {
  const { lead, imageIds } = start();
  const [imageId, other] = imageIds as [string, string];
  const caption = newId();
  apply(lead, imageId, addCaption(lead.me.userId, 'a dog', caption));
  const aki = kept(branch(lead, 'Aki'));
  const ben = kept(branch(lead, 'Ben'));
  apply(aki, imageId, setText(aki.edits.load(imageId).doc, 'caption', caption, 'a brown dog'));
  apply(ben, imageId, setText(ben.edits.load(imageId).doc, 'caption', caption, 'a dog in the sun'));
  apply(ben, other, addCaption(ben.me.userId, 'a tree'));
  expect(await merge(lead, aki.folder)).toMatchObject({ events: 1, known: 1, images: 1, newImages: 0, conflicts: 0, people: [{ name: 'Aki', events: 1 }] });
  const report = await merge(lead, ben.folder);
  expect(report).toMatchObject({ events: 2, known: 1, images: 2, conflicts: 1, people: [{ name: 'Ben', events: 2 }] });
  expect(existsSync((report as { backup: string }).backup)).toBe(true);
  const { doc } = lead.edits.load(imageId);
  expect(doc.conflicts).toMatchObject([{ kind: 'caption', id: caption, field: 'text' }]);
  expect(problems(lead)).toEqual([]);
  const before = await hashOf(lead);
  expect(await merge(lead, ben.folder)).toMatchObject({ events: 0, images: 0, backup: null });
  expect(await hashOf(lead)).toBe(before);
  expect(readdirSync(path.join(lead.folder, 'incoming'))).toEqual([]);
  // Settled by an edit, which goes back to the others; work goes on on all of it.
  apply(lead, imageId, [settleOp(doc.conflicts[0]!)]);
  await merge(aki, lead.folder);
  expect(aki.edits.load(imageId).doc.conflicts).toEqual([]);
  apply(aki, imageId, setText(aki.edits.load(imageId).doc, 'caption', caption, 'the end'));
  await merge(lead, aki.folder);
  expect(lead.edits.load(imageId).doc).toEqual(aki.edits.load(imageId).doc);
  expect([...problems(lead), ...problems(aki)]).toEqual([]);
});

test('a copy in an older format is brought to this one aside, and stays as it was itself', async () => {
  const { lead, imageIds } = start();
  const old = kept(branch(lead, 'Aki'));
  apply(old, imageIds[0]!, addCaption(old.me.userId, 'a dog'));
  // As it was before comparisons and what came after them: those formats only added tables.
  const later = migrations.slice(13);
  expect(later.length).toBeGreaterThan(0);
  const texts = later.map((file) => readFileSync(new URL(`../db/migrations/${file}`, import.meta.url), 'utf8'));
  for (const [, table] of texts.join('').matchAll(/CREATE TABLE (\w+)/g)) old.db.exec(`DROP TABLE ${table}`);
  old.db.pragma('user_version = 13');
  old.db.close();
  expect(await merge(lead, old.folder)).toMatchObject({ events: 1, images: 1, conflicts: 0 });
  expect(lead.edits.load(imageIds[0]!).doc.caption).toMatchObject([{ text: 'a dog' }]);
  expect(problems(lead)).toEqual([]);
  const itself = new SqliteDatabase(path.join(old.folder, DATABASE_FILE), { readonly: true });
  expect(itself.pragma('user_version', { simple: true })).toBe(13);
  itself.close();
});

test('an undo of a decision brings the conflict back, in the database too', async () => {
  const { lead, imageIds } = start(1);
  const imageId = imageIds[0]!;
  const caption = newId();
  apply(lead, imageId, addCaption(lead.me.userId, 'a', caption));
  const aki = kept(branch(lead, 'Aki'));
  for (const [copy, text] of [
    [lead, 'b'],
    [aki, 'c'],
  ] as const)
    apply(copy, imageId, setText(copy.edits.load(imageId).doc, 'caption', caption, text));
  await merge(lead, aki.folder);
  const [conflict] = lead.edits.load(imageId).doc.conflicts;
  apply(lead, imageId, [settleOp(conflict!)]);
  expect(sql(lead.db, 'SELECT count(*) FROM conflict').pluck().get()).toBe(0);
  await lead.edits.undo(imageId, 'test');
  expect(lead.edits.load(imageId).doc.conflicts).toHaveLength(1);
  expect(problems(lead)).toEqual([]);
});

test('a renamed copy is taken in, and images that it knows by another id', async () => {
  const { lead, imageIds } = start(1);
  const aki = kept(branch(lead, 'Aki'));
  sql(aki.db, "UPDATE meta SET value = 'Renamed' WHERE key = 'name'").run();
  // Imported on the other machine, so that the same bytes have an id of their own there.
  const theirs = newId();
  aki.db.pragma('foreign_keys = OFF');
  sql(aki.db, 'UPDATE image SET id = ?').run(theirs);
  const again = kept(openCopy(aki.folder, 'Aki', false, aki.me));
  apply(again, theirs, [
    ...addCaption(again.me.userId, 'mine'),
    { op: 'set', kind: 'status', id: theirs, before: { state: 'todo' }, after: { state: 'draft' } },
  ]);
  expect(await merge(lead, aki.folder)).toMatchObject({ events: 1, newImages: 0 });
  const { doc } = lead.edits.load(imageIds[0]!);
  expect(doc.caption[0]!.text).toBe('mine');
  expect(doc.status[0]).toMatchObject({ id: imageIds[0], state: 'draft' });
  expect(problems(lead)).toEqual([]);
});

test('drafts and proposals come along with what people said of them', async () => {
  const { lead, imageIds } = start(1);
  const imageId = imageIds[0]!;
  const aki = kept(branch(lead, 'Aki'));
  const set = newId();
  const proposalId = newId();
  putProposals(aki.db, { askId: newId(), imageNum: 1, label: 'dog', encoderId: 'e', encoderHash: 'h', method: 'similar', shownTo: aki.me.userId }, [
    { id: proposalId, xPct: 10, yPct: 10, score: 0.5 },
  ]);
  apply(aki, imageId, addPointSet(aki.me.userId, 'dog', 'present', set));
  apply(aki, imageId, acceptProposals(aki.edits.load(imageId).doc, set, [{ proposalId, xPct: 10, yPct: 10 }]));
  const draft = {
    id: newId(),
    threadId: newId(),
    questionTurnId: newId(),
    model: 'm',
    endpoint: 'http://localhost',
    prompt: [],
    text: 't',
    complaint: null,
    previousId: null,
  };
  putDraft(aki.db, 1, { ...draft, verdict: 'rejected', askedBy: aki.me.userId, askedAt: 1, settledAt: 2 } as never);
  await merge(lead, aki.folder);
  expect(sql(lead.db, 'SELECT verdict FROM proposal').pluck().all()).toEqual(['accepted']);
  expect(sql(lead.db, 'SELECT verdict FROM draft').pluck().all()).toEqual(['rejected']);
  expect(problems(lead)).toEqual([]);
});

test('what is not ours, newer, damaged, altered or made up is refused with a sentence, and nothing changes', async () => {
  const { lead, imageIds } = start(2);
  const imageId = imageIds[0]!;
  apply(lead, imageId, addCaption(lead.me.userId, 'one'));
  const before = await hashOf(lead);
  const tampered = async (change: string) => {
    const copy = kept(branch(lead, 'Eve'));
    apply(copy, imageId, addCaption(copy.me.userId, 'two'));
    apply(copy, imageId, addCaption(copy.me.userId, 'three'));
    copy.db.close();
    const raw = new SqliteDatabase(path.join(copy.folder, DATABASE_FILE));
    raw.pragma('foreign_keys = OFF');
    for (const name of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[]) raw.exec(`DROP TRIGGER ${name}`);
    raw.exec(change);
    raw.pragma('wal_checkpoint(TRUNCATE)');
    raw.close();
    return keyOf(merge(lead, copy.folder));
  };
  const scratch = path.join(lead.folder, 'scratch');
  mkdirSync(scratch);
  const file = (name: string, text: string) => (writeFileSync(path.join(scratch, name), text), path.join(scratch, name));
  expect(await keyOf(merge(lead, path.join(scratch, 'none')))).toBe('merge-no-file');
  expect(await keyOf(merge(lead, lead.folder))).toBe('merge-itself');
  expect(await keyOf(merge(lead, scratch))).toBe('merge-not-a-project');
  expect(await keyOf(merge(lead, file('a.pntl', 'hello')))).toBe('merge-not-a-project');
  expect(await keyOf(merge(lead, file('b.sqlite', `SQLite format 3\0${'x'.repeat(5000)}`)))).toBe('merge-damaged');
  expect(await tampered("UPDATE meta SET value = '01890000-0000-7000-8000-000000000001' WHERE key = 'id'")).toBe('merge-other-project');
  expect(await tampered(`PRAGMA user_version = ${migrations.length + 1}`)).toBe('merge-newer');
  expect(await tampered('PRAGMA application_id = 5')).toBe('merge-not-a-project');
  expect(await tampered(`UPDATE event SET ops = replace(ops, 'one', 'One') WHERE seq = 1`)).toBe('merge-altered');
  expect(await tampered(`UPDATE event SET ops = replace(ops, 'two', 'Two') WHERE seq = 2`)).toBe('merge-altered');
  expect(await tampered(`UPDATE event SET ops = '[{"op":"drop"}]' WHERE seq = 2`)).toBe('merge-broken');
  expect(await tampered(`UPDATE event SET ops = 'null' WHERE seq = 2`)).toBe('merge-broken');
  expect(await tampered(`UPDATE event SET rev = 900000000000 WHERE seq = 2`)).toBe('merge-broken');
  expect(await tampered('DELETE FROM event WHERE seq = 2; DELETE FROM seal WHERE event_seq = 2')).toBe('merge-broken');
  expect(await tampered('DELETE FROM seal WHERE event_seq = 2')).toBe('merge-broken');
  expect(await tampered("UPDATE image SET sha256 = 'x' WHERE num = 1")).toBe('merge-broken');
  expect(await tampered("DELETE FROM person WHERE name = 'Eve'")).toBe('merge-broken');
  expect(await hashOf(lead)).toBe(before);
  expect(lastSeq(lead.db)).toBe(1);
  // The same copy without harm done to it goes in.
  expect(await tampered('')).toBe('merged');
  const stop = new AbortController();
  stop.abort();
  const aki = kept(branch(lead, 'Aki'));
  await expect(merge(lead, aki.folder, stop.signal)).rejects.toThrow();
  expect(problems(lead)).toEqual([]);
});

test('three databases of 60 images, merged in every order, are the same bytes of state with every planted conflict', async () => {
  const { lead, imageIds } = start(60);
  const { images, people } = plantedWork(3, 60, 6, imageIds);
  for (const [n, id] of people.entries()) sql(lead.db, 'INSERT INTO person (id, name) VALUES (?, ?)').run(id, `P${n}`);
  const write = (db: TestCopy['db'], which: (image: (typeof images)[number]) => readonly { id: string }[]) =>
    db.transaction(() => {
      for (const image of images) {
        const { num, sha256 } = sql(db, 'SELECT num, sha256 FROM image WHERE id = ?').get(image.imageId) as { num: number; sha256: string };
        for (const event of which(image) as (typeof images)[number]['common']) {
          if (sql(db, 'SELECT 1 FROM event WHERE id = ?').get(event.id)) continue;
          const row = { ...event, ops: JSON.stringify(event.ops), parents: event.parents?.join(' ') ?? null, textInput: null };
          seal(db, insertEvent(db, num, row), { ...row, sha256 });
        }
        projectImage(db, num, image.imageId);
      }
    })();
  write(lead.db, ({ common }) => common);
  const branches = [0, 1, 2].map((n) => {
    const copy = kept(branch(lead, `C${n}`));
    write(copy.db, (image) => image.copies[n]!);
    copy.db.pragma('wal_checkpoint(TRUNCATE)');
    return copy;
  });
  const hashes: string[] = [];
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const into = kept(branch(lead, 'Lead'));
    for (const n of order) await merge(into, branches[n]!.folder);
    hashes.push(await hashOf(into));
    const found = sql(
      into.db,
      "SELECT image.id || ' ' || kind || ' ' || conflict.id || ' ' || coalesce(field, 'null') FROM conflict JOIN image ON image.num = image_num",
    )
      .pluck()
      .all();
    expect(new Set(found)).toEqual(new Set(images.flatMap((image) => image.planted.map((conflict) => `${image.imageId} ${conflict}`))));
    expect(problems(into)).toEqual([]);
  }
  expect(new Set(hashes).size).toBe(1);
});
