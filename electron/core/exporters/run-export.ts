/** The export job: one state of the project into a new folder that appears only when it is whole and has been read back. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Format } from '../../../shared/formats/format.ts';
import { formats } from '../../../shared/formats/formats.ts';
import { type ExportOptions, exportOptionsSchema } from '../../../shared/formats/options.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Release } from '../../../shared/domain/release.ts';
import { lastSeq } from '../db/events.ts';
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
import { exportItems, imageFile } from './items.ts';
import { MANIFEST, type Manifest } from './manifest.ts';
import { syncFolder, writeWhole } from './out-file.ts';
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
}
type Result = Extract<Awaited<ReturnType<JobRunner>>, { kind: 'export' }>;

const PARTIAL = '.partial-';
/** Folders being written by this process; others of that name were left by one that died. */
const writing = new Set<string>();

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
  const partial = path.join(target, `${PARTIAL}${job.id}`);
  const snapshot = openSnapshot(project.folder);
  writing.add(partial);
  try {
    job.progress(0, null);
    const format = formats[params.profile];
    const { profile: _profile, folder: _folder, release: name = null, ...given } = params;
    const options = exportOptionsSchema.parse(given);
    if (options.images === 'reference' && format.images !== 'files') {
      throw new AppError('invalid', `${params.profile} needs the images themselves`, { key: 'export-no-reference' });
    }
    const release = name === null ? null : releaseByName(snapshot, name);
    const keys = splitKeys(snapshot, release ? releaseGroups(snapshot, release.id) : nearGroups(snapshot), options.keepFolders);
    const fixed = options.validation === null ? null : keys.fixed(options.validation);
    if (fixed && fixed.unknown > 0)
      throw new AppError('invalid', 'listed images are not in the project', { key: 'export-unknown-images', count: fixed.unknown });
    const split = { share: options.validationShare, seed: options.seed, fixed: fixed?.keys ?? null };
    const plan = await planExport(exportItems(snapshot, options, release), format, split, keys, job.signal);
    if (plan.images === 0) throw new AppError('invalid', 'nothing to export', { key: 'export-empty' });
    await prepare(target, plan);
    await mkdir(partial);
    job.progress(0, plan.images);
    const written = await writeExport({
      format,
      name: project.info().name,
      folder: partial,
      plan,
      items: exportItems(snapshot, options, release),
      embed: (item) => embed(item.image, imageFile(snapshot, project.folder, item.image), tools.uprightBytes, options),
      signal: job.signal,
      progress: (done, current) => job.progress(done, plan.images, current),
      ...(tools.limits && { limits: tools.limits }),
    });
    if (written.images === 0) throw new AppError('invalid', 'no image could be read', { key: 'export-no-images', images: plan.images });
    const manifest = await describe(project, snapshot, { profile: params.profile, options, release }, format, partial, written);
    job.signal.throwIfAborted();
    const folder = await publish(partial, target, [slug(manifest.project.name), ...(name === null ? [] : [name]), params.profile].join('-'));
    return {
      kind: 'export',
      folder,
      rows: Object.fromEntries(Object.entries(written.rows).map(([table, rows]) => [table, Object.values(rows).reduce((sum, n) => sum + n, 0)])),
      images: written.images,
      sizeBytes: manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0),
      skipped: written.skipped,
    };
  } catch (thrown) {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    throw explain(thrown, target);
  } finally {
    writing.delete(partial);
    snapshot.close();
  }
}

/** Makes the target folder, takes away what a process that died left in it, and asks whether the export can fit. */
async function prepare(target: string, plan: Plan): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of await readdir(target)) {
    const left = path.join(target, name);
    if (name.startsWith(PARTIAL) && !writing.has(left)) await rm(left, { recursive: true, force: true });
  }
  const { bavail, bsize } = await statfs(target);
  const freeBytes = bavail * bsize;
  if (plan.imageBytes > freeBytes) {
    throw new AppError('unavailable', 'not enough room on the disk', { key: 'disk-full', folder: target, ...inMegabytes(plan.imageBytes, freeBytes) });
  }
}
const inMegabytes = (needed: number, free: number) => ({ neededMb: Math.ceil(needed / 1e6), freeMb: Math.floor(free / 1e6) });

async function describe(
  project: Pick<Project, 'host' | 'info'>,
  snapshot: Db,
  chosen: { readonly profile: ExportProfile; readonly options: ExportOptions; readonly release: Release | null },
  format: Format,
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
  await syncFolder(partial);
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
