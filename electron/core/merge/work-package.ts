/** A package as a project: opening it makes (or adds to) a project folder under its person's name, handing in writes their events into a file. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '../../../shared/domain/ids.ts';
import type { PackageInfo } from '../../../shared/domain/package.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { writeMeta } from '../db/meta.ts';
import { DATABASE_FILE, openDatabase, openReader } from '../db/open.ts';
import { sql } from '../db/statement.ts';
import type { Project } from '../project.ts';
import { filteredCopy } from './filtered-copy.ts';
import { freeName, packageInfo, writeWhole } from './make-packages.ts';
import { readPackageInfo, writePackage } from './package-file.ts';
import { notePackage, packageOf } from './package-of.ts';

/** The folder of the project for this package: the one that an earlier package of the same person and project made, or a new one with nothing in it yet. */
export async function folderForPackage(file: string, projectsFolder: string): Promise<{ folder: string; info: PackageInfo }> {
  const info = await readPackageInfo(file);
  if (info.kind === 'returned') throw new AppError('invalid', 'work that was handed in', { key: 'package-is-returned', name: info.personName });
  await mkdir(projectsFolder, { recursive: true });
  for (const name of readdirSync(projectsFolder)) {
    const known = knownPackage(path.join(projectsFolder, name));
    if (known?.projectId === info.projectId && known.personId === info.personId) return { folder: path.join(projectsFolder, name), info };
  }
  const folder = (await freeName(projectsFolder, `${info.projectName} - ${info.personName}`)).replace(/\.[^.]+$/, '');
  if (existsSync(folder)) throw new AppError('conflict', 'the folder is not empty', { key: 'folder-not-empty', folder });
  try {
    const { db } = openDatabase(folder, true);
    db.transaction(() => {
      writeMeta(db, 'id', info.projectId);
      writeMeta(db, 'name', info.projectName);
      writeMeta(db, 'created_at', String(info.madeAt));
      notePackage(db, info);
      sql(db, 'INSERT INTO person (id, name) VALUES (?, ?)').run(info.personId, info.personName);
    })();
    db.close();
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
  return { folder, info };
}

function knownPackage(folder: string): PackageInfo | null {
  if (!existsSync(path.join(folder, DATABASE_FILE))) return null;
  try {
    const db = openReader(folder);
    try {
      return packageOf(db);
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

/** Writes what the person of this package did into a file below `folder`. */
export async function handIn(project: Project, folder: string, signal: AbortSignal): Promise<{ file: string; images: number; events: number }> {
  const { db } = project;
  const own = packageOf(db);
  if (!own) throw new AppError('invalid', 'no package', { key: 'not-a-work-package' });
  const person = { id: own.personId, name: own.personName };
  const nums = sql(db, 'SELECT DISTINCT image_num FROM event WHERE user_id = ? ORDER BY image_num').pluck().all(person.id) as number[];
  if (nums.length === 0) throw new AppError('invalid', 'nothing was done', { key: 'hand-in-empty' });
  const events = sql(db, 'SELECT count(*) FROM event WHERE user_id = ?').pluck().get(person.id) as number;
  const work = path.join(project.folder, 'incoming', newId());
  try {
    const images = nums.map((num) => ({ num, blind: true }));
    await filteredCopy(db, work, { personId: person.id, images, ownOnly: true, places: new Map() }, signal, () => {});
    await mkdir(folder, { recursive: true });
    const info = packageInfo(db, 'returned', person, nums.length);
    const file = await freeName(folder, `${info.projectName} - ${person.name} - ${new Date(info.madeAt).toISOString().slice(0, 10)}`);
    await writeWhole(file, (temporary) => writePackage(temporary, info, [{ name: DATABASE_FILE, file: path.join(work, DATABASE_FILE) }], signal, () => {}));
    return { file, images: nums.length, events };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
