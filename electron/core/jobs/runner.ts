/** What a kind of job is: a function that does the work, told by its handle when to stop and telling it how far it is. */
import type { JobKind, JobResult } from '../../../shared/domain/job.ts';
import type { Project } from '../project.ts';

export interface JobHandle {
  readonly id: string;
  /** Aborted on cancel and when the project closes; a runner stops at once and leaves nothing half done. */
  readonly signal: AbortSignal;
  /** Cheap: call it for every unit. `current` is for people (a file's name). */
  progress(done: number, total: number | null, current?: string | null): void;
}
/** Params are what is stored to resume the job after a restart: plain JSON. Throws AppError for what a person should read. */
export type JobRunner<Params = unknown> = (project: Project, params: Params, job: JobHandle) => Promise<JobResult>;
export type JobRunners = { readonly [K in JobKind]: JobRunner<never> };
