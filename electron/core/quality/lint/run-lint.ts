/** The job that looks at every image that was not looked at as it is now. It goes on where it was stopped: what is done names its revision and its rules. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { JobResult } from '../../../../shared/domain/job.ts';
import { type ImageFile, imageFilesAfter } from '../../db/files.ts';
import { sql } from '../../db/statement.ts';
import type { JobHandle } from '../../jobs/runner.ts';
import { checkOriginal } from '../../media/original.ts';
import type { Project } from '../../project.ts';
import { type FileState, lintFrame } from './context.ts';
import { countFacts, writeFacts } from './facts.ts';
import { countStale, settleStale } from './store.ts';

export interface LintParams {
  /** Whether each file is looked for too; it is a look at the disk an image. */
  readonly files?: boolean;
}
/** Files looked for at a time. */
const LOOKS = 16;

export async function runLint(project: Project, params: LintParams, job: JobHandle): Promise<JobResult> {
  const { db } = project;
  job.progress(0, null);
  const facts = await countFacts(db, job.signal);
  writeFacts(db, facts);
  const files = params.files === true ? await lookForFiles(project, job) : new Map<number, FileState>();
  const frame = lintFrame(db, facts);
  const total = countStale(db, frame.rules);
  let done = 0;
  for await (const images of settleStale(db, frame, 0, files)) {
    job.signal.throwIfAborted();
    done += images;
    job.progress(done, Math.max(total, done));
  }
  project.notify({ topic: 'images', imageIds: 'all', by: null });
  const { findings, images } = sql(
    db,
    'SELECT count(*) AS findings, count(DISTINCT image_num) AS images FROM lint_finding WHERE dismissed = 0 AND image_num NOT IN (SELECT num FROM image WHERE excluded = 1)',
  ).get() as { findings: number; images: number };
  return { kind: 'lint', checked: done, findings, images };
}

/** Looks whether each file is there and holds the bytes that were imported; an image of which that changed is looked at anew. */
async function lookForFiles(project: Project, job: JobHandle): Promise<Map<number, FileState>> {
  const gone = new Map<number, FileState>();
  const { db } = project;
  for (let last = 0; ;) {
    job.signal.throwIfAborted();
    const files = imageFilesAfter(db, last, LOOKS);
    if (files.length === 0) return gone;
    last = files.at(-1)!.num;
    const states = await Promise.all(files.map((file) => stateOf(project, file, job.signal)));
    const changed = sql(db, "UPDATE lint_image SET file = ?, rules = '' WHERE image_num = ? AND file <> ?");
    files.forEach(({ num }, at) => states[at] !== 'there' && gone.set(num, states[at]!));
    db.transaction(() => files.forEach(({ num }, at) => changed.run(states[at], num, states[at])))();
  }
}
async function stateOf(project: Project, file: ImageFile, signal: AbortSignal): Promise<FileState> {
  if ((await checkOriginal(project, file, signal)) !== null) return 'there';
  const place = file.copied === 1 ? path.join(project.media.mediaFolder, file.path) : file.path;
  const found = await stat(place).catch(() => null);
  return found?.isFile() === true ? 'changed' : 'missing';
}
