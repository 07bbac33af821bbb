/**
 * Merging another copy of the project as a job. First all of it is read and checked, which can be cancelled; then a copy of the database is kept; then what is
 * new is written, an image at a time with its events, seals and projection in one transaction. Merging again writes nothing, so an interrupted merge goes on.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { MergeReport } from '../../../shared/domain/package.ts';
import { loadDoc } from '../db/docs.ts';
import { type EventRow, insertEvent } from '../db/events.ts';
import { copyDatabase, type Db } from '../db/open.ts';
import { notePerson } from '../db/people.ts';
import { projectImage } from '../db/project-image.ts';
import { putSeal, SEALED_COLUMNS } from '../db/seal.ts';
import { indexImage } from '../db/search.ts';
import { sql } from '../db/statement.ts';
import type { Edits } from '../edits.ts';
import { copyOriginal } from '../importers/copy-original.ts';
import type { JobHandle, JobRunner } from '../jobs/runner.ts';
import type { Project } from '../project.ts';
import { uniteComparisons } from '../quality/compare/unite.ts';
import { type Incoming, openIncoming } from './incoming.ts';
import { followPoints, mergeMachineRows, mergeNearDecisions } from './machine-rows.ts';
import { type IncomingImage, type Plan, planMerge } from './plan.ts';

export interface MergeParams {
  /** A project folder, a database file, or a package. */
  readonly path: string;
}

/** The job; `edits` forgets what it has at hand of images that are changed. */
export const createMergeRunner =
  (edits: Pick<Edits, 'forget'>): JobRunner<MergeParams> =>
  async (project, params, job) => {
    const source = path.basename(params.path);
    const work = path.join(project.folder, 'incoming', job.id);
    const incoming = await openIncoming(project, params.path, work, job.signal, (share) => job.progress(Math.round(share * 100), 100, source));
    try {
      const plan = await planMerge(project.db, incoming.db, job.signal, (done, total) => job.progress(done, total, source));
      return await write(project, edits, incoming, plan, source, job);
    } finally {
      await incoming.close();
    }
  };

async function write(project: Project, edits: Pick<Edits, 'forget'>, incoming: Incoming, plan: Plan, source: string, job: JobHandle): Promise<MergeReport> {
  const { db } = project;
  const events = [...plan.fresh.values()].reduce((sum, list) => sum + list.length, 0);
  const isNew = [...plan.images.values()].filter(({ num }) => num === null);
  const backup = events + isNew.length > 0 ? await backUp(project, job) : null;
  const places = new Map<number, { path: string; copied: 0 | 1; missing: 0 | 1 }>();
  for (const { row } of isNew) places.set(row.num, await bringFile(project, incoming, row, job.signal));
  // From here on it goes through: what is written is short, and stopping would leave half of a person's work away.
  const nums = new Map<number, number>();
  db.transaction(() => {
    for (const { id, name } of plan.people) sql(db, 'INSERT OR IGNORE INTO person (id, name) VALUES (?, ?)').run(id, name);
    for (const hash of plan.stubs) sql(db, 'INSERT OR IGNORE INTO seal_stub (hash) VALUES (?)').run(hash);
    for (const [theirNum, { num, row }] of plan.images) nums.set(theirNum, num ?? addImage(db, row, places.get(theirNum)!));
  })();
  const touched: string[] = [];
  let conflicts = 0;
  let written = 0;
  for (const [theirNum, { id }] of plan.images) {
    const ourNum = nums.get(theirNum)!;
    const fresh = plan.fresh.get(theirNum) ?? [];
    const left = db.transaction(() => mergeImage(db, incoming.db, { theirNum, ourNum, id, fresh }))();
    if (fresh.length > 0) {
      edits.forget(id);
      touched.push(id);
      conflicts += left;
    }
    job.progress((written += fresh.length), Math.max(events, 1), source);
    await new Promise((resolve) => setImmediate(resolve));
  }
  db.transaction(() => mergeNearDecisions(db, incoming.db, (theirNum) => nums.get(theirNum) ?? null))();
  await uniteComparisons(db, incoming.db);
  if (touched.length + isNew.length > 0) project.notify({ topic: 'images', imageIds: isNew.length > 0 || touched.length > 1000 ? 'all' : touched, by: null });
  project.notify({ topic: 'people' });
  const names = new Map(plan.people.map(({ id, name }) => [id, name]));
  const people = [...plan.byPerson].map(([id, count]) => ({ name: names.get(id) ?? id, events: count })).sort((a, b) => b.events - a.events);
  return { kind: 'merge', source, events, known: plan.known, images: touched.length, newImages: isNew.length, people, conflicts, backup };
}

/** Writes one image's new events and what follows from them; returns how many conflicts it has. */
function mergeImage(db: Db, theirs: Db, image: { theirNum: number; ourNum: number; id: string; fresh: readonly number[] }): number {
  const { theirNum, ourNum, id, fresh } = image;
  if (fresh.length > 0) {
    const read = sql(
      theirs,
      `SELECT ${SEALED_COLUMNS}, seal.prev, seal.hash FROM event JOIN image ON image.num = event.image_num JOIN seal ON seal.event_seq = event.seq WHERE event.seq = ?`,
    );
    for (const seq of fresh) {
      const row = read.get(seq) as EventRow & { seq: number; prev: Buffer; hash: Buffer };
      // The other copy may know this image by another id.
      const ops = row.imageId === id ? row.ops : row.ops.replaceAll(row.imageId, id);
      const ourSeq = insertEvent(db, ourNum, { ...row, ops });
      putSeal(db, ourSeq, row.deviceId, row.prev, row.hash, seq);
      notePerson(db, ourNum, row.userId);
    }
  }
  mergeMachineRows(db, theirs, theirNum, ourNum);
  const doc = fresh.length > 0 ? projectImage(db, ourNum, id) : loadDoc(db, ourNum);
  followPoints(db, ourNum, doc);
  return doc.conflicts.length;
}

function addImage(db: Db, row: IncomingImage, place: { path: string; copied: 0 | 1; missing: 0 | 1 }): number {
  const { lastInsertRowid } = sql(
    db,
    `INSERT INTO image (id, sha256, name, path, copied, format, width_px, height_px, orientation, size_bytes, phash, taken_at, camera, added_at, needs_rendition, missing)
     VALUES (@id, @sha256, @name, @path, @copied, @format, @width_px, @height_px, @orientation, @size_bytes, @phash, @taken_at, @camera, @added_at, @needs_rendition, @missing)`,
  ).run({ ...row, ...place });
  indexImage(db, Number(lastInsertRowid));
  return Number(lastInsertRowid);
}

/** Takes the original of a new image over where it came along or still lies where the other copy saw it; its bytes must be the image's. */
async function bringFile(
  project: Project,
  incoming: Incoming,
  row: IncomingImage,
  signal: AbortSignal,
): Promise<{ path: string; copied: 0 | 1; missing: 0 | 1 }> {
  signal.throwIfAborted();
  const isInside = row.copied === 1 && /^originals\/[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{1,5}$/.test(row.path);
  const file = isInside ? (incoming.media === null ? null : path.join(incoming.media, ...row.path.split('/'))) : row.copied === 0 ? row.path : null;
  const isThere = file !== null && existsSync(file) && (await sha256Of(file, signal)) === row.sha256;
  if (!isThere) return { path: row.copied === 1 ? row.name : row.path, copied: 0, missing: 1 };
  if (row.copied === 0) return { path: row.path, copied: 0, missing: 0 };
  const copy = await copyOriginal(project.media.mediaFolder, file, { sha256: row.sha256, format: row.format, sizeBytes: row.size_bytes });
  return { path: copy, copied: 1, missing: 0 };
}

async function sha256Of(file: string, signal: AbortSignal): Promise<string | null> {
  try {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { signal })) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return null;
  }
}

async function backUp(project: Project, job: JobHandle): Promise<string> {
  const folder = path.join(project.folder, 'backups');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `before-merge-${new Date().toISOString().replace(/[:.]/g, '-')}.sqlite`);
  await copyDatabase(project.db, file, job.signal);
  return file;
}
