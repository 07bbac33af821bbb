import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countNearGroups, decideNear, lastNearStep, nearGroupsPage, undoNear } from '../db/near.ts';
import { openDatabase } from '../db/open.ts';
import { nearGroups, splitKeys } from '../exporters/split-keys.ts';
import { putPerson } from '../db/people.ts';
import { runImport } from '../importers/import-images.ts';
import type { JobHandle } from '../jobs/runner.ts';
import { madePicture, writeJpeg } from '../media/test-photos.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { runDuplicates } from './run-duplicates.ts';
import { createSearchProcess, type SearchProcess } from './search-process.ts';

let project: TestProject;
let search: SearchProcess;
const handle: JobHandle = { id: 'job', signal: new AbortController().signal, progress: () => {} };
const file = (name: string) => path.join(project.files, name);
const nums = () =>
  Object.fromEntries(
    (project.db.prepare('SELECT num, name FROM image').all() as { num: number; name: string }[]).map(({ name, num }) => [path.basename(name), num]),
  );
const find = () => runDuplicates(project, search, null, handle);
const groups = () => nearGroupsPage(project.db, 0, 100);

beforeEach(async () => {
  project = await testProject();
  search = createSearchProcess(project.host, project.folder);
  putPerson(project.db, { id: project.me.userId, name: 'Lead' });
  await mkdir(project.files, { recursive: true });
  for (let seed = 0; seed < 6; seed++) await writeJpeg(madePicture(seed, 320, 240), file(`photo-${seed}.jpg`));
  await sharp(file('photo-0.jpg')).resize(200).jpeg({ quality: 50 }).toFile(file('saved-again.jpg'));
  await sharp(file('photo-1.jpg')).flop().jpeg().toFile(file('mirrored.jpg'));
  for (const grey of [60, 61])
    await sharp({ create: { width: 99, height: 99, channels: 3, background: { r: grey, g: grey, b: grey } } })
      .png()
      .toFile(file(`flat-${grey}.png`));
  await runImport(project, { paths: [project.files], mode: 'reference' }, handle);
});
afterEach(async () => {
  search.close();
  await project.close();
});

test('a copy that was saved again and a mirror image are found, and flat pictures are not taken for one another', async () => {
  const at = nums();
  expect(await find()).toMatchObject({ kind: 'duplicates', groups: 2, images: 4 });
  expect(groups().map((group) => group.toSorted((a, b) => a - b))).toEqual(
    expect.arrayContaining([
      [at['photo-0.jpg'], at['saved-again.jpg']].sort((a, b) => a! - b!),
      [at['photo-1.jpg'], at['mirrored.jpg']].sort((a, b) => a! - b!),
    ]),
  );
});

test('what a lead decided outlives finding again, and the inverse decision takes it back', async () => {
  const at = nums();
  await find();
  const [one, other, third] = [at['photo-0.jpg']!, at['saved-again.jpg']!, at['photo-5.jpg']!];
  const together = (a: number, b: number) => groups().some((group) => group.includes(a) && group.includes(b));
  decideNear(project.db, [[one], [other]], project.me.userId, 1);
  expect(together(one, other)).toBe(false);
  await find();
  expect(together(one, other)).toBe(false);
  decideNear(project.db, [[one, other]], project.me.userId, 2);
  expect(together(one, other)).toBe(true);
  decideNear(project.db, [[one, other, third]], project.me.userId, 3);
  await find();
  expect(together(one, third)).toBe(true);
  expect(together(one, other)).toBe(true);
});

test('a group whose other images were taken out of the work is none, but still keeps a split together', async () => {
  await find();
  const before = countNearGroups(project.db);
  project.db.prepare('UPDATE image SET excluded = 1 WHERE num = ?').run(nums()['saved-again.jpg']);
  expect(countNearGroups(project.db)).toBe(before - 1);
  const keys = splitKeys(project.db, nearGroups(project.db), false);
  const shas = project.db.prepare('SELECT sha256 FROM image JOIN near_member ON image_num = num').pluck().all() as string[];
  expect(shas).toHaveLength(4);
  expect(new Set(shas.map((sha256) => keys.keyOf({ sha256 }))).size).toBe(2);
  for (const sha256 of shas) expect(keys.keyOf({ sha256 }) <= sha256).toBe(true);
});

test('a search process that is killed is started anew and the question answered', async () => {
  const asked = find();
  const worker = project.workers.at(-1)!;
  worker.kill();
  expect(await asked).toMatchObject({ groups: 2 });
  expect(project.logged.some((line) => line.startsWith('the search process ended'))).toBe(true);
});

test('the last decision is taken back in a project that was closed in between, pair by pair and group by group', async () => {
  const at = nums();
  await find();
  const before = groups();
  const [one, other, third] = [at['photo-0.jpg']!, at['saved-again.jpg']!, at['photo-5.jpg']!];
  decideNear(project.db, [[one, other, third]], project.me.userId, 1);
  const joined = groups();
  decideNear(project.db, [[one], [other, third]], project.me.userId, 2);
  const last = lastNearStep(project.db)!;
  expect(last).toMatchObject({ kind: 'parted', at: 2 });
  const again = openDatabase(project.folder, false);
  try {
    expect(undoNear(again.db, last.num, 3)).toEqual(expect.arrayContaining([one, other, third]));
    // Once only, and not by who saw an older one.
    expect(undoNear(again.db, last.num, 3)).toBe(null);
  } finally {
    again.db.close();
  }
  expect(groups()).toEqual(joined);
  await find();
  expect(groups()).toEqual(joined);
  undoNear(project.db, lastNearStep(project.db)!.num, 4);
  expect(groups()).toEqual(before);
  expect(project.db.prepare('SELECT count(*) FROM near_decision').pluck().get()).toBe(0);
  expect(lastNearStep(project.db)).toBe(null);
  await find();
  expect(groups()).toEqual(before);
});
