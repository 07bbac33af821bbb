/** Releases: names for states of the project, their content hash, and what changed between two of them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { newId } from '../../shared/domain/ids.ts';
import { aboutKinds, statusOf, type Doc } from '../../shared/domain/model.ts';
import { stateOf } from '../../shared/domain/review.ts';
import type { Release } from '../../shared/domain/release.ts';
import { diffItem, type ItemDiff, type ReleaseDiff, summarise } from '../../shared/domain/release-diff.ts';
import { type Datasheet, emptyDatasheet } from '../../shared/domain/settings.ts';
import { releaseMarkdown } from '../../shared/formats/release-markdown.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { lastSeq } from './db/events.ts';
import { openSnapshot } from './db/open.ts';
import { sealHeads } from './db/seal.ts';
import { readSettings } from './db/settings.ts';
import { sql } from './db/statement.ts';
import { docAtSeq } from './exporters/items.ts';
import { nearGroups } from './exporters/split-keys.ts';
import type { JobRunner } from './jobs/runner.ts';
import { writeFileWhole } from './settings.ts';

const COLUMNS = `id, name, note, seq, last_image_num AS lastImageNum, images, content_hash AS contentHash, created_by AS createdBy, created_at AS createdAt`;
const PAGE = 200;
/** Changed images whose changes are sent; all are counted. */
const SHOWN = 500;
/** Between two stretches of work others are served. */
const SLICE_MS = 15;

/** All releases, the newest first. */
export const listReleases = (db: Database): Release[] => sql(db, `SELECT ${COLUMNS} FROM release ORDER BY created_at DESC, id DESC`).all() as Release[];

/** The release of this name. Throws AppError `no-release`. */
export function releaseByName(db: Database, name: string): Release {
  const found = sql(db, `SELECT ${COLUMNS} FROM release WHERE name = ?`).get(name) as Release | undefined;
  if (!found) throw new AppError('not-found', `no release ${name}`, { key: 'no-release', name });
  return found;
}

/** Near-duplicates as they were grouped at a release: image number, group. */
export const releaseGroups = (db: Database, id: string): [number, number][] =>
  JSON.parse(sql(db, 'SELECT groups FROM release WHERE id = ?').pluck().get(id) as string) as [number, number][];

/** The datasheet as it was at a release. */
export const releaseDatasheet = (db: Database, id: string): Datasheet => ({
  ...emptyDatasheet,
  ...(JSON.parse(sql(db, 'SELECT datasheet FROM release WHERE id = ?').pluck().get(id) as string) as Datasheet),
});

/** The same for two documents that are equal, however their rows came to be. */
function canonical(doc: object): string {
  return JSON.stringify(doc, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** What a release is of: the work and where it stands, without what was said about it and who was to do it. */
function content(doc: Doc): object {
  const { returnReason: _returnReason, ...status } = statusOf(doc);
  const rest = Object.fromEntries(Object.entries(doc).filter(([kind]) => !(aboutKinds as readonly string[]).includes(kind)));
  return { ...rest, status: [{ ...status, state: stateOf(doc), id: '' }] };
}

/** Hashes the content up to `seq`, in the order of the images' hashes, and counts the images that are part of the work. */
export async function contentHash(
  db: Database,
  seq: number,
  lastImageNum: number,
  progress: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<{ contentHash: string; images: number }> {
  const hash = createHash('sha256');
  const page = db.prepare('SELECT num, sha256 FROM image WHERE num <= ? AND sha256 > ? ORDER BY sha256 LIMIT ?');
  let last = '';
  let done = 0;
  let images = 0;
  for (;;) {
    const rows = page.all(lastImageNum, last, PAGE) as { num: number; sha256: string }[];
    for (const { num, sha256 } of rows) {
      signal?.throwIfAborted();
      const doc = docAtSeq(db, num, seq);
      if (!statusOf(doc).excluded) images++;
      hash.update(sha256).update(canonical(content(doc)));
    }
    progress((done += rows.length));
    if (rows.length < PAGE) return { contentHash: hash.digest('hex'), images };
    last = rows.at(-1)!.sha256;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface ReleaseParams {
  readonly name: string;
  readonly note: string;
}

/** Names the project as it is now. The work goes on meanwhile; what is hashed is one moment of it. */
export const runRelease: JobRunner<ReleaseParams> = async (project, { name, note }, job) => {
  const { db, me } = project;
  const isTaken = () => sql(db, 'SELECT 1 FROM release WHERE name = ?').get(name) !== undefined;
  if (isTaken()) throw new AppError('conflict', `there is a release ${name}`, { key: 'release-exists', name });
  const snapshot = openSnapshot(project.folder);
  try {
    const seq = lastSeq(snapshot);
    const { last, total } = snapshot.prepare('SELECT coalesce(max(num), 0) AS last, count(*) AS total FROM image').get() as { last: number; total: number };
    const heads = JSON.stringify(sealHeads(snapshot));
    const groups = nearGroups(snapshot);
    const { datasheet } = readSettings(snapshot);
    const { contentHash: hash, images } = await contentHash(snapshot, seq, last, (done) => job.progress(done, total), job.signal);
    if (images === 0) throw new AppError('invalid', 'nothing to release', { key: 'release-empty' });
    const release: Release = { id: newId(), name, note, seq, lastImageNum: last, images, contentHash: hash, createdBy: me.userId, createdAt: Date.now() };
    if (isTaken()) throw new AppError('conflict', `there is a release ${name}`, { key: 'release-exists', name });
    sql(
      db,
      `INSERT INTO release (id, name, note, seq, last_image_num, images, content_hash, groups, datasheet, created_by, created_at, heads)
       VALUES (@id, @name, @note, @seq, @lastImageNum, @images, @contentHash, @groups, @datasheet, @createdBy, @createdAt, @heads)`,
    ).run({ ...release, groups: JSON.stringify(groups), datasheet: JSON.stringify(datasheet), heads });
    project.notify({ topic: 'project' });
    return { kind: 'release', release };
  } finally {
    snapshot.close();
  }
};

/** What changed from one state to another; `null` stands for the project as it is now. */
export async function diffReleases(db: Database, from: Release, to: Release | null, signal?: AbortSignal): Promise<ReleaseDiff> {
  const end = to ?? {
    name: '',
    seq: lastSeq(db),
    lastImageNum: (db.prepare('SELECT coalesce(max(num), 0) FROM image').pluck().get() as number) ?? 0,
  };
  const [low, high] = from.seq <= end.seq ? [from.seq, end.seq] : [end.seq, from.seq];
  const [first, last] = from.lastImageNum <= end.lastImageNum ? [from.lastImageNum, end.lastImageNum] : [end.lastImageNum, from.lastImageNum];
  const touched = db
    .prepare(
      `SELECT num, id, name, sha256, width_px AS widthPx, height_px AS heightPx FROM image
       WHERE (num > @first AND num <= @last) OR num IN (SELECT image_num FROM event WHERE seq > @low AND seq <= @high) ORDER BY num`,
    )
    .all({ first, last, low, high }) as { num: number; id: string; name: string; sha256: string; widthPx: number; heightPx: number }[];
  const items: ItemDiff[] = [];
  const distances: number[] = [];
  let begun = performance.now();
  for (const { num, id, name, sha256, ...size } of touched) {
    const at = (state: { seq: number; lastImageNum: number }) => (num <= state.lastImageNum ? docAtSeq(db, num, state.seq) : null);
    const changes = diffItem(at(from), at(end), size, distances);
    // Texts are told by their beginning.
    if (changes.length > 0) items.push({ imageId: id, name, sha256, changes: items.length < SHOWN ? changes.map(shortened) : changes.map(bare) });
    if (performance.now() - begun < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    begun = performance.now();
  }
  return summarise(from.name, end.name, items, distances, SHOWN);
}

const TOLD = 2000;
const shortened = (change: ItemDiff['changes'][number]) => ({ ...change, before: change.before.slice(0, TOLD), after: change.after.slice(0, TOLD) });
const bare = (change: ItemDiff['changes'][number]) => ({ ...change, before: '', after: '' });

/** Writes what changed as Markdown into the project's exports folder, under the next free name; answers with the path. */
export async function saveDiff(folder: string, diff: ReleaseDiff): Promise<string> {
  const exports = path.join(folder, 'exports');
  await mkdir(exports, { recursive: true });
  const name = `${diff.from}-${diff.to === '' ? 'now' : diff.to}`;
  for (let number = 1; ; number++) {
    const file = path.join(exports, `${name}${number === 1 ? '' : `-${number}`}.md`);
    if (existsSync(file)) continue;
    writeFileWhole(file, releaseMarkdown(diff));
    return file;
  }
}
