import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Job, JobResult } from '../../../shared/domain/job.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { type Jobs, createJobs } from './jobs.ts';
import { createPace } from './pace.ts';
import type { JobHandle, JobRunner } from './runner.ts';

// They start processes, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Started {
  readonly params: unknown;
  readonly handle: JobHandle;
  finish(result: JobResult): void;
  fail(thrown: unknown): void;
}
const VERIFIED: JobResult = { kind: 'verify', images: 3, events: 4, problems: [] };

let project: TestProject;
let jobs: Jobs;
let started: Started[];
/** A runner that waits until the test ends it, or until it is cancelled. */
const waits: JobRunner = (_project, params, handle) =>
  new Promise((finish, fail) => {
    started.push({ params, handle, finish, fail });
    handle.signal.addEventListener('abort', () => fail(new AppError('cancelled', 'cancelled')), { once: true });
  });
const create = () =>
  createJobs(project, { import: waits, relink: waits, export: waits, verify: waits, download: waits, ocr: waits, embed: waits, duplicates: waits });
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(async () => {
  project = await testProject();
  started = [];
  jobs = create();
});
afterEach(async () => {
  await jobs.close();
  await project.close();
});

test('a job runs to its end and its result is kept', async () => {
  const id = jobs.start('verify', { some: 'params' });
  await turn();
  expect(started[0]?.params).toEqual({ some: 'params' });
  expect(jobs.list()[0]).toMatchObject({ id, state: 'running', endedAt: null });
  started[0]!.handle.progress(3, 3, 'x');
  started[0]!.finish(VERIFIED);
  expect(await jobs.ended(id)).toMatchObject({ state: 'done', done: 3, total: 3, current: null, result: VERIFIED, error: null });
  expect(project.notices.filter((notice) => notice.topic === 'jobs')).toHaveLength(2);
});

test('what went wrong is kept with its key; what is our fault is logged', async () => {
  const first = jobs.start('verify', {});
  const second = jobs.start('export', {});
  await turn();
  started[0]!.fail(new AppError('conflict', 'no room', { key: 'disk-full', needBytes: 5 }));
  started[1]!.fail(new TypeError('a bug'));
  expect(await jobs.ended(first)).toMatchObject({ state: 'failed', error: { key: 'disk-full', details: { needBytes: 5 } } });
  expect(await jobs.ended(second)).toMatchObject({ state: 'failed', error: { key: 'internal', message: 'a bug' } });
  expect(project.logged).toEqual(['job export']);
});

test('imports wait for each other, other jobs do not', async () => {
  const first = jobs.start('import', { n: 1 });
  const second = jobs.start('import', { n: 2 });
  jobs.start('verify', { n: 3 });
  await turn();
  expect(started.map(({ params }) => params)).toEqual(expect.arrayContaining([{ n: 1 }, { n: 3 }]));
  expect(started).toHaveLength(2);
  expect(jobs.cancel(first)).toBe(true);
  expect((await jobs.ended(first)).state).toBe('cancelled');
  await turn();
  expect(started.at(-1)?.params).toEqual({ n: 2 });
  expect(jobs.cancel(second)).toBe(true);
  expect((await jobs.ended(second)).state).toBe('cancelled');
  expect(jobs.cancel(second)).toBe(false);
});

test('a job that was cancelled while it waited never begins', async () => {
  jobs.start('import', { n: 1 });
  const second = jobs.start('import', { n: 2 });
  jobs.cancel(second);
  await turn();
  started[0]!.finish(VERIFIED);
  expect((await jobs.ended(second)).state).toBe('cancelled');
  expect(started).toHaveLength(1);
});

test('a cancelled job can be resumed with the same parameters and id, one that is done can not', async () => {
  const id = jobs.start('import', { paths: ['a'] });
  await turn();
  jobs.cancel(id);
  await jobs.ended(id);
  expect(jobs.resume(id)).toBe(id);
  await turn();
  expect(started[1]?.params).toEqual({ paths: ['a'] });
  expect(() => jobs.resume(id)).toThrow('the job is running');
  started[1]!.finish(VERIFIED);
  expect((await jobs.ended(id)).state).toBe('done');
  expect(() => jobs.resume(id)).toThrow('the job is done');
  expect(() => jobs.resume('none')).toThrow('no job none');
  expect(jobs.list()).toHaveLength(1);
});

test('what ran when the project was closed, or when the core died, is interrupted', async () => {
  const id = jobs.start('export', {});
  await turn();
  await jobs.close();
  expect((await jobs.ended(id)).state).toBe('interrupted');
  project.db.prepare("UPDATE job SET state = 'running'").run();
  jobs = create();
  expect(jobs.list()).toMatchObject([{ id, state: 'interrupted' }]);
});

test('watchers see what runs, its progress at most four times a second, and its end', async () => {
  const id = jobs.start('verify', {});
  await turn();
  const stop = new AbortController();
  const seen: Job[] = [];
  const watching = (async () => {
    for await (const job of jobs.watch(stop.signal)) {
      seen.push(job);
      if (job.state !== 'running') stop.abort();
    }
  })();
  for (let done = 1; done <= 5000; done++) started[0]!.handle.progress(done, 5000, `file ${done}`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  started[0]!.finish(VERIFIED);
  await watching;
  expect(seen.map((job) => [job.id, job.state, job.done])).toEqual([
    [id, 'running', expect.any(Number)],
    [id, 'running', 5000],
    [id, 'done', 5000],
  ]);
});

test('a watcher that is slow to ask misses no end, and is let go when the project is closed', async () => {
  const id = jobs.start('verify', {});
  await turn();
  const seen: string[] = [];
  const watch = jobs.watch(new AbortController().signal)[Symbol.asyncIterator]();
  seen.push((await watch.next()).value!.state);
  started[0]!.finish(VERIFIED);
  await jobs.ended(id);
  seen.push((await watch.next()).value!.state);
  await jobs.close();
  expect((await watch.next()).done).toBe(true);
  expect(seen).toEqual(['running', 'done']);
});

test('the time left follows the pace of the last seconds', () => {
  const pace = createPace();
  expect(pace.secondsLeft(100, 0)).toBeNull();
  pace.note(0, 0);
  pace.note(5, 500);
  expect(pace.secondsLeft(100, 500)).toBeNull();
  pace.note(20, 2000);
  expect(pace.secondsLeft(100, 2000)).toBe(8);
  expect(pace.secondsLeft(null, 2000)).toBeNull();
  // Ten times as fast from here: after the window nothing is left of the slow time.
  for (let at = 2250; at <= 12_000; at += 250) pace.note(20 + (at - 2000) / 10, at);
  expect(pace.secondsLeft(2020, 12_000)).toBe(10);
});
