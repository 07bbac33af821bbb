import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { addCaption, addPointSet } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { PackagesReport } from '../../../shared/domain/package.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { addRow } from '../../../shared/domain/row-ops.ts';
import { checkSealEnds, checkSeals } from '../db/seal.ts';
import { sql } from '../db/statement.ts';
import { putDraft } from '../db/drafts.ts';
import { putProposals } from '../db/proposals.ts';
import { verifyImage } from '../verify.ts';
import { createPackagesRunner } from './make-packages.ts';
import { merge, newCopy, noJob, openCopy, type TestCopy } from './testing.ts';
import { folderForPackage, handIn } from './work-package.ts';

vi.setConfig({ testTimeout: 60_000 });

const copies: TestCopy[] = [];
const kept = <T extends TestCopy>(copy: T): T => (copies.push(copy), copy);
afterEach(() => {
  for (const { db, folder } of copies.splice(0)) {
    if (db.open) db.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
function apply({ edits }: TestCopy, imageId: string, ops: readonly Op[]) {
  const { rev } = edits.load(imageId);
  const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: ops as never }, 'test');
  if (result.status !== 'saved') throw new Error('does not fit');
}
const person = (copy: TestCopy, name: string) => {
  const id = newId();
  sql(copy.db, 'INSERT INTO person (id, name) VALUES (?, ?)').run(id, name);
  return id;
};
/** The same project, with another person at the keyboard. */
const as = (copy: TestCopy, userId: string, name: string): TestCopy => openCopy(copy.folder, name, false, { userId, deviceId: newId() });
const problems = ({ db }: TestCopy) => [
  ...(sql(db, 'SELECT num FROM image').pluck().all() as number[]).flatMap((num) => verifyImage(db, num)),
  ...checkSeals(db, 0, 100_000).problems,
  ...checkSealEnds(db),
];
async function make(lead: TestCopy, people: readonly string[], originals = true): Promise<PackagesReport> {
  const folder = path.join(lead.folder, 'out');
  return (await createPackagesRunner(lead.edits)(lead.project, { folder, people, originals }, noJob())) as PackagesReport;
}
/** Opens a package as its person does. */
async function unpack(lead: TestCopy, file: string): Promise<TestCopy> {
  const { folder, info } = await folderForPackage(file, path.join(lead.folder, 'others'));
  const copy = kept(openCopy(folder, info.personName, false, { userId: info.personId, deviceId: newId() }));
  await merge(copy, file);
  return copy;
}

test('a project is dealt out, worked on apart, handed in and merged in any order, and the log verifies everywhere', async () => {
  const { copy, imageIds } = newCopy(5);
  const lead = kept(copy);
  // One image has its file, so that an original goes along.
  const file = path.join(lead.folder, 'one.jpg');
  writeFileSync(file, 'not really a picture');
  const people = [person(lead, 'Aki'), person(lead, 'Ben')];
  const { packages } = await make(lead, people);
  expect(packages.map(({ person: name, images, blind }) => [name, images, blind])).toEqual([
    ['Aki', 3, 0],
    ['Ben', 2, 0],
  ]);
  const returned: string[] = [];
  for (const { file: each } of packages) {
    const theirs = await unpack(lead, each);
    const mine = sql(theirs.db, 'SELECT id FROM image ORDER BY num').pluck().all() as string[];
    for (const id of mine) apply(theirs, id, addCaption(theirs.me.userId, `by ${theirs.me.userId}`));
    expect(problems(theirs)).toEqual([]);
    const done = await handIn(theirs.project, path.join(lead.folder, 'back'), new AbortController().signal);
    expect(done).toMatchObject({ images: mine.length, events: mine.length });
    returned.push(done.file);
  }
  for (const each of returned.toReversed()) expect(await merge(lead, each)).toMatchObject({ conflicts: 0, newImages: 0 });
  for (const id of imageIds) expect(lead.edits.load(id).doc.caption).toHaveLength(1);
  for (const each of returned) expect(await merge(lead, each)).toMatchObject({ events: 0 });
  expect(problems(lead)).toEqual([]);
  // A second package of the same person adds to the project that is there.
  const second = await make(lead, [people[0]!]);
  const again = await folderForPackage(second.packages[0]!.file, path.join(lead.folder, 'others'));
  expect(readdirSync(path.join(lead.folder, 'others'))).toContain(path.basename(again.folder));
  expect(readdirSync(path.join(lead.folder, 'others'))).toHaveLength(2);
});

test('a blind package has no byte of what others did, and what comes back meets theirs', async () => {
  const { copy, imageIds } = newCopy(2);
  const lead = kept(copy);
  const [blind, open] = imageIds as [string, string];
  const [aki, ben] = [person(lead, 'Akiko Hidden'), person(lead, 'Ben')];
  const part = (personId: string, isBlind: boolean) =>
    addRow('assignment', { id: newId(), authorId: lead.me.userId, personId, kind: 'annotate', blind: isBlind, state: 'todo', createdAt: 1 });
  // Both in one edit, as leads assign.
  apply(lead, blind, [part(aki, true), part(ben, true)]);
  apply(lead, open, [part(ben, false)]);
  apply(lead, open, addCaption(lead.me.userId, 'SEEN-BY-ALL'));
  const akis = as(lead, aki, 'Akiko Hidden');
  const caption = newId();
  apply(akis, blind, addCaption(aki, 'SECRET-CAPTION that is gone again', caption));
  apply(akis, blind, addPointSet(aki, 'SECRET-LABEL'));
  apply(akis, blind, [addRow('comment', { id: newId(), authorId: aki, createdAt: 1, text: 'SECRET-COMMENT', targetKind: 'caption', targetId: caption })]);
  putProposals(akis.db, { askId: newId(), imageNum: 1, label: 'SECRET-PROPOSAL', encoderId: 'e', encoderHash: 'h', method: 'text', shownTo: aki }, [
    { id: newId(), xPct: 1, yPct: 1, score: 1 },
  ]);
  const draft = {
    id: newId(),
    threadId: newId(),
    questionTurnId: newId(),
    model: 'm',
    endpoint: 'e',
    prompt: [],
    text: 'SECRET-DRAFT',
    complaint: null,
    previousId: null,
  };
  putDraft(akis.db, 1, { ...draft, verdict: 'open', askedBy: aki, askedAt: 1, settledAt: null } as never);
  akis.db.close();
  lead.edits.forget(blind);

  const { packages } = await make(lead, [ben], false);
  expect(packages).toMatchObject([{ person: 'Ben', images: 2, blind: 1 }]);
  const bytes = readFileSync(packages[0]!.file);
  for (const secret of ['SECRET', 'secret', 'Akiko', aki, caption]) expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
  expect(bytes.includes('SEEN-BY-ALL')).toBe(true);

  const bens = await unpack(lead, packages[0]!.file);
  expect(bens.edits.load(blind).doc.assignment.map(({ personId }) => personId)).toEqual([ben]);
  expect(bens.edits.load(blind).doc.caption).toEqual([]);
  expect(bens.edits.load(open).doc.caption).toHaveLength(1);
  apply(bens, blind, addCaption(ben, 'mine'));
  expect(problems(bens)).toEqual([]);
  const { file } = await handIn(bens.project, path.join(lead.folder, 'back'), new AbortController().signal);
  expect(readFileSync(file).includes('SEEN-BY-ALL')).toBe(false);
  expect(await merge(lead, file)).toMatchObject({ events: 1, conflicts: 0 });
  expect(
    lead.edits
      .load(blind)
      .doc.caption.map(({ text }) => text)
      .toSorted(),
  ).toEqual(['SECRET-CAPTION that is gone again', 'mine']);
  expect(problems(lead)).toEqual([]);
});

test('a file that is no whole package is refused and leaves nothing behind', async () => {
  const { copy } = newCopy(2);
  const lead = kept(copy);
  const { packages } = await make(lead, [person(lead, 'Ben')]);
  const whole = readFileSync(packages[0]!.file);
  const others = path.join(lead.folder, 'others');
  mkdirSync(others);
  const write = (name: string, bytes: Buffer) => (writeFileSync(path.join(lead.folder, name), bytes), path.join(lead.folder, name));
  const key = (run: Promise<unknown>) =>
    run.then(
      () => null,
      (thrown: { details: { key: string } }) => thrown.details.key,
    );
  expect(await key(folderForPackage(write('a.pntl', Buffer.from('hello')), others))).toBe('not-a-package');
  expect(await key(folderForPackage(write('b.pntl', whole.subarray(0, 600)), others))).toBe('not-a-package');
  const evil = Buffer.from(whole);
  evil.write('../../../evil.sqlite', whole.indexOf('project.sqlite\0'));
  expect(await key(merge(lead, write('c.pntl', evil)))).toBe('not-a-package');
  expect(await key(merge(lead, write('d.pntl', whole.subarray(0, Math.floor(whole.length / 2)))))).toBe('not-a-package');
  expect(readdirSync(others)).toEqual([]);
});
