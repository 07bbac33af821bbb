/** A project of rows without files, and copies of it as folders, for tests of merging. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { newId } from '../../../shared/domain/ids.ts';
import { sql } from '../db/statement.ts';
import { DATABASE_FILE, type Db, openDatabase } from '../db/open.ts';
import { writeMeta } from '../db/meta.ts';
import { createEdits, type Edits } from '../edits.ts';
import type { JobHandle } from '../jobs/runner.ts';
import type { Project } from '../project.ts';
import { addImageRow, tempFolder } from '../testing/temp-project.ts';
import { createMergeRunner } from './run-merge.ts';

export interface TestCopy {
  readonly folder: string;
  readonly db: Db;
  readonly project: Project;
  readonly edits: Edits;
  readonly me: { readonly userId: string; readonly deviceId: string };
}

export const noJob = (signal?: AbortSignal): JobHandle => ({ id: newId(), signal: signal ?? new AbortController().signal, progress: () => {} });

/** Opens a copy as a person works on it. */
export function openCopy(folder: string, name: string, create = false, me = { userId: newId(), deviceId: newId() }): TestCopy {
  const { db } = openDatabase(folder, create);
  sql(db, 'INSERT OR IGNORE INTO person (id, name, role) VALUES (?, ?, ?)').run(me.userId, name, create ? 'lead' : 'annotator');
  const project = { folder, db, me, notify: () => {}, media: { mediaFolder: path.join(folder, 'media') } } as unknown as Project;
  return { folder, db, project, edits: createEdits(project), me };
}

/** A new project with images that have rows and no files. */
export function newCopy(images: number): { copy: TestCopy; imageIds: string[] } {
  const copy = openCopy(tempFolder(), 'Lead', true);
  writeMeta(copy.db, 'id', newId());
  writeMeta(copy.db, 'name', 'Test');
  writeMeta(copy.db, 'created_at', '1');
  return { copy, imageIds: Array.from({ length: images }, (_, n) => addImageRow(copy.db, `photo-${n}.jpg`)) };
}

/** A copy of the folder as it is now, for another person. */
export function branch(copy: TestCopy, name: string): TestCopy {
  copy.db.pragma('wal_checkpoint(TRUNCATE)');
  const folder = tempFolder();
  cpSync(path.join(copy.folder, DATABASE_FILE), path.join(folder, DATABASE_FILE));
  return openCopy(folder, name);
}

/** Runs the merge job to its end. */
export const merge = (into: TestCopy, from: string, signal?: AbortSignal) => createMergeRunner(into.edits)(into.project, { path: from }, noJob(signal));
