/** The export job: one state of the project into a new folder that appears only when it is whole and has been read back. */
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Format } from '../../../shared/formats/format.ts';
import { formats } from '../../../shared/formats/formats.ts';
import { type ExportOptions, exportOptionsSchema } from '../../../shared/formats/options.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Release } from '../../../shared/domain/release.ts';
import { lastSeq } from '../db/events.ts';
import { storedJob, updateJob } from '../db/jobs.ts';
import { type Db, openSnapshot } from '../db/open.ts';
import { readSettings } from '../db/settings.ts';
import type { JobHandle, JobRunner } from '../jobs/runner.ts';
import { scratchBase } from '../media/media-folder.ts';
import type { MediaPool } from '../media/pool.ts';
import type { Project } from '../project.ts';
import { releaseByName, releaseDatasheet, releaseGroups } from '../releases.ts';
import { cardFor } from './card.ts';
import { croissantFor } from './croissant.ts';
import { embed, type UprightBytes } from './embed.ts';
import { withoutHeld } from './held.ts';
import { exportItems, imageFile } from './items.ts';
import { openImageFiles } from './image-files.ts';
import { JOURNAL, Leftover, type LeftoverKey, StaleLeftover } from './leftover.ts';
import { MANIFEST, type Manifest } from './manifest.ts';
import { syncFolder, writeWhole } from './out-file.ts';
import { discardPartial, partialFolder, preparePartial, withPartial } from './partial-folders.ts';
import { type Plan, planExport } from './plan.ts';
import { nearGroups, splitKeys } from './split-keys.ts';
import { ReadBackError, type SplitLimits } from './split-writer.ts';
import { type Written, writeExport } from './write-export.ts';

export interface ExportParams extends Partial<ExportOptions> {
  readonly profile: ExportProfile;
  /** The project's exports folder where null. */
  readonly folder: string | null;
  /** Name of a release; the project as it is now where null. */
  readonly release?: string | null;
}
/** What tests set: a maker of upright images, small files. */
export interface ExportTools {
  readonly uprightBytes: UprightBytes;
  readonly limits?: Partial<SplitLimits>;
  /** From how many images on they are read in a thread. */
  readonly fewImages?: number;
}
/** Fewer are read here: the start of a thread takes as long as 100 small files. */
const FEW_IMAGES = 100;
type Result = Extract<Awaited<ReturnType<JobRunner>>, { kind: 'export' }>;

export const runExport: JobRunner<ExportParams> = (project, params, job) =>
  exportProject(project, params, job, { uprightBytes: uprightBy(project.media, project.folder, job.signal) });

/** Upright copies made by the media workers, so that a file that crashes a decoder is only left out. */
export function uprightBy(media: Pick<MediaPool, 'run'>, projectFolder: string, signal?: AbortSignal): UprightBytes {
  return async (_image, file, { maxSidePx, quality }) => {
    const rendered = await media.run('upright', { path: file, to: scratchBase(projectFolder), maxSidePx, quality }, signal);
    if (rendered === null) return null;
    try {
      return await readFile(rendered.path);
    } finally {
      await rm(rendered.path, { force: true });
    }
  };
}

export async function exportProject(
  project: Pick<Project, 'folder' | 'host' | 'info'>,
  params: ExportParams,
  job: JobHandle,
  tools: ExportTools,
): Promise<Result> {
  const target = path.resolve(params.folder ?? path.join(project.folder, 'exports'));
  const partial = partialFolder(target, job.id);
  const snapshot = openSnapshot(project.folder);
  try {
    return await withPartial(partial, async () => {
      job.progress(0, null);
      const wish = await wishOf(snapshot, params, job.signal);
      const key = keyOf(project, snapshot, wish, tools);
      await preparePartial(target, partial, key, wish.plan.imageBytes);
      job.progress(0, wish.plan.images);
      const written = await writeWish(project, snapshot, wish, partial, key, job, tools);
      return await finishExport(project, snapshot, wish, partial, target, written, job.signal);
    });
  } catch (thrown) {
    throw explain(thrown, target);
  } finally {
    snapshot.close();
  }
}

/** Takes away what a stopped export keeps, and says so of its job. Throws AppError `no-job`, `job-running`. */
export async function discardExport({ db, folder, notify }: Pick<Project, 'db' | 'folder' | 'notify'>, jobId: string): Promise<number> {
  const stored = storedJob(db, jobId);
  if (stored?.job.kind !== 'export') throw new AppError('not-found', `no job ${jobId}`, { key: 'no-job' });
  const { folder: target } = stored.params as ExportParams;
  const sizeBytes = await discardPartial(path.resolve(target ?? path.join(folder, 'exports')), jobId);
  updateJob(db, { ...stored.job, done: 0, total: null });
  notify({ topic: 'jobs' });
  return sizeBytes;
}

/** What is to be exported, checked and counted. */
interface Wish {
  readonly profile: ExportProfile;
  readonly format: Format;
  readonly options: ExportOptions;
  readonly release: Release | null;
  readonly plan: Plan;
}
async function wishOf(snapshot: Db, params: ExportParams, signal: AbortSignal): Promise<Wish> {
  const { profile, folder: _folder, release: name = null, ...given } = params;
  const format = formats[profile];
  const options = exportOptionsSchema.parse(given);
  if (options.images === 'reference' && format.images !== 'files') {
    throw new AppError('invalid', `${profile} needs the images themselves`, { key: 'export-no-reference' });
  }
  const release = name === null ? null : releaseByName(snapshot, name);
  const keys = splitKeys(snapshot, release ? releaseGroups(snapshot, release.id) : nearGroups(snapshot), options.keepFolders);
  const fixed = options.validation === null ? null : keys.fixed(options.validation);
  if (fixed && fixed.unknown > 0) throw new AppError('invalid', 'listed images are not in the project', { key: 'export-unknown-images', count: fixed.unknown });
  const split = { share: options.validationShare, seed: options.seed, fixed: fixed?.keys ?? null };
  const plan = await planExport(withoutHeld(snapshot, exportItems(snapshot, options, release), options.findings), format, split, keys, signal);
  if (plan.images === 0) throw new AppError('invalid', 'nothing to export', { key: 'export-empty' });
  return { profile, format, options, release, plan };
}

function keyOf(project: Pick<Project, 'host' | 'info'>, snapshot: Db, { profile, options, release }: Wish, tools: ExportTools): LeftoverKey {
  const same = { app: project.host.version, profile, options, release: release?.contentHash ?? null, limits: tools.limits ?? null };
  return { same: JSON.stringify(same), project: project.info().id, seq: release?.seq ?? lastSeq(snapshot) };
}

/** Writes all files, going on from what an earlier run finished. What can be gone on with again is kept when it fails, all else is taken away. */
async function writeWish(
  project: Pick<Project, 'folder' | 'info'>,
  snapshot: Db,
  { format, options, release, plan }: Wish,
  partial: string,
  key: LeftoverKey,
  job: JobHandle,
  tools: ExportTools,
): Promise<Written> {
  for (let withRows = true; ; withRows = false) {
    const leftover = await Leftover.open(partial, key, job.signal, withRows);
    const imageFiles = plan.images < (tools.fewImages ?? FEW_IMAGES) ? null : openImageFiles(format.images !== 'rows');
    try {
      return await writeExport({
        format,
        name: project.info().name,
        folder: partial,
        plan,
        items: withoutHeld(snapshot, exportItems(snapshot, options, release), options.findings),
        embed: (item) => embed(item.image, imageFile(snapshot, project.folder, item.image), tools.uprightBytes, options, imageFiles?.read),
        imageFiles,
        signal: job.signal,
        progress: (done, current) => job.progress(done, plan.images, current),
        leftover,
        ...(tools.limits && { limits: tools.limits }),
      });
    } catch (thrown) {
      if (thrown instanceof StaleLeftover && withRows) continue;
      if (!leftover.isWorthKeeping || !canGoOn(thrown, job.signal)) await rm(partial, { recursive: true, force: true }).catch(() => {});
      throw thrown;
    } finally {
      await imageFiles?.close();
    }
  }
}

/** Whether it was stopped by a person or the machine, not by anything in the export. */
const canGoOn = (thrown: unknown, signal: AbortSignal) => signal.aborted || typeof (thrown as NodeJS.ErrnoException | null)?.syscall === 'string';

async function finishExport(
  project: Pick<Project, 'host' | 'info'>,
  snapshot: Db,
  wish: Wish,
  partial: string,
  target: string,
  written: Written,
  signal: AbortSignal,
): Promise<Result> {
  if (written.images === 0) {
    await rm(partial, { recursive: true, force: true });
    throw new AppError('invalid', 'no image could be read', { key: 'export-no-images', images: wish.plan.images });
  }
  const manifest = await describe(project, snapshot, wish, partial, written);
  signal.throwIfAborted();
  await written.place();
  await rm(path.join(partial, JOURNAL), { force: true });
  await syncFolder(partial);
  const folder = await publish(partial, target, [slug(manifest.project.name), ...(wish.release === null ? [] : [wish.release.name]), wish.profile].join('-'));
  return {
    kind: 'export',
    folder,
    rows: Object.fromEntries(Object.entries(written.rows).map(([table, rows]) => [table, Object.values(rows).reduce((sum, n) => sum + n, 0)])),
    images: written.images,
    sizeBytes: manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    skipped: written.skipped,
  };
}

async function describe(
  project: Pick<Project, 'host' | 'info'>,
  snapshot: Db,
  { format, ...chosen }: Wish,
  partial: string,
  written: Written,
): Promise<Manifest> {
  const { id, name } = project.info();
  const base: Omit<Manifest, 'files'> = {
    format: 'pointillist-export',
    version: 2,
    app: { name: 'pointillist', version: project.host.version },
    project: { id, name, seq: chosen.release?.seq ?? lastSeq(snapshot) },
    release: chosen.release && { name: chosen.release.name, contentHash: chosen.release.contentHash },
    options: { profile: chosen.profile, ...chosen.options },
    images: written.images,
    rows: written.rows,
    findings: written.findings,
  };
  const datasheet = chosen.release ? releaseDatasheet(snapshot, chosen.release.id) : readSettings(snapshot).datasheet;
  const facts = { format, manifest: base, written, datasheet, date: dateOf(snapshot, chosen.release) };
  const card = await writeWhole(path.join(partial, 'README.md'), cardFor(facts));
  const croissant = await writeWhole(path.join(partial, 'croissant.json'), croissantFor(facts));
  const about = [
    { path: 'README.md', ...card },
    { path: 'croissant.json', ...croissant },
  ];
  const manifest: Manifest = { ...base, files: [...written.files, ...about].sort((a, b) => (a.path < b.path ? -1 : 1)) };
  await writeWhole(path.join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The day of the release, or of the last edit: never today's, so that the same state is the same bytes. */
function dateOf(snapshot: Db, release: Release | null): string {
  const last = (snapshot.prepare('SELECT max(at) FROM event').pluck().get() as number | null) ?? 0;
  return new Date(release?.createdAt ?? last).toISOString().slice(0, 10);
}

/** Gives the folder its name, the next free one. */
async function publish(partial: string, target: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = path.join(target, number === 1 ? name : `${name}-${number}`);
    if (existsSync(folder)) continue;
    await rename(partial, folder);
    await syncFolder(target);
    return folder;
  }
}

/** A name that every file system takes; letters of any script stay. */
function slug(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return [...plain].slice(0, 40).join('') || 'project';
}

function explain(thrown: unknown, folder: string): unknown {
  if (thrown instanceof ReadBackError) return new AppError('internal', thrown.message, { key: 'export-read-back', file: thrown.file });
  const code = (thrown as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('unavailable', 'the disk is full', { key: 'disk-full', folder, neededMb: null, freeMb: null });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return new AppError('forbidden', 'the export folder cannot be written', { key: 'export-folder-not-writable', folder });
  }
  return thrown;
}
