/** A project in a temporary folder with real workers, for tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId } from '../../../shared/domain/ids.ts';
import type { ChangeNotice } from '../../../shared/rpc/contract.ts';
import { openDatabase } from '../db/open.ts';
import { createEncoderProcess } from '../encoder/encoder-process.ts';
import type { CoreHost, WorkerEntry, WorkerProcess } from '../host.ts';
import type { Project } from '../project.ts';
import { nodeSpawn } from './node-spawn.ts';
import { createModelProcess } from '../model-process.ts';
import type { ReaderTasks } from '../reading/messages.ts';
import { createMediaPool } from './pool.ts';

export interface TestProject extends Project {
  /** A folder for the test's own files, beside the project's. */
  readonly files: string;
  readonly notices: ChangeNotice[];
  readonly logged: string[];
  /** Every worker process that was started, the newest last. */
  readonly workers: WorkerProcess[];
  /** What each of them is. */
  readonly entries: WorkerEntry[];
  close(): Promise<void>;
}

export async function testProject(): Promise<TestProject> {
  const root = await mkdtemp(path.join(tmpdir(), 'pointillist-test-'));
  const folder = path.join(root, 'project');
  const { db } = openDatabase(folder, true);
  const notices: ChangeNotice[] = [];
  const logged: string[] = [];
  const workers: WorkerProcess[] = [];
  const entries: WorkerEntry[] = [];
  const host: CoreHost = {
    program: 'cli',
    version: '0',
    settingsFolder: root,
    projectsFolder: root,
    assetsFolder: root,
    bundledEncodersFolder: null,
    spawn: (entry) => {
      const worker = nodeSpawn(entry);
      workers.push(worker);
      entries.push(entry);
      return worker;
    },
    log: (message) => void logged.push(message),
  };
  const media = createMediaPool({ host, mediaFolder: path.join(folder, 'media') });
  const encoder = createEncoderProcess({ host });
  const reader = createModelProcess<ReaderTasks>({ host, entry: 'ocr-worker', key: 'reader-process' });
  return {
    folder,
    files: path.join(root, 'files'),
    db,
    host,
    me: { userId: newId(), deviceId: newId() },
    media,
    encoder,
    reader,
    notices,
    logged,
    workers,
    entries,
    info: () => ({ id: newId(), name: 'test', folder, createdAt: 0, images: 0, seq: 0, risky: null }),
    notify: (notice) => void notices.push(notice),
    async close() {
      await media.close();
      await encoder.close();
      await reader.close();
      if (db.open) db.close();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
