import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { imageFilterSchema } from '../../../shared/domain/image.ts';
import { addCaption } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { imageNum, imagePage } from '../db/images.ts';
import { putPerson } from '../db/people.ts';
import { indexImage } from '../db/search.ts';
import { createEdits } from '../edits.ts';
import { runImport } from '../importers/import-images.ts';
import { createJobs, type Jobs } from '../jobs/jobs.ts';
import type { JobRunner } from '../jobs/runner.ts';
import { madePicture, withExif, writeJpeg } from '../media/test-photos.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { pictureOf, pngOf, turnedLeft, wordWidth, type Word } from '../testing/letters.ts';
import { readImageText } from './read-image.ts';
import { runOcr, startReading } from './run-ocr.ts';

// They start processes and load graphs, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let project: TestProject;
let jobs: Jobs;
const none: JobRunner<never> = () => Promise.reject(new Error('not here'));
beforeEach(async () => {
  project = await testProject();
  jobs = createJobs(project, {
    import: runImport,
    relink: none,
    export: none,
    verify: none,
    download: none,
    embed: none,
    ocr: runOcr,
    duplicates: none,
    annotations: none,
  });
  await mkdir(project.files, { recursive: true });
});
afterEach(async () => {
  await jobs.close();
  await project.close();
});

const EXIT: Word = { text: 'EXIT 47', x: 60, y: 60, size: 64 };
const TEAM: Word = { text: 'THE TEAM', x: 120, y: 240, size: 48 };
const write = (name: string, bytes: Uint8Array) => writeFile(path.join(project.files, name), bytes);
async function importAll(): Promise<ReadonlyMap<string, string>> {
  const job = await jobs.ended(jobs.start('import', { paths: [project.files], mode: 'reference' }));
  expect(job.error).toBeNull();
  return new Map((project.db.prepare('SELECT name, id FROM image').all() as { name: string; id: string }[]).map(({ name, id }) => [path.basename(name), id]));
}
const textsOf = async (imageId: string): Promise<string[]> => {
  const found = await readImageText(project, imageId);
  expect(found.status).toBe('read');
  return found.status === 'read' ? found.lines.map(({ text }) => text) : [];
};
const search = (text: string) => imagePage(project.db, imageFilterSchema.parse({ text, sort: 'relevance' }), 0, 10).images;
const readers = () => project.workers.filter((_worker, at) => project.entries[at] === 'ocr-worker');

test('lines are read with their places, and nothing of the work changes', async () => {
  await write('sign.png', pngOf(pictureOf([EXIT, TEAM])));
  const imageId = (await importAll()).get('sign.png')!;
  const edits = createEdits(project);
  const before = edits.load(imageId);
  const found = await readImageText(project, imageId);
  if (found.status !== 'read') throw new Error(found.status);
  expect(found.lines.map(({ text }) => text)).toEqual(['EXIT 47', 'THE TEAM']);
  found.lines.forEach(({ corners, score }, at) => {
    expect(score).toBeGreaterThan(0.8);
    const word = [EXIT, TEAM][at]!;
    const [left, top, right, , , bottom] = corners as [number, number, number, number, number, number];
    // Within the letters' own height of where they were drawn.
    const near = (pct: number, of: number, px: number) => expect(Math.abs((pct / 100) * of - px)).toBeLessThan(word.size / 2);
    near(left, 640, word.x);
    near(right, 640, word.x + wordWidth(word));
    near(top, 400, word.y);
    near(bottom, 400, word.y + word.size);
  });
  expect(edits.load(imageId)).toEqual(before);
  expect(project.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0);
});

test('words that run up the side are read, and a picture without text has none', async () => {
  const jpeg = path.join(project.files, 'plain.jpg');
  await writeJpeg(madePicture(3, 320, 200), jpeg);
  await write('turned.png', pngOf(turnedLeft(pictureOf([EXIT]))));
  const images = await importAll();
  expect(await textsOf(images.get('plain.jpg')!)).toEqual([]);
  expect(await textsOf(images.get('turned.png')!)).toEqual(['EXIT 47']);
});

test('a photo is read as it is shown, turned by its EXIF orientation', async () => {
  await writeJpeg(turnedLeft(pictureOf([EXIT])), path.join(project.files, '..', 'stored.jpg'));
  // 6: a quarter turn clockwise brings it upright.
  await write('phone.jpg', withExif(await readFile(path.join(project.files, '..', 'stored.jpg')), 6));
  const imageId = (await importAll()).get('phone.jpg')!;
  const found = await readImageText(project, imageId);
  if (found.status !== 'read') throw new Error(found.status);
  expect(found.lines.map(({ text }) => text)).toEqual(['EXIT 47']);
  const [left, top, right, rightTop] = found.lines[0]!.corners as [number, number, number, number];
  expect(right).toBeGreaterThan(left + 30);
  expect(Math.abs(rightTop - top)).toBeLessThan(5);
});

test('the job reads what is not read yet, goes on after the process was killed in the middle, and finds nothing to do the second time', async () => {
  for (let at = 0; at < 4; at++) await write(`${at}.png`, pngOf(pictureOf([{ ...EXIT, x: 40 + at * 10 }])));
  await importAll();
  const id = jobs.start('ocr', {});
  const watch = jobs.watch(new AbortController().signal)[Symbol.asyncIterator]();
  for (;;) {
    const { value } = await watch.next();
    if (value.kind === 'ocr' && value.done >= 1) break;
  }
  readers().at(-1)!.kill();
  const job = await jobs.ended(id);
  expect(job).toMatchObject({ state: 'done', result: { kind: 'ocr', read: 4, withText: 4, unreadable: 0 } });
  expect(readers().length).toBeGreaterThan(1);
  expect(await jobs.ended(jobs.start('ocr', {}))).toMatchObject({ result: { kind: 'ocr', read: 0 } });
});

test('who waits for an image gets it also when the job that reads it is cancelled, and the next start goes on with what is left', async () => {
  await write('a.png', pngOf(pictureOf([EXIT])));
  await write('b.png', pngOf(pictureOf([TEAM])));
  const imageId = (await importAll()).get('a.png')!;
  const id = jobs.start('ocr', {});
  // It has begun with the first image.
  await vi.waitFor(() => expect(readers()).toHaveLength(1), { timeout: 30_000, interval: 2 });
  const asked = textsOf(imageId);
  jobs.cancel(id);
  expect(await asked).toEqual(['EXIT 47']);
  expect((await jobs.ended(id)).state).toBe('cancelled');
  expect(await jobs.ended(startReading({ jobs }))).toMatchObject({ state: 'done', result: { read: 1 } });
});

test('a reader that does not start is said to be out of order, and nothing is kept of it', async () => {
  await write('a.png', pngOf(pictureOf([EXIT])));
  const imageId = (await importAll()).get('a.png')!;
  const before = project.workers.length;
  const kill = setInterval(() => readers().slice(-1)[0]?.kill(), 5);
  // Killed as soon as they are there, before they have said that they are ready: four starts, then it is said to be out of order.
  await expect(readImageText(project, imageId)).rejects.toMatchObject({ code: 'unavailable', details: { key: 'reader-process' } });
  clearInterval(kill);
  expect(project.workers.length - before).toBeGreaterThan(1);
  // It was the machine's fault and not the picture's: nothing was kept, and it is read now.
  expect(await textsOf(imageId)).toEqual(['EXIT 47']);
});

test('words in a picture are found, marked as such, behind what people wrote', async () => {
  await write('a.png', pngOf(pictureOf([TEAM])));
  await write('b.png', pngOf(pictureOf([EXIT])));
  const images = await importAll();
  const [team, exit] = [images.get('a.png')!, images.get('b.png')!];
  const edits = createEdits(project);
  putPerson(project.db, { id: project.me.userId, name: 'Ada' });
  edits.apply({ eventId: newId(), imageId: exit, baseRev: 0, groupId: newId(), ops: addCaption(project.me.userId, 'A team leaves, says a sign.') }, 'test');
  await jobs.ended(jobs.start('ocr', {}));
  expect(search('team').map(({ id, inPicture }) => [id, inPicture ?? false])).toEqual([
    [exit, false],
    [team, true],
  ]);
  expect(search('the team').map(({ id, inPicture }) => [id, inPicture])).toEqual([[team, true]]);
  // A new index row of what people wrote does not lose what was read.
  indexImage(project.db, imageNum(project.db, team)!);
  expect(search('the team')).toHaveLength(1);
  expect(search('leaves').map(({ inPicture }) => inPicture)).toEqual([undefined]);
});
