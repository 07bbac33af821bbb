import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSettings } from '../db/settings.ts';
import { runImport } from '../importers/import-images.ts';
import { type Jobs, createJobs } from '../jobs/jobs.ts';
import type { JobRunner } from '../jobs/runner.ts';
import { madePicture, writeJpeg } from '../media/test-photos.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { type Indexing, createIndexing, createIndexRunner } from './indexing.ts';
import { fixtureModel } from './test-encoders.ts';

const IMAGES = 12;
const model = fixtureModel('shapes-clip');
const other = fixtureModel('openvision-tiny-shape');
const find = (id: string) => Promise.resolve([model, other].find(({ manifest }) => manifest.id === id) ?? null);
const none: JobRunner<never> = () => Promise.reject(new Error('not here'));
let project: TestProject;
let jobs: Jobs;
let indexing: Indexing;
const start = () => {
  jobs = createJobs(project, {
    import: none,
    relink: none,
    export: none,
    verify: none,
    download: none,
    ocr: none,
    embed: createIndexRunner(find),
    duplicates: none,
    annotations: none,
  });
  indexing = createIndexing(project, jobs, find);
};
const choose = (autoIndex: boolean, id = 'shapes-clip') => writeSettings(project.db, { encoder: { id, autoIndex } });
const only = () => jobs.list().filter((job) => job.kind === 'embed');

beforeEach(async () => {
  project = await testProject();
  await mkdir(project.files, { recursive: true });
  for (let seed = 0; seed < IMAGES; seed++) await writeJpeg(madePicture(seed), path.join(project.files, `${seed}.jpg`));
  await runImport(project, { paths: [project.files], mode: 'reference' }, { id: 'import', signal: new AbortController().signal, progress: () => {} });
  start();
});
afterEach(async () => {
  await jobs.close();
  await project.close();
});

test('nothing is indexed before somebody chose an encoder, and one that is not installed is named', async () => {
  await expect(indexing.start()).rejects.toMatchObject({ details: { key: 'no-encoder-chosen' } });
  expect(await indexing.status()).toEqual({ encoder: null, indexed: 0, total: IMAGES, jobId: null });
  choose(false, 'gone');
  await expect(indexing.start()).rejects.toMatchObject({ details: { key: 'no-encoder', id: 'gone' } });
});

test('a lead starts it once, however often it is asked for, and it says how far it is', async () => {
  choose(false);
  await indexing.auto('changed');
  expect(only()).toHaveLength(0);
  const id = await indexing.start();
  expect(await indexing.start()).toBe(id);
  expect((await indexing.status()).jobId).toBe(id);
  expect((await jobs.ended(id)).result).toMatchObject({ kind: 'embed', indexed: IMAGES, left: 0 });
  expect(await indexing.status()).toEqual({ encoder: 'shapes-clip', indexed: IMAGES, total: IMAGES, jobId: null });
});

test('when the project takes another encoder, the job of the one before ends and the new one has its own', async () => {
  choose(true, other.manifest.id);
  await indexing.auto('changed');
  choose(true);
  await indexing.auto('changed');
  const [now, before] = only();
  expect(before!.state).toBe('cancelled');
  expect((await jobs.ended(now!.id)).result).toMatchObject({ kind: 'embed', indexed: IMAGES, left: 0 });
  expect((await indexing.status()).indexed).toBe(IMAGES);
});

test('it starts by itself where the project wants that, and not when nothing is left', async () => {
  choose(true);
  await indexing.auto('changed');
  expect(only()).toHaveLength(1);
  await jobs.ended(only()[0]!.id);
  await indexing.auto('opened');
  expect(only()).toHaveLength(1);
});

test('after a restart it goes on under its own id, but what a person paused stays paused', async () => {
  choose(true);
  await indexing.auto('changed');
  const { id } = only()[0]!;
  await jobs.close();
  start();
  expect(only()[0]).toMatchObject({ id, state: 'interrupted' });
  await indexing.auto('opened');
  expect(only()[0]).toMatchObject({ id, state: 'running' });
  jobs.cancel(id);
  await jobs.ended(id);
  await jobs.close();
  start();
  await indexing.auto('opened');
  expect(only()[0]).toMatchObject({ id, state: 'cancelled' });
  jobs.resume(id);
  expect((await jobs.ended(id)).state).toBe('done');
  expect((await indexing.status()).indexed).toBe(IMAGES);
});
