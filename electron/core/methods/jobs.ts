import type { Job } from '../../../shared/domain/job.ts';
import { permitsProject } from '../../../shared/domain/permissions.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context, OpenProject } from '../context.ts';
import { roleOf } from '../rights.ts';

/** How far the rules are, and what they found in the whole project, tells of everybody's work: it is for those who may inspect that. */
const isFor =
  (project: Pick<OpenProject, 'db' | 'me'>) =>
  ({ kind }: Job): boolean =>
    kind !== 'lint' || permitsProject(roleOf(project), 'inspect');

async function* watch(_input: object, { app }: Context, signal: AbortSignal): AsyncGenerator<Job> {
  const project = app.project();
  for await (const job of project.jobs.watch(signal)) if (isFor(project)(job)) yield job;
}

export const jobsMethods: HandlersOf<'jobs', Context> = {
  'jobs.list': (_input, { app }) => app.current?.jobs.list().filter(isFor(app.current)) ?? [],
  'jobs.cancel': ({ jobId }, { app }) => ({ cancelled: app.project().jobs.cancel(jobId) }),
  'jobs.resume': ({ jobId }, { app }) => ({ jobId: app.project().jobs.resume(jobId) }),
  'jobs.watch': watch,
};
