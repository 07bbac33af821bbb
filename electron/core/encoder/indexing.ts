/** When a project's images are indexed: when somebody asks, and by itself where the project says so. */
import type { IndexStatus } from '../../../shared/domain/encoder.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { countVectors, encoderNum, unindexedAfter } from '../db/embeddings.ts';
import { readSettings } from '../db/settings.ts';
import { sql } from '../db/statement.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { JobRunner } from '../jobs/runner.ts';
import type { Project } from '../project.ts';
import { indexImages } from './index-images.ts';
import type { ModelRef } from './messages.ts';

/** Parameters of the job. */
export interface IndexParams {
  readonly encoderId: string;
}
/** Looks up an installed encoder. */
export type FindModel = (id: string) => Promise<ModelRef | null>;
export interface Indexing {
  /** Starts the job for the project's encoder, or answers with the one that runs. Throws AppError `no-encoder-chosen`, `no-encoder`. */
  start(): Promise<string>;
  status(): Promise<IndexStatus>;
  /**
   * Starts it where the project wants that and images have no vector. `opened`: the project was just opened; then an interrupted job goes on, and one
   * that a person paused stays paused.
   */
  auto(when: 'opened' | 'changed'): Promise<void>;
  /** The screen shows this image: it is next. */
  focus(imageId: string): void;
}
/** Images that were on the screen last. */
const FOCUSED = 8;
const focusedOf = new WeakMap<object, string[]>();

/** The job's work; `find` is asked for the encoder when it begins. */
export function createIndexRunner(find: FindModel): JobRunner<IndexParams> {
  return async (project, { encoderId }, job) => {
    const model = await find(encoderId);
    if (!model) throw new AppError('not-found', `no encoder ${encoderId}`, { key: 'no-encoder', id: encoderId });
    return await indexImages(project, model, job, () => focusedOf.get(project.db) ?? []);
  };
}

export function createIndexing(project: Project, jobs: Pick<Jobs, 'start' | 'resume' | 'list' | 'cancel' | 'ended'>, find: FindModel): Indexing {
  const { db } = project;
  const chosen = () => readSettings(db).encoder;
  const last = (): Job | undefined => jobs.list().find((job) => job.kind === 'embed');
  const encoderOf = (job: Job) =>
    (JSON.parse((sql(db, 'SELECT params FROM job WHERE id = ?').get(job.id) as { params: string }).params) as IndexParams).encoderId;
  const allRunning = () => jobs.list().filter((job) => job.kind === 'embed' && job.state === 'running');
  const running = () => allRunning().find((job) => encoderOf(job) === chosen()?.id);
  /** Nobody waits any more for vectors of an encoder that the project used before. */
  async function stopOthers(): Promise<void> {
    for (const job of allRunning()) if (encoderOf(job) !== chosen()?.id && jobs.cancel(job.id)) await jobs.ended(job.id);
  }
  const numOf = (model: ModelRef) => encoderNum(db, { hash: model.hash, id: model.manifest.id, dim: model.manifest.embed_dim });

  return {
    async start() {
      const settings = chosen();
      if (!settings) throw new AppError('conflict', 'no encoder is chosen', { key: 'no-encoder-chosen' });
      if (!(await find(settings.id))) throw new AppError('not-found', `no encoder ${settings.id}`, { key: 'no-encoder', id: settings.id });
      await stopOthers();
      return running()?.id ?? jobs.start('embed', { encoderId: settings.id } satisfies IndexParams);
    },
    async status() {
      const settings = chosen();
      const model = settings && (await find(settings.id));
      const { n: total } = sql(db, 'SELECT count(*) AS n FROM image').get() as { n: number };
      const indexed = model ? countVectors(db, numOf(model)) : 0;
      return { encoder: model ? model.manifest.id : null, indexed, total, jobId: running()?.id ?? null };
    },
    async auto(when) {
      const settings = chosen();
      if (!settings?.autoIndex || running()) return;
      await stopOthers();
      const model = await find(settings.id);
      if (!model || !db.open || running() || unindexedAfter(db, numOf(model), 0, 1).length === 0) return;
      const before = last();
      if (when === 'opened' && before?.state === 'cancelled') return;
      if (when === 'opened' && before?.state === 'interrupted') jobs.resume(before.id);
      else jobs.start('embed', { encoderId: settings.id } satisfies IndexParams);
    },
    focus(imageId) {
      const before = focusedOf.get(db) ?? [];
      focusedOf.set(db, [imageId, ...before.filter((id) => id !== imageId)].slice(0, FOCUSED));
    },
  };
}
