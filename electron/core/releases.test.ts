import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as authoring from '../../shared/domain/authoring.ts';
import type { Doc } from '../../shared/domain/model.ts';
import type { Op } from '../../shared/domain/ops.ts';
import type { Release } from '../../shared/domain/release.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { newId } from '../../shared/domain/ids.ts';
import { putPerson } from './db/people.ts';
import { createEdits, type Edits } from './edits.ts';
import { exportProject } from './exporters/run-export.ts';
import { AUTHOR, makeTestProject, quietJob, type TestProject, tinyPng } from './exporters/testing.ts';
import type { Project } from './project.ts';
import { contentHash, diffReleases, listReleases, releaseByName, runRelease, saveDiff } from './releases.ts';

let made: TestProject;
let project: Project;
let edits: Edits;
const ids: string[] = [];
beforeEach(() => {
  made = makeTestProject();
  putPerson(made.db, { id: AUTHOR, name: 'Ada' });
  project = { ...made.project, db: made.db, me: { userId: AUTHOR, deviceId: newId() }, notify: () => {} } as unknown as Project;
  edits = createEdits(project);
  ids.length = 0;
  for (let n = 0; n < 6; n++) add(n);
});
afterEach(() => made.remove());

function add(n: number): void {
  const sha256 = made.add(`folder-${n % 2}/${n}.png`, tinyPng(4, 4, [n, 1, 2]));
  const id = (made.db.prepare('SELECT id FROM image WHERE sha256 = ?').pluck().get(sha256) as string) ?? '';
  ids.push(id);
  edit(id, () => authoring.addCaption(AUTHOR, `Picture ${n}.`));
  edit(id, (doc) => authoring.setState(doc, 'accepted'));
}
function edit(imageId: string, make: (doc: Doc) => readonly Op[]): void {
  const { doc, rev } = edits.load(imageId);
  const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: [...make(doc)] }, 'test');
  expect(result.status).toBe('saved');
}
async function release(name: string): Promise<Release> {
  const result = (await runRelease(project, { name, note: '' } as never, quietJob())) as { release: Release };
  return result.release;
}
const tools = { uprightBytes: () => Promise.reject(new Error('not asked for')) };
const exported = (options: object = {}) =>
  exportProject(made.project, { profile: 'llava', folder: null, states: ['accepted'], validationShare: 0.3, ...options }, quietJob(), tools);
function digest(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) =>
    path.join(a.parentPath, a.name) < path.join(b.parentPath, b.name) ? -1 : 1,
  )) {
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(path.join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex');
}

test('an export of a release is the same bytes after people went on working, and says which release it is', async () => {
  const first = await release('v1');
  const before = await exported({ release: 'v1' });
  edit(ids[0]!, (doc) => authoring.setText(doc, 'caption', doc.caption[0]!.id, 'Something else.'));
  edit(ids[1]!, (doc) => authoring.setState(doc, 'draft'));
  add(6);
  made.db.exec('INSERT INTO near_group (num, found_at) VALUES (1, 0)');
  made.db.exec('INSERT INTO near_member (image_num, group_num) SELECT num, 1 FROM image');
  const after = await exported({ release: 'v1' });
  expect(digest(after.folder)).toBe(digest(before.folder));
  expect(path.basename(before.folder)).toBe('test-project-v1-llava');
  const manifest = JSON.parse(readFileSync(path.join(after.folder, 'manifest.json'), 'utf8'));
  expect(manifest.release).toEqual({ name: 'v1', contentHash: first.contentHash });
  expect(manifest.project.seq).toBe(first.seq);
  expect(digest((await exported()).folder)).not.toBe(digest(before.folder));
});

test('the content hash is of the content alone: the same again, another after an edit, the old one after its undo', async () => {
  const { seq, lastImageNum, contentHash: first } = await release('v1');
  expect((await contentHash(made.db, seq, lastImageNum)).contentHash).toBe(first);
  edit(ids[0]!, (doc) => authoring.setText(doc, 'caption', doc.caption[0]!.id, 'Something else.'));
  const second = await release('v2');
  expect(second.contentHash).not.toBe(first);
  await edits.undo(ids[0]!, 'test');
  expect((await release('v3')).contentHash).toBe(first);
  expect(listReleases(made.db).map(({ name }) => name)).toEqual(['v3', 'v2', 'v1']);
});

test('a name is taken once, an unknown one is said to be unknown, and a release never changes', async () => {
  await release('v1');
  await expect(release('v1')).rejects.toMatchObject({ details: { key: 'release-exists' } });
  expect(() => releaseByName(made.db, 'v9')).toThrow(AppError);
  expect(() => made.db.exec("UPDATE release SET note = 'x'")).toThrow(/does not change/);
});

test('what changed between two releases is told by image, and back again as the opposite', async () => {
  await release('v1');
  edit(ids[2]!, (doc) => authoring.setText(doc, 'caption', doc.caption[0]!.id, 'Longer than before.'));
  edit(ids[2]!, () => authoring.addPointSet(AUTHOR, 'dot'));
  edit(ids[2]!, (doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 1, 1));
  add(6);
  await release('v2');
  const there = await diffReleases(made.db, releaseByName(made.db, 'v1'), releaseByName(made.db, 'v2'));
  expect(there).toMatchObject({
    from: 'v1',
    to: 'v2',
    images: 2,
    counts: { 'image-added': 1, 'caption-changed': 1, 'caption-added': 1, 'label-added': 1, 'points-added': 1 },
  });
  const back = await diffReleases(made.db, releaseByName(made.db, 'v2'), releaseByName(made.db, 'v1'));
  expect(back.counts).toMatchObject({ 'image-left': 1, 'caption-changed': 1, 'caption-removed': 1, 'label-removed': 1, 'points-removed': 1 });
  const now = await diffReleases(made.db, releaseByName(made.db, 'v2'), null);
  expect(now.images).toBe(0);
});

test('near-duplicates and the images of one folder are never parted, and a fixed list takes its groups along', async () => {
  made.db.exec('INSERT INTO near_group (num, found_at) VALUES (1, 0)');
  made.db.exec('INSERT INTO near_member (image_num, group_num) VALUES (1, 1), (4, 1), (5, 1)');
  const splitOf = (folder: string) =>
    new Map(
      readFileSync(path.join(folder, 'images.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { name: string; split: string })
        .map(({ name, split }) => [name, split]),
    );
  for (const seed of ['a', 'b', 'c', 'd']) {
    const splits = splitOf((await exported({ seed, validationShare: 0.5 })).folder);
    expect(new Set(['folder-0/0.png', 'folder-1/3.png', 'folder-0/4.png'].map((name) => splits.get(name))).size, seed).toBe(1);
  }
  const byFolder = splitOf((await exported({ seed: 'a', keepFolders: true, validationShare: 0.5 })).folder);
  // The group joins both folders.
  expect(new Set(byFolder.values()).size).toBe(1);
  const listed = splitOf((await exported({ validation: ['folder-1/3.png'] })).folder);
  expect([...listed].filter(([, split]) => split === 'validation').map(([name]) => name)).toEqual(['folder-0/0.png', 'folder-1/3.png', 'folder-0/4.png']);
  await expect(exported({ validation: ['nobody.png'] })).rejects.toMatchObject({ details: { key: 'export-unknown-images', count: 1 } });
});

test('only the people, labels and abilities that were asked for go out, and people alone means without proposals', async () => {
  const other = newId();
  putPerson(made.db, { id: other, name: 'Bo' }, 'lead');
  edits = createEdits({ ...project, me: { userId: other, deviceId: newId() } });
  edit(ids[0]!, () => authoring.addCaption(other, 'By Bo.'));
  edits = createEdits(project);
  edit(ids[0]!, () => authoring.addPointSet(AUTHOR, 'dot'));
  edit(ids[0]!, (doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 1, 1));
  edit(ids[0]!, () => authoring.addPointSet(AUTHOR, 'proposed'));
  edit(ids[0]!, (doc) => {
    const [add] = authoring.addPoint(doc, doc.pointSet[1]!.id, 2, 2);
    return [{ ...add, row: { ...(add as { row: object }).row, proposalId: newId() } }] as Op[];
  });
  const counts = async (options: object) => (await exported({ profile: 'pixmo-parquet', ...options })).rows;
  expect(await counts({})).toMatchObject({ cap: 7, points: 2 });
  expect(await counts({ people: [other] })).toMatchObject({ cap: 1, points: 0 });
  expect(await counts({ labels: ['dot'] })).toMatchObject({ points: 1 });
  const alone = await exported({ profile: 'pixmo-parquet', provenance: 'people' });
  expect(alone.rows).toMatchObject({ points: 1 });
  expect(alone.skipped).toEqual([{ name: 'folder-0/0.png', reason: 'not-by-people' }]);
});

test('images that are referenced are named where they are and not copied; a format that holds images refuses', async () => {
  const { folder } = await exported({ images: 'reference' });
  const rows = JSON.parse(readFileSync(path.join(folder, 'train.json'), 'utf8')) as { image: string }[];
  for (const row of rows) expect(readFileSync(row.image).length).toBeGreaterThan(0);
  expect(readdirSync(folder)).not.toContain('images');
  await expect(exported({ profile: 'pixmo-parquet', images: 'reference' })).rejects.toMatchObject({ details: { key: 'export-no-reference' } });
});

test('what changed is saved as Markdown beside the exports, and never over what was saved before', async () => {
  const first = await release('v1');
  edit(ids[0]!, (doc) => authoring.setText(doc, 'caption', doc.caption[0]!.id, 'Another picture.'));
  const diff = await diffReleases(made.db, first, null);
  const files = [await saveDiff(made.folder, diff), await saveDiff(made.folder, diff)];
  expect(files.map((file) => path.relative(made.folder, file))).toEqual([path.join('exports', 'v1-now.md'), path.join('exports', 'v1-now-2.md')]);
  expect(readFileSync(files[0]!, 'utf8')).toContain('caption changed: “Picture 0.” → “Another picture.”');
});
