/** The state of a running core: who the person is and which project is open. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { newId } from '../../shared/domain/ids.ts';
import type { ProjectInfo } from '../../shared/domain/project.ts';
import type { ChangeNotice } from '../../shared/rpc/contract.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { noteAttention } from './attention.ts';
import { createAssignRunner } from './assign.ts';
import type { App, OpenProject, OpenOutcome } from './context.ts';
import { onVectors } from './db/embeddings.ts';
import { lastSeq } from './db/events.ts';
import { readMeta, writeMeta } from './db/meta.ts';
import { DATABASE_FILE, openDatabase } from './db/open.ts';
import { putPerson } from './db/people.ts';
import { hasSetting, writeSettings } from './db/settings.ts';
import { sql } from './db/statement.ts';
import { createEdits } from './edits.ts';
import { createFigures } from './quality/figures/figures.ts';
import { createLint, type Lint } from './quality/lint/lint.ts';
import { runLint } from './quality/lint/run-lint.ts';
import type { CoreHost } from './host.ts';
import { createEncoderProcess } from './encoder/encoder-process.ts';
import { createIndexing, createIndexRunner } from './encoder/indexing.ts';
import { createLibrary } from './encoder/library.ts';
import { createHub } from './hub.ts';
import type { AnnotationsParams } from './importers/import-annotations.ts';
import { type ImportParams, runImport } from './importers/import-images.ts';
import { runRelink } from './importers/relink-images.ts';
import type { DownloadParams } from './encoder/download/run-download.ts';
import type { ExportParams } from './exporters/run-export.ts';
import { createJobs } from './jobs/jobs.ts';
import type { JobRunner, JobRunners } from './jobs/runner.ts';
import { lockProject } from './lock.ts';
import { createMadeSpace } from './media/made-space.ts';
import { createMediaPool } from './media/pool.ts';
import type { PackagesParams } from './merge/make-packages.ts';
import type { MergeParams } from './merge/run-merge.ts';
import { createModelProcess } from './model-process.ts';
import type { ReaderTasks } from './reading/messages.ts';
import { readInBackground, runOcr } from './reading/run-ocr.ts';
import { runRelease } from './releases.ts';
import { runDuplicates } from './search/run-duplicates.ts';
import { createSearchProcess } from './search/search-process.ts';
import { createSimilar } from './search/similar.ts';
import { startActing } from './people.ts';
import { createProposals } from './proposals/proposals.ts';
import { createProposalSource } from './proposals/source.ts';
import { type Profile, loadMediaLimit, loadProfile, noteRecent, saveProfile } from './settings.ts';
import { runVerify } from './verify.ts';

/** Loaded when somebody exports: Arrow and parquet take a quarter of the core's start. */
const runExport: JobRunner<ExportParams> = async (...run) => (await import('./exporters/run-export.ts')).runExport(...run);

/** Folders that are synchronised behind a program's back; a live database can be damaged there. */
const SYNCED = /[/\\](dropbox|onedrive|google drive|googledrive|icloud|mobile documents|nextcloud|syncthing)[^/\\]*[/\\]/i;

export function createApp(host: CoreHost): App {
  mkdirSync(host.settingsFolder, { recursive: true });
  const changes = createHub<ChangeNotice>(mergeNotices);
  let profile: Profile = loadProfile(host.settingsFolder);
  const encoder = createEncoderProcess({ host });
  const encoders = createLibrary({
    settingsFolder: host.settingsFolder,
    bundledFolder: host.bundledEncodersFolder,
    run: (kind, input, signal) => encoder.run(kind, input, signal),
    log: host.log,
  });
  /** Loaded when somebody downloads. */
  const runEncoderDownload: JobRunner<DownloadParams> = async (_project, params, job) =>
    (await import('./encoder/download/run-download.ts')).runDownload(encoders, params, job);
  const runIndex = createIndexRunner((id) => encoders.find(id));
  /** New images are indexed once they are in. */
  const importAndIndex: JobRunner<ImportParams> = async (...run) => {
    const result = await runImport(...run);
    indexByItself('changed');
    return result;
  };
  let current: OpenProject | null = null;

  /** A command that opens a project for a moment starts nothing. */
  function indexByItself(when: 'opened' | 'changed'): void {
    if (host.program !== 'cli') current?.indexing.auto(when).catch((thrown: unknown) => host.log('indexing by itself', thrown));
  }

  /** Search and proposals work from the first start: until a lead says otherwise, a project uses the encoder that came with the app. */
  async function useBundledEncoder(project: OpenProject): Promise<void> {
    if (host.program === 'cli' || hasSetting(project.db, 'encoder')) return;
    const bundled = (await encoders.list()).find((encoder) => encoder.bundled);
    if (!bundled || current !== project || hasSetting(project.db, 'encoder')) return;
    writeSettings(project.db, { encoder: { id: bundled.id, autoIndex: true } });
    changes.publish({ topic: 'project' });
  }

  async function close(): Promise<void> {
    const closing = current;
    current = null;
    await closing?.close();
  }

  async function open(folder: string, create?: { name: string }): Promise<OpenOutcome> {
    const absolute = path.resolve(folder);
    const exists = existsSync(path.join(absolute, DATABASE_FILE));
    if (create) {
      if (exists) throw new AppError('conflict', 'there is a project in this folder already', { key: 'project-exists', folder: absolute });
      if (existsSync(absolute) && readdirSync(absolute).length > 0)
        throw new AppError('conflict', 'the folder is not empty', { key: 'folder-not-empty', folder: absolute });
    } else if (!exists) {
      throw new AppError('not-found', 'no project in this folder', { key: 'not-a-project', folder: absolute });
    }
    if (current?.folder === absolute) return { status: 'opened', project: current.info(), backup: null };
    const lock = writable(absolute, () => lockProject(absolute, profile.name, host.program));
    if ('holder' in lock) return { status: 'held', holder: lock.holder };
    try {
      const { db, backup } = openDatabase(absolute, create !== undefined);
      try {
        if (create) {
          writeMeta(db, 'id', newId());
          writeMeta(db, 'name', create.name);
          writeMeta(db, 'created_at', String(Date.now()));
        }
        const opened = start(absolute, db, () => lock.release());
        await close();
        current = opened;
        noteRecent(host.settingsFolder, { name: opened.info().name, folder: absolute });
        changes.publish({ topic: 'project' });
        // The window is made now, and its image opened.
        if (host.program !== 'cli') noteAttention(opened.db);
        readInBackground(opened);
        useBundledEncoder(opened)
          .then(() => indexByItself('opened'))
          .catch((thrown: unknown) => host.log('choosing the encoder', thrown));
        return { status: 'opened', project: opened.info(), backup };
      } catch (thrown) {
        db.close();
        throw thrown;
      }
    } catch (thrown) {
      lock.release();
      throw thrown;
    }
  }

  function start(folder: string, db: OpenProject['db'], release: () => void): OpenProject {
    const me = startActing(db, host, profile, readMeta(db, 'id'));
    const info = (): ProjectInfo => ({
      id: readMeta(db, 'id'),
      name: readMeta(db, 'name'),
      folder,
      createdAt: Number(readMeta(db, 'created_at')),
      images: (sql(db, 'SELECT count(*) AS n FROM image').get() as { n: number }).n,
      seq: lastSeq(db),
      risky: SYNCED.test(`${folder}/`) ? 'synced' : null,
    });
    const media = createMediaPool({ host, mediaFolder: path.join(folder, 'media') });
    // 280 MB while it reads, and there again in half a second; longer than a job waits for the screen (4 s).
    const reader = createModelProcess<ReaderTasks>({ host, entry: 'ocr-worker', key: 'reader-process', idleMs: 5000 });
    const figures = createFigures(db, host.program !== 'cli', host.log);
    let lint: Lint | null = null;
    const notify = (notice: ChangeNotice): void => {
      if (notice.topic === 'images') figures.changed();
      lint?.noticed(notice);
      changes.publish(notice);
    };
    const base = { folder, db, host, me, media, encoder, reader, info, notify };
    const search = createSearchProcess(host, folder);
    onVectors(db, (encoderNum, nums) => search.added(encoderNum, nums));
    const similar = createSimilar(base, search, (id) => encoders.find(id));
    const runNear: JobRunner = async (_project, _params, job) => runDuplicates(base, search, await similar.space(), job);
    const edits = createEdits(base);
    const made = createLint(base, edits, host.program !== 'cli');
    lint = made;
    /** Loaded when somebody imports annotations. */
    const runAnnotations: JobRunner<AnnotationsParams> = async (...run) => {
      const result = await (await import('./importers/import-annotations.ts')).createAnnotationsRunner(edits)(...run);
      indexByItself('changed');
      return result;
    };
    const runMerge: JobRunner<MergeParams> = async (...run) => (await import('./merge/run-merge.ts')).createMergeRunner(edits)(...run);
    const runPackages: JobRunner<PackagesParams> = async (...run) => (await import('./merge/make-packages.ts')).createPackagesRunner(edits)(...run);
    const runners: JobRunners = {
      import: importAndIndex,
      relink: runRelink,
      export: runExport,
      verify: runVerify,
      download: runEncoderDownload,
      ocr: runOcr,
      embed: runIndex,
      duplicates: runNear,
      release: runRelease,
      annotations: runAnnotations,
      assign: createAssignRunner(edits),
      lint: runLint,
      merge: runMerge,
      packages: runPackages,
    };
    const jobs = createJobs(base, runners);
    const space = createMadeSpace({ projectFolder: folder, limitBytes: () => loadMediaLimit(host.settingsFolder), log: host.log });
    return {
      ...base,
      become: (personId) => me.become(personId),
      space,
      edits,
      figures,
      lint: made,
      jobs,
      indexing: createIndexing(base, jobs, (id) => encoders.find(id)),
      similar,
      proposals: createProposals({ ...base, edits }, createProposalSource(base, encoders)),
      close: async () => {
        figures.close();
        made.close();
        search.close();
        await jobs.close();
        await media.close();
        await reader.close();
        await space.close();
        db.pragma('wal_checkpoint(TRUNCATE)');
        db.close();
        release();
      },
    };
  }

  return {
    host,
    changes,
    encoder,
    encoders,
    get profile() {
      return profile;
    },
    rename(personId, name) {
      if (personId === profile.userId) {
        profile = { ...profile, name };
        saveProfile(host.settingsFolder, profile);
      }
      if (current) putPerson(current.db, { id: personId, name });
      changes.publish({ topic: 'people' });
    },
    project() {
      if (!current) throw new AppError('unavailable', 'no project is open', { key: 'no-project' });
      return current;
    },
    get current() {
      return current;
    },
    open,
    async close() {
      await close();
      changes.publish({ topic: 'project' });
    },
    async end() {
      await close();
      await encoder.close();
    },
  };
}

function writable<T>(folder: string, use: () => T): T {
  try {
    return use();
  } catch (thrown) {
    const code = (thrown as { code?: string }).code ?? '';
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code) || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
      throw new AppError('forbidden', 'the folder cannot be written', { key: 'not-writable', folder });
    }
    throw thrown;
  }
}

/** Folds notices that wait for a slow client: it will read everything again anyway. */
function mergeNotices(last: ChangeNotice, next: ChangeNotice): ChangeNotice | null {
  if (last.topic !== next.topic) return null;
  if (last.topic !== 'images' || next.topic !== 'images') return next;
  if (last.by !== next.by) return null;
  const all = last.imageIds === 'all' || next.imageIds === 'all' || last.imageIds.length + next.imageIds.length > 1000;
  return { topic: 'images', by: next.by, imageIds: all ? 'all' : [...(last.imageIds as string[]), ...(next.imageIds as string[])] };
}
