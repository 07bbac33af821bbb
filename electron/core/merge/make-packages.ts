/** Splits a project into one file a person. Without assignments the images that are still to be done are dealt out first, which one undo takes back. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { newId } from '../../../shared/domain/ids.ts';
import { PACKAGE_EXTENSION, type PackageInfo, type PackagesReport } from '../../../shared/domain/package.ts';
import { addRow } from '../../../shared/domain/row-ops.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { loadDoc } from '../db/docs.ts';
import { readMeta } from '../db/meta.ts';
import { DATABASE_FILE, type Db } from '../db/open.ts';
import { sql } from '../db/statement.ts';
import type { Edits } from '../edits.ts';
import type { JobHandle, JobRunner } from '../jobs/runner.ts';
import { originalName } from '../media/media-folder.ts';
import type { Project } from '../project.ts';
import { type CopyImage, filteredCopy, isHandedOut } from './filtered-copy.ts';
import { type PackageEntry, writePackage } from './package-file.ts';

export interface PackagesParams {
  readonly folder: string;
  /** Ids of people of the project. */
  readonly people: readonly string[];
  /** Whether the images' files go along; else each image is looked for where it lies now. */
  readonly originals: boolean;
}
interface Share {
  readonly person: { readonly id: string; readonly name: string };
  readonly images: readonly CopyImage[];
}

export const createPackagesRunner =
  (edits: Pick<Edits, 'change'>): JobRunner<PackagesParams> =>
  async (project, params, job) => {
    const people = params.people.map((id) => {
      const person = sql(project.db, 'SELECT id, name FROM person WHERE id = ?').get(id) as Share['person'] | undefined;
      if (!person) throw new AppError('not-found', `no person ${id}`, { key: 'no-person' });
      return person;
    });
    if (!sql(project.db, 'SELECT 1 FROM assignment LIMIT 1').get())
      await dealOut(
        project,
        edits,
        people.map(({ id }) => id),
      );
    const shares = people.map((person) => ({ person, images: imagesOf(project.db, person.id) })).filter(({ images }) => images.length > 0);
    if (shares.length === 0) throw new AppError('invalid', 'nobody has an image', { key: 'package-empty' });
    await handOut(project, edits, shares);
    await mkdir(params.folder, { recursive: true });
    const total = shares.reduce((sum, { images }) => sum + images.length * (params.originals ? 2 : 1), 0);
    const packages: PackagesReport['packages'][number][] = [];
    let done = 0;
    for (const share of shares) packages.push(await writeShare(project, params, share, job, () => job.progress(++done, total, share.person.name)));
    return { kind: 'packages', folder: params.folder, packages };
  };

/** Gives each image that nobody has finished to one person, in turn. */
async function dealOut(project: Project, edits: Pick<Edits, 'change'>, people: readonly string[]): Promise<void> {
  const ids = sql(project.db, "SELECT id FROM image WHERE excluded = 0 AND state IN ('todo', 'draft', 'returned') ORDER BY num").pluck().all() as string[];
  const turn = new Map(ids.map((id, index) => [id, people[index % people.length]!]));
  const part = (personId: string) =>
    addRow('assignment', { id: newId(), authorId: project.me.userId, personId, kind: 'annotate', blind: false, state: 'todo', createdAt: Date.now() });
  await edits.change(ids, newId(), (imageId) => [part(turn.get(imageId)!)], '');
}

const imagesOf = (db: Db, personId: string): CopyImage[] =>
  (
    sql(
      db,
      // Images with a reference are there to measure people: what stands on them is nobody's to see.
      `SELECT image.num, max(assignment.blind) OR EXISTS (SELECT 1 FROM gold WHERE gold.image_num = image.num) AS blind FROM assignment JOIN image ON image.num = assignment.image_num
       WHERE assignment.person_id = ? AND image.excluded = 0 GROUP BY image.num ORDER BY image.num`,
    ).all(personId) as { num: number; blind: number }[]
  ).map(({ num, blind }) => ({ num, blind: blind === 1 }));

/** An edit that gives an image to several people at once would tell each of the others: then each is told by an edit of their own. */
async function handOut(project: Project, edits: Pick<Edits, 'change'>, shares: readonly Share[]): Promise<void> {
  const { db } = project;
  for (const { person, images } of shares) {
    const parts = new Map<string, ReturnType<typeof addRow>[]>();
    for (const { num, blind } of images) {
      if (!blind) continue;
      const doc = loadDoc(db, num);
      const ops = doc.assignment.filter((part) => part.personId === person.id && !isHandedOut(db, num, part)).map((part) => addRow('assignment', part));
      if (ops.length > 0) parts.set(doc.status[0]!.id, ops);
    }
    if (parts.size > 0) await edits.change([...parts.keys()], newId(), (imageId) => parts.get(imageId)!, '');
  }
}

async function writeShare(
  project: Project,
  params: PackagesParams,
  share: Share,
  job: JobHandle,
  each: () => void,
): Promise<PackagesReport['packages'][number]> {
  const { person, images } = share;
  const work = path.join(project.folder, 'incoming', newId());
  try {
    const originals = params.originals ? originalsOf(project, images) : new Map<number, PackageEntry>();
    const places = new Map([...originals].map(([num, { name }]) => [num, name.slice('media/'.length)]));
    await filteredCopy(project.db, work, { personId: person.id, images, ownOnly: false, places }, job.signal, each);
    const info = packageInfo(project.db, 'package', person, images.length);
    const file = await freeName(params.folder, `${info.projectName} - ${person.name}`);
    const entries = [{ name: DATABASE_FILE, file: path.join(work, DATABASE_FILE) }, ...originals.values()];
    const sizeBytes = await writeWhole(file, (temporary) => writePackage(temporary, info, entries, job.signal, each));
    return { person: person.name, file, images: images.length, blind: images.filter(({ blind }) => blind).length, sizeBytes };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function originalsOf(project: Project, images: readonly CopyImage[]): Map<number, PackageEntry> {
  const entries = new Map<number, PackageEntry>();
  for (const { num } of images) {
    const row = sql(project.db, 'SELECT sha256, path, copied, format FROM image WHERE num = ?').get(num) as {
      sha256: string;
      path: string;
      copied: number;
      format: string;
    };
    const file = row.copied === 1 ? path.join(project.media.mediaFolder, ...row.path.split('/')) : row.path;
    const extension = /\.([a-z0-9]{1,5})$/i.exec(file)?.[1]?.toLowerCase() ?? 'img';
    // What is missing here is missing there too.
    if (existsSync(file)) entries.set(num, { name: `media/${originalName(row.sha256, extension)}`, file });
  }
  return entries;
}

/** What a package says of itself. */
export function packageInfo(db: Db, kind: PackageInfo['kind'], person: Share['person'], images: number): PackageInfo {
  return {
    format: 'pointillist-package',
    version: 1,
    kind,
    packageId: newId(),
    projectId: readMeta(db, 'id'),
    projectName: readMeta(db, 'name'),
    personId: person.id,
    personName: person.name,
    images,
    madeAt: Date.now(),
  };
}

/** A path below a folder that no file has yet. */
export async function freeName(folder: string, name: string): Promise<string> {
  const safe = Array.from(name, (letter) => (letter < ' ' || '\\/:*?"<>|'.includes(letter) ? '_' : letter))
    .join('')
    .replace(/^\.+/, '_')
    .slice(0, 120);
  for (let number = 1; ; number++) {
    const file = path.join(folder, `${safe}${number === 1 ? '' : ` ${number}`}.${PACKAGE_EXTENSION}`);
    if (!existsSync(file)) return file;
  }
}

/** Lets `write` make a file beside `to` and puts it in place when it is whole. */
export async function writeWhole<T>(to: string, write: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = `${to}.${newId()}.tmp`;
  try {
    const result = await write(temporary);
    await rename(temporary, to);
    return result;
  } catch (thrown) {
    await rm(temporary, { force: true });
    if ((thrown as NodeJS.ErrnoException).code === 'ENOSPC') throw new AppError('unavailable', 'no room', { key: 'disk-full' });
    throw thrown;
  }
}
