/** The jobs of the core as they go on, for the panel, the line above and notices at their end. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Job } from '../../shared/domain/job.ts';
import { toAppError } from '../../shared/rpc/errors.ts';
import type { Host } from '../host/host.ts';

const RETRY_MS = 500;

/** The newest first. */
export const jobStore: StoreApi<{ readonly jobs: readonly Job[] }> = createStore(() => ({ jobs: [] as readonly Job[] }));
export const useJobs = <T>(select: (jobs: readonly Job[]) => T): T => useStore(jobStore, ({ jobs }) => select(jobs));

const put = (jobs: readonly Job[], job: Job): readonly Job[] =>
  [...jobs.filter((other) => other.id !== job.id), job].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));

export interface JobWatch {
  readonly host: Host;
  /** Told once of each job that ends while it is watched. */
  readonly onEnd: (job: Job) => void;
  /** Calls the listener when another project may be open. */
  readonly onProject: (listener: () => void) => () => void;
  readonly signal: AbortSignal;
}

/** Follows the jobs until the signal ends it, across restarts of the core and from project to project. */
export async function watchJobs({ host, onEnd, onProject, signal }: JobWatch): Promise<void> {
  const running = new Set<string>();
  const see = (job: Job) => {
    jobStore.setState(({ jobs }) => ({ jobs: put(jobs, job) }));
    if (job.state === 'running') running.add(job.id);
    else if (running.delete(job.id)) onEnd(job);
  };
  while (!signal.aborted) {
    const round = new AbortController();
    const stop = () => round.abort();
    signal.addEventListener('abort', stop, { once: true });
    const projectChange = new Promise<void>((resolve) => round.signal.addEventListener('abort', () => resolve(), { once: true }));
    const end = onProject(stop);
    try {
      const stream = host.client.open('jobs.watch', {}, round.signal);
      const first = stream.next();
      // Asked for after the stream is open, so that nothing falls between the two.
      void readJobs(host, see, round.signal).catch(() => {});
      for (let next = await first; !next.done; next = await stream.next()) {
        const job = next.value;
        // A short job can end before it was ever seen running.
        if (job.state !== 'running' && !jobStore.getState().jobs.some((other) => other.id === job.id)) running.add(job.id);
        see(job);
      }
    } catch (thrown) {
      // Otherwise the connection is gone; the next one is waited for below.
      if (toAppError(thrown).details['key'] === 'no-project') await projectChange;
    } finally {
      end();
      signal.removeEventListener('abort', stop);
    }
    if (!round.signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Reads all jobs again: at the start, and when another project was opened. */
export async function readJobs(host: Host, see: ((job: Job) => void) | null, signal?: AbortSignal): Promise<void> {
  const jobs = await host.client.call('jobs.list', {}, signal);
  const ids = new Set(jobs.map((job) => job.id));
  jobStore.setState((state) => ({ jobs: state.jobs.filter((job) => ids.has(job.id)) }));
  for (const job of jobs) {
    if (see) see(job);
    else jobStore.setState((state) => ({ jobs: put(state.jobs, job) }));
  }
}
