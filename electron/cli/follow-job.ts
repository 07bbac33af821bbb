/** Waits for a job's end: shows how far it is, and cancels it when the person says so. */
import type { Job, JobKind, JobResult } from '../../shared/domain/job.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { exitCodes, Failure, sentenceOf } from './failure.ts';
import { createProgress } from './progress.ts';
import type { Run } from './terminal.ts';

type ResultOf<K extends JobKind> = Extract<JobResult, { kind: K }>;

/** Starts a job and returns its result. Throws a failure when it failed or was cancelled; then it has stopped and left nothing half done. */
export async function followJob<K extends JobKind>(
  run: Run,
  client: Client,
  kind: K,
  start: () => Promise<{ jobId: string }>,
): Promise<{ jobId: string; result: ResultOf<K> }> {
  const stop = new AbortController();
  // Listening before it starts: a short job may be over at once.
  const jobs = client.open('jobs.watch', {}, stop.signal);
  const { jobId } = await start();
  const cancel = () => {
    progress.end();
    run.voice.note(run.voice.t('cli.cancelling'));
    client.call('jobs.cancel', { jobId }).catch(() => {});
  };
  const progress = createProgress(run);
  if (run.terminal.signal.aborted) cancel();
  else run.terminal.signal.addEventListener('abort', cancel, { once: true });
  try {
    for await (const job of jobs) {
      if (job.id !== jobId) continue;
      if (!run.terminal.signal.aborted) progress.show(job);
      if (job.state !== 'running') return { jobId, result: resultOf(run, job, kind) };
    }
    throw new AppError('unavailable', 'the job was not followed to its end', { key: 'core-gone' });
  } finally {
    run.terminal.signal.removeEventListener('abort', cancel);
    progress.end();
    stop.abort();
  }
}

function resultOf<K extends JobKind>(run: Run, job: Job, kind: K): ResultOf<K> {
  if (job.state === 'cancelled' || job.state === 'interrupted') throw new Failure(exitCodes.cancelled, 'cancelled', run.voice.t('cli.cancelled'));
  if (job.state === 'failed' && job.error) {
    const { key, details, message } = job.error;
    throw new Failure(exitCodes.failed, key, sentenceOf('internal', key, { ...details, message }, run.voice));
  }
  if (job.result?.kind !== kind) throw new AppError('internal', `job ${job.id} ended as ${job.state} without a result`);
  return job.result as ResultOf<K>;
}
