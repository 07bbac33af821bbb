/** The job that reads the whole project. Ends early on cancel; running it again goes on with what is not read. */
import type { JobResult } from '../../../shared/domain/job.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { untilUnattended } from '../attention.ts';
import type { OpenProject } from '../context.ts';
import { unreadAfter, unreadCount } from '../db/readings.ts';
import { readSettings } from '../db/settings.ts';
import type { JobRunner } from '../jobs/runner.ts';
import { readImageText } from './read-image.ts';
import { READER, readerFiles } from './reader-files.ts';

/** While one is read the next is decoded. */
const AHEAD = 2;

export const runOcr: JobRunner<object> = async (project, _params, job): Promise<JobResult> => {
  if (readerFiles() === null) throw new AppError('unavailable', 'the reader is not installed', { key: 'reader-absent' });
  const total = unreadCount(project.db, READER);
  let [after, done, withText, unreadable] = [0, 0, 0, 0];
  job.progress(0, total);
  const work = async (): Promise<void> => {
    while (!job.signal.aborted) {
      await untilUnattended(project.db, job.signal);
      const [next] = unreadAfter(project.db, READER, after, 1);
      if (!next) return;
      after = next.num;
      const found = await readImageText(project, next.id, { signal: job.signal }).catch((thrown: unknown) => {
        if (job.signal.aborted) return null;
        throw thrown;
      });
      if (found === null) return;
      if (found.status === 'unavailable') throw new AppError('unavailable', 'the reader is not installed', { key: found.key });
      if (found.status !== 'read') unreadable++;
      else if (found.lines.length > 0) withText++;
      job.progress(++done, Math.max(total, done), next.name);
    }
  };
  await Promise.all(Array.from({ length: AHEAD }, work));
  // Searches may find more now.
  project.notify({ topic: 'images', imageIds: 'all', by: null });
  return { kind: 'ocr', read: done - unreadable, withText, unreadable };
};

/** Starts reading where the project wants it in the background and there is something to read. */
export function readInBackground(project: OpenProject): string | null {
  // A command does what it was asked and ends.
  if (project.host.program === 'cli') return null;
  const { enabled, auto } = readSettings(project.db).reading;
  if (!enabled || !auto || readerFiles() === null || unreadCount(project.db, READER) === 0) return null;
  return startReading(project);
}

/** Starts the job, goes on with one that was interrupted, or answers with the one that runs. */
export function startReading({ jobs }: Pick<OpenProject, 'jobs'>): string {
  const last = jobs.list().find((job) => job.kind === 'ocr');
  if (last?.state === 'running') return last.id;
  return last?.state === 'interrupted' ? jobs.resume(last.id) : jobs.start('ocr', {});
}
