/** Imports images: finds files, has them read by the media workers and writes what comes of it, in batches. */
import { stat } from 'node:fs/promises';
import type { JobResult } from '../../../shared/domain/job.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { isKnownFile, clearProblems } from '../db/files.ts';
import type { JobHandle, JobRunner } from '../jobs/runner.ts';
import { thumbsOf } from '../media/pool.ts';
import { Refused, refusedBySystem } from '../media/refused.ts';
import type { Project } from '../project.ts';
import { type Batch, type Counts, createBatch } from './batch.ts';
import { copyOriginal } from './copy-original.ts';
import { placeOf } from './place.ts';
import { type Found, walk } from './walk.ts';

export interface ImportParams {
  readonly paths: readonly string[];
  /** `copy` puts the files into the project's media folder. */
  readonly mode: 'reference' | 'copy';
}
/** For imports that have more to do than images. */
export interface ImportPart {
  /** Files that are passed over in silence. */
  readonly leave?: (file: string) => Promise<boolean>;
  /** What another part of the same job refused stays listed. */
  readonly keepsProblems?: boolean;
}

/** Ends early on cancel, with what went in so far; running it again goes on from there, for files that are known are not read again. */
export const runImport: JobRunner<ImportParams> = async (project, params, job): Promise<JobResult> => ({
  kind: 'import',
  ...(await importImages(project, params, job, {})),
});

/** Imports images as part of a job. */
export async function importImages(project: Project, params: ImportParams, job: JobHandle, part: ImportPart): Promise<Readonly<Counts>> {
  if (!part.keepsProblems) clearProblems(project.db, job.id);
  const batch = createBatch(project, job.id);
  const found = walk(params.paths, project.folder, job.signal);
  const list = listFiles(part.leave ? without(found, part.leave) : found);
  let next = 0;
  let done = 0;
  let failure: { thrown: unknown } | null = null;
  const work = async (): Promise<void> => {
    try {
      while (!job.signal.aborted && failure === null) {
        const order = next++;
        const found = await list.at(order);
        if (found === undefined) return;
        await importOne(project, params.mode, found, order, batch, job.signal);
        job.progress(++done, list.total, found.name);
      }
    } catch (thrown) {
      failure ??= { thrown };
    }
  };
  // Twice as many as the workers take, so that none waits for the core.
  await Promise.all(Array.from({ length: project.media.width * 2 }, work));
  try {
    batch.close();
    if (failure !== null) throw (failure as { thrown: unknown }).thrown;
  } catch (thrown) {
    throw sayIfFull(thrown, project.folder);
  }
  return batch.counts;
}

async function* without(files: AsyncIterable<Found>, leave: (file: string) => Promise<boolean>): AsyncGenerator<Found> {
  for await (const file of files) if (file.path === null || !(await leave(file.path))) yield file;
}

/** A full disk is the commonest reason for an import to fail, and people can do something about it. */
export function sayIfFull(thrown: unknown, folder: string): unknown {
  const { code = '', message = '' } = thrown as { code?: string; message?: string };
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL' || /ENOSPC|EDQUOT|no space left/i.test(message);
  return isFull ? new AppError('unavailable', message, { key: 'disk-full', folder }) : thrown;
}

async function importOne(project: Project, mode: ImportParams['mode'], found: Found, order: number, batch: Batch, signal: AbortSignal): Promise<void> {
  const { name } = found;
  try {
    if (found.problem) throw new Refused(found.problem.reason, found.problem.detail);
    const before = await stat(found.path);
    if (isKnownFile(project.db, found.path, before.size, before.mtimeMs)) {
      batch.add({ order, name, outcome: 'known' });
      return;
    }
    const image = await project.media.run('inspect', { path: found.path, thumbs: thumbsOf(project.media) }, signal);
    const place = await placeOf(project, image.sha256, found.path);
    const copy = mode === 'copy' && place !== 'duplicate' ? await copyOriginal(project.media.mediaFolder, found.path, image) : null;
    if (signal.aborted) return;
    batch.add({ order, name, outcome: 'read', path: found.path, image, place, copy });
  } catch (thrown) {
    if (signal.aborted) return;
    const refused = thrown instanceof Refused ? thrown : refusedBySystem(thrown);
    // A full disk or a database that fails ends the import; a file never does.
    if (refused === null) throw thrown;
    batch.add({ order, name, outcome: 'refused', reason: refused.reason, detail: refused.detail });
  }
}

interface FileList {
  /** How many there are, once it is known. */
  readonly total: number | null;
  /** Waits until that many are found; undefined behind the last. */
  at(index: number): Promise<Found | undefined>;
}

/** Runs ahead of its readers, so that the total is known early. */
function listFiles(files: AsyncIterable<Found>): FileList {
  const found: Found[] = [];
  let waiting: (() => void)[] = [];
  let ended = false;
  let failure: unknown = null;
  const wake = () => {
    for (const resume of waiting) resume();
    waiting = [];
  };
  const run = async () => {
    try {
      for await (const file of files) {
        found.push(file);
        if (waiting.length > 0) wake();
      }
    } catch (thrown) {
      failure = thrown;
    }
    ended = true;
    wake();
  };
  void run();
  return {
    get total() {
      return ended ? found.length : null;
    },
    async at(index) {
      while (index >= found.length && !ended) await new Promise<void>((resolve) => waiting.push(resolve));
      if (failure !== null) throw failure;
      return found[index];
    },
  };
}
