/** An import of annotations as a job: cancelled, killed, resumed, taken back, and what a person may not change left alone. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Job } from '../../../shared/domain/job.ts';
import { setState } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { defaultOptions } from '../../../shared/formats/imports/record.ts';
import { openDatabase } from '../db/open.ts';
import { putPerson } from '../db/people.ts';
import { createEdits, type Edits } from '../edits.ts';
import { type Bench, createBench } from '../../cli/testing.ts';
import { quietJob, tinyPng } from '../exporters/testing.ts';
import { createJobs, type Jobs } from '../jobs/jobs.ts';
import type { JobRunner } from '../jobs/runner.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { verifyImage } from '../verify.ts';
import { createAnnotationsRunner } from './import-annotations.ts';
import { importImages } from './import-images.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let project: TestProject;
let edits: Edits;
let jobs: Jobs;
const none: JobRunner<never> = () => Promise.reject(new Error('not here'));
function open(): void {
  edits = createEdits(project);
  const annotations = createAnnotationsRunner(edits);
  jobs = createJobs(project, { import: none, relink: none, export: none, verify: none, download: none, ocr: none, embed: none, duplicates: none, annotations });
}
beforeEach(async () => {
  project = await testProject();
  putPerson(project.db, { id: project.me.userId, name: 'Test' });
  open();
});
afterEach(async () => {
  await jobs.close();
  await project.close();
});

const IMAGES = 160;
/** A picture, a caption and a label with two points for each number. */
function folder(to: string): string {
  mkdirSync(to, { recursive: true });
  const rows = Array.from({ length: IMAGES }, (_, n) => {
    writeFileSync(path.join(to, `${n}.png`), tinyPng(4, 4, [n % 256, Math.floor(n / 256), 9]));
    return JSON.stringify({
      file_name: `${n}.png`,
      text: `Picture ${n}.`,
      label: 'dog',
      points: [
        { x: 25, y: 50 },
        { x: 75, y: 10 },
      ],
    });
  });
  writeFileSync(path.join(to, 'work.jsonl'), `${rows.join('\n')}\n`);
  return to;
}
const start = (from: string) => jobs.start('annotations', { paths: [from], mode: 'reference', format: null, options: defaultOptions });
const column = (text: string): unknown[] => project.db.prepare(text).pluck().all();
const captions = () => column('SELECT count(*) FROM caption')[0] as number;
const points = () => column('SELECT count(*) FROM point')[0] as number;
function expectWhole(): void {
  expect([captions(), points()]).toEqual([IMAGES, IMAGES * 2]);
  expect(column('SELECT text FROM caption GROUP BY text HAVING count(*) > 1')).toEqual([]);
  for (const num of column('SELECT num FROM image') as number[]) expect(verifyImage(project.db, num)).toEqual([]);
}
const finished = async (id: string): Promise<Job> => jobs.ended(id);

test('cancelled while it writes, what was written is whole; resumed, the rest follows; one undo takes back both halves, and redo brings them again', async () => {
  const id = start(folder(project.files));
  while (captions() < 20) await new Promise((resolve) => setTimeout(resolve, 2));
  jobs.cancel(id);
  expect((await finished(id)).state).toBe('cancelled');
  const half = captions();
  expect(half).toBeLessThan(IMAGES);
  expect(points()).toBe(half * 2);
  jobs.resume(id);
  const second = await finished(id);
  expect(second).toMatchObject({ state: 'done', result: { kind: 'annotations', captions: IMAGES - half, images: { added: 0, known: IMAGES } } });
  expectWhole();
  expect(await edits.undo(null, 'test')).toMatchObject({ images: IMAGES });
  expect([captions(), points()]).toEqual([0, 0]);
  expect(await edits.redo(null, 'test')).toMatchObject({ images: IMAGES });
  expectWhole();
});

test('what was done by hand on an imported image holds the undo of the import back, and nothing is lost', async () => {
  const id = start(folder(project.files));
  await finished(id);
  const [row] = project.db.prepare('SELECT caption.id, image.id AS imageId FROM caption JOIN image ON image.num = caption.image_num LIMIT 1').all() as {
    id: string;
    imageId: string;
  }[];
  await edits.change([row!.imageId], newId(), (_id, doc) => [{ op: 'remove', kind: 'caption', row: doc.caption[0]! }], 'test');
  expect(captions()).toBe(IMAGES - 1);
  // First the hand's own edit, then the import.
  await edits.undo(null, 'test');
  expectWhole();
  await edits.undo(null, 'test');
  expect(captions()).toBe(0);
});

test('an image that this person may not change is told and left alone', async () => {
  const from = folder(project.files);
  await importImages(project, { paths: [from], mode: 'reference' }, quietJob(), { leave: (file) => Promise.resolve(file.endsWith('.jsonl')) });
  const accepted = column('SELECT id FROM image WHERE num = 7') as string[];
  await edits.change(accepted, newId(), (_id, doc) => setState(doc, 'accepted'), 'test');
  project.db.exec("UPDATE person SET role = 'annotator'");
  const { result } = await finished(start(from));
  expect(result).toMatchObject({ changed: IMAGES - 1, captions: IMAGES - 1, points: (IMAGES - 1) * 2 });
  if (result?.kind !== 'annotations') throw new Error('another result');
  expect(result.reasons).toMatchObject([{ reason: 'not-permitted', count: 1, examples: [{ detail: '103.png' }] }]);
  expect(captions()).toBe(IMAGES - 1);
});

let bench: Bench | null = null;
afterEach(() => bench?.remove());
test('killed outright while it writes, the project is whole, the job is interrupted, and resuming it ends as if nothing had been', async () => {
  bench = createBench(0);
  await bench.cli('new', bench.project);
  const many = folder(path.join(bench.folder, 'many'));
  const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'import', bench.project, many], { env: { ...process.env, ...bench.env }, stdio: 'ignore' });
  const own = project.db;
  const { db } = openDatabase(bench.project, false);
  try {
    project = { ...project, db, folder: bench.project, me: project.me };
    while (captions() < 20) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      expect(child.exitCode).toBeNull();
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('close', resolve));
    const half = captions();
    expect(half).toBeLessThan(IMAGES);
    for (const num of column('SELECT num FROM image') as number[]) expect(verifyImage(db, num)).toEqual([]);
    putPerson(db, { id: project.me.userId, name: 'Test' });
    open();
    const [job] = jobs.list();
    expect(job).toMatchObject({ kind: 'annotations', state: 'interrupted' });
    jobs.resume(job!.id);
    expect(await finished(job!.id)).toMatchObject({ state: 'done', result: { captions: IMAGES - half } });
    expectWhole();
    await jobs.close();
    expect(await bench.json('verify', bench.project)).toMatchObject({ ok: true });
  } finally {
    db.close();
    project = { ...project, db: own };
    open();
  }
});
