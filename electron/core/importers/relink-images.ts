/** Finds images again whose files were moved: by size first, then by hash. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { JobResult } from '../../../shared/domain/job.ts';
import { type ImageFile, forgetFile, imageFilesAfter, missingFiles, placeImage, rememberFile } from '../db/files.ts';
import type { JobHandle, JobRunner } from '../jobs/runner.ts';
import { checkOriginal } from '../media/original.ts';
import { Refused } from '../media/refused.ts';
import type { Project } from '../project.ts';
import { copyOriginal } from './copy-original.ts';
import { walk } from './walk.ts';

export interface RelinkParams {
  readonly paths: readonly string[];
}
/** How many files are looked at side by side; each is one `stat`. */
const WIDTH = 16;

export const runRelink: JobRunner<RelinkParams> = async (project, params, job): Promise<JobResult> => {
  await lookForMissing(project, job);
  const wanted = bySize(missingFiles(project.db));
  let left = [...wanted.values()].reduce((sum, images) => sum + images.length, 0);
  let done = 0;
  let relinked = 0;
  const files = walk(params.paths, project.folder, job.signal);
  const work = async (): Promise<void> => {
    while (left > 0 && !job.signal.aborted) {
      const next = await files.next();
      if (next.done) return;
      if (next.value.path !== null && (await tryFile(project, wanted, next.value.path, next.value.name, job.signal))) {
        left--;
        relinked++;
      }
      job.progress(++done, null, next.value.name);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  if (relinked > 0) project.notify({ topic: 'images', imageIds: 'all', by: null });
  return { kind: 'relink', relinked, stillMissing: missingFiles(project.db).length };
};

/** Looks whether every image's file is where it was last seen. */
async function lookForMissing(project: Project, job: JobHandle): Promise<void> {
  for (let page = imageFilesAfter(project.db, 0, 500); page.length > 0; page = imageFilesAfter(project.db, page.at(-1)!.num, 500)) {
    for (let at = 0; at < page.length; at += WIDTH) {
      if (job.signal.aborted) return;
      await Promise.all(page.slice(at, at + WIDTH).map((image) => checkOriginal(project, image, job.signal)));
    }
  }
}

function bySize(images: readonly ImageFile[]): Map<number, ImageFile[]> {
  const sizes = new Map<number, ImageFile[]>();
  for (const image of images) {
    const same = sizes.get(image.sizeBytes);
    if (same) same.push(image);
    else sizes.set(image.sizeBytes, [image]);
  }
  return sizes;
}

/** Whether this file is one of the missing ones; if so it is put in its place. */
async function tryFile(project: Project, wanted: Map<number, ImageFile[]>, file: string, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { size } = await stat(file);
    if (!wanted.get(size)?.length) return false;
    const { sha256, mtimeMs } = await project.media.run('hash', { path: file }, signal);
    const image = wanted.get(size)?.find((candidate) => candidate.sha256 === sha256);
    if (image === undefined) return false;
    wanted.set(
      size,
      wanted.get(size)!.filter((candidate) => candidate !== image),
    );
    const copied = image.copied === 1;
    const at = copied ? await copyOriginal(path.join(project.folder, 'media'), file, image) : file;
    project.db.transaction(() => {
      if (!copied) forgetFile(project.db, image.path);
      placeImage(project.db, image.num, at, copied);
      rememberFile(project.db, { path: file, name, imageNum: image.num, sizeBytes: size, mtimeMs });
    })();
    return true;
  } catch (thrown) {
    if (signal.aborted || thrown instanceof Refused || (thrown as NodeJS.ErrnoException).code !== undefined) return false;
    throw thrown;
  }
}
