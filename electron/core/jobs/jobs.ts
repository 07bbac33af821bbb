/** Starts, stops, queues and resumes long work, and tells how far it is. */
import { newId } from '../../../shared/domain/ids.ts';
import type { Job, JobKind, JobResult } from '../../../shared/domain/job.ts';
import { AppError, toAppError } from '../../../shared/rpc/errors.ts';
import { type StoredJob, insertJob, interruptRunning, lastJobs, storedJob, updateJob } from '../db/jobs.ts';
import { createHub } from '../hub.ts';
import type { Project } from '../project.ts';
import { type Pace, createPace } from './pace.ts';
import type { JobRunner, JobRunners } from './runner.ts';

export interface Jobs {
  /** Returns the new job's id at once. */
  start(kind: JobKind, params: unknown): string;
  /** Whether there was something to cancel. */
  cancel(jobId: string): boolean;
  /** Runs a job again that did not end well, under the same id and with the same parameters. */
  resume(jobId: string): string;
  /** The last 50, newest first. */
  list(): Job[];
  /** What runs now, then every change, at most four a second for each job; each job's end always. Ends when the project is closed. */
  watch(signal: AbortSignal): AsyncIterable<Job>;
  /** Resolves with the job when it has ended, however it did. */
  ended(jobId: string): Promise<Job>;
  /** Stops everything; what ran can be resumed when the project is opened again. */
  close(): Promise<void>;
}
interface Live {
  job: StoredJob;
  readonly abort: AbortController;
  readonly pace: Pace;
  changed: boolean;
  savedAt: number;
  run: Promise<void>;
}
const LISTED = 50;
const TICK_MS = 250;
const SAVE_MS = 2000;
/** These read folders and write images and events: one at a time. */
const QUEUED: ReadonlySet<JobKind> = new Set(['import', 'relink', 'merge', 'packages']);

/** `runners`: of the kinds that are started here; the app has all of them. */
export function createJobs(project: Project, runners: Partial<JobRunners>): Jobs {
  const { db } = project;
  const live = new Map<string, Live>();
  const hub = createHub<Job>((last, next) => (last.id === next.id ? next : null));
  let lane: Promise<void> = Promise.resolve();
  let ticker: NodeJS.Timeout | undefined;
  let closing = false;
  const closed = new AbortController();
  interruptRunning(db, Date.now());

  const shown = (entry: Live): Job => ({
    ...entry.job,
    secondsLeft: entry.job.state === 'running' ? entry.pace.secondsLeft(entry.job.total, performance.now()) : null,
  });

  function tick(): void {
    const now = Date.now();
    for (const entry of live.values()) {
      if (!entry.changed) continue;
      entry.changed = false;
      if (now - entry.savedAt > SAVE_MS) {
        entry.savedAt = now;
        updateJob(db, entry.job);
      }
      hub.publish(shown(entry));
    }
  }

  function launch(job: StoredJob, params: unknown): string {
    if (closing) throw new AppError('unavailable', 'the project is closing', { key: 'no-project' });
    const entry: Live = { job, abort: new AbortController(), pace: createPace(), changed: false, savedAt: 0, run: Promise.resolve() };
    live.set(job.id, entry);
    ticker ??= setInterval(tick, TICK_MS);
    const work = () => perform(entry, params);
    entry.run = QUEUED.has(job.kind) ? (lane = lane.then(work)) : work();
    hub.publish(shown(entry));
    project.notify({ topic: 'jobs' });
    return job.id;
  }

  async function perform(entry: Live, params: unknown): Promise<void> {
    const { signal } = entry.abort;
    let result: JobResult | null = null;
    let error: StoredJob['error'] = null;
    // The one who starts it hears its id before its first progress.
    await Promise.resolve();
    try {
      const runner = runners[entry.job.kind] as JobRunner;
      if (!signal.aborted) result = await runner(project, params, { id: entry.job.id, signal, progress: (...how) => progress(entry, ...how) });
    } catch (thrown) {
      const { code, details, message } = toAppError(thrown);
      if (code === 'internal') project.host.log(`job ${entry.job.kind}`, thrown);
      if (!signal.aborted) error = { key: typeof details['key'] === 'string' ? details['key'] : code, details, message };
    }
    const state = signal.aborted ? (closing ? 'interrupted' : 'cancelled') : error ? 'failed' : 'done';
    entry.job = { ...entry.job, state, result, error, current: null, endedAt: Date.now() };
    live.delete(entry.job.id);
    updateJob(db, entry.job);
    if (live.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
    hub.publish(shown(entry));
    project.notify({ topic: 'jobs' });
  }

  function progress(entry: Live, done: number, total: number | null, current: string | null = entry.job.current): void {
    entry.job = { ...entry.job, done, total, current };
    entry.changed = true;
    entry.pace.note(done, performance.now());
  }

  return {
    start(kind, params) {
      const job: StoredJob = {
        id: newId(),
        kind,
        state: 'running',
        done: 0,
        total: null,
        current: null,
        startedAt: Date.now(),
        endedAt: null,
        error: null,
        result: null,
      };
      insertJob(db, job, params);
      return launch(job, params);
    },
    cancel(jobId) {
      const entry = live.get(jobId);
      entry?.abort.abort();
      return entry !== undefined;
    },
    resume(jobId) {
      const stored = storedJob(db, jobId);
      if (!stored) throw new AppError('not-found', `no job ${jobId}`, { key: 'no-job' });
      if (live.has(jobId)) throw new AppError('conflict', 'the job is running', { key: 'job-running' });
      if (stored.job.state === 'done') throw new AppError('conflict', 'the job is done', { key: 'job-done' });
      const job: StoredJob = {
        ...stored.job,
        state: 'running',
        done: 0,
        total: null,
        current: null,
        startedAt: Date.now(),
        endedAt: null,
        error: null,
        result: null,
      };
      updateJob(db, job);
      return launch(job, stored.params);
    },
    list: () =>
      lastJobs(db, LISTED).map((job) => {
        const entry = live.get(job.id);
        return entry ? shown(entry) : { ...job, secondsLeft: null };
      }),
    async *watch(signal) {
      // Listening before it looks, so that no end falls between the two.
      const changes = hub.watch(AbortSignal.any([signal, closed.signal]))[Symbol.asyncIterator]();
      let next = changes.next();
      for (const job of [...live.values()].map(shown)) yield job;
      for (;;) {
        const { done, value } = await next;
        if (done) return;
        yield value;
        next = changes.next();
      }
    },
    async ended(jobId) {
      await live.get(jobId)?.run;
      const stored = storedJob(db, jobId);
      if (!stored) throw new AppError('not-found', `no job ${jobId}`, { key: 'no-job' });
      return { ...stored.job, secondsLeft: null };
    },
    async close() {
      closing = true;
      for (const entry of live.values()) entry.abort.abort();
      await Promise.all([...live.values()].map((entry) => entry.run));
      clearInterval(ticker);
      closed.abort();
    },
  };
}
