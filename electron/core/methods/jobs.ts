import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';

export const jobsMethods: HandlersOf<'jobs', Context> = {
  'jobs.list': (_input, { app }) => app.current?.jobs.list() ?? [],
  'jobs.cancel': ({ jobId }, { app }) => ({ cancelled: app.project().jobs.cancel(jobId) }),
  'jobs.resume': ({ jobId }, { app }) => ({ jobId: app.project().jobs.resume(jobId) }),
  'jobs.watch': (_input, { app }, signal) => app.project().jobs.watch(signal),
};
