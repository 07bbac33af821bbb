/** Keeps the parts and sums of figures, and knows which images they are no longer true of. */
import type { Database } from 'better-sqlite3';
import { type FigurePart, localDay } from '../../../../shared/domain/figures.ts';
import { sql } from '../../db/statement.ts';
import { readParts } from './read-parts.ts';

/** Names of keys, people and states as numbers. Kept by database: a project has few. */
const known = new WeakMap<Database, Map<string, number>>();

/** The number of a key. */
export function keyNum(db: Database, kind: string, name: string): number {
  let keys = known.get(db);
  if (!keys) {
    const rows = sql(db, 'SELECT num, kind, name FROM figure_key').all() as { num: number; kind: string; name: string }[];
    known.set(db, (keys = new Map(rows.map((row) => [`${row.kind} ${row.name}`, row.num]))));
  }
  const key = `${kind} ${name}`;
  let num = keys.get(key);
  if (num === undefined) {
    sql(db, 'INSERT OR IGNORE INTO figure_key (kind, name) VALUES (?, ?)').run(kind, name);
    num = (sql(db, 'SELECT num FROM figure_key WHERE kind = ? AND name = ?').get(kind, name) as { num: number }).num;
    keys.set(key, num);
  }
  return num;
}
/** A transaction that made keys was taken back. */
const forgetKeys = (db: Database): void => void known.delete(db);

/** The number of a person; 0 for everybody together. */
export const personNum = (db: Database, personId: string | null): number => (personId === null ? 0 : keyNum(db, 'person', personId));
/** The number of a state; 0 for none. */
export const stateNum = (db: Database, state: string): number => (state === '' ? 0 : keyNum(db, 'state', state));

/** A part as it lies in its table. */
export type PartRow = readonly [key: number, person: number, day: number, whole: number, state: number, n: number, value: number];

/** The parts of an image as they should be. */
export function rowsOf(db: Database, state: string, parts: readonly FigurePart[]): PartRow[] {
  const stateIs = stateNum(db, state);
  return parts.map(({ kind, name, personId, day, whole, count, value }) => [
    keyNum(db, kind, name),
    personNum(db, personId),
    day,
    whole ? 1 : 0,
    stateIs,
    count,
    value,
  ]);
}

const ADD = `INSERT INTO figure_sum (key_num, whole, person_num, day, state_num, images, n, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET images = images + excluded.images, n = n + excluded.n, value = value + excluded.value`;

/** Puts what an image adds now in the place of what it added before. Call inside a transaction. */
function restate(db: Database, num: number): void {
  const add = sql(db, ADD);
  const before = sql(db, 'SELECT key_num, person_num, day, whole, state_num, n, value FROM figure_part WHERE image_num = ?').raw(true).all(num) as PartRow[];
  const { state, parts } = readParts(db, num, localDay);
  const now = rowsOf(db, state, parts);
  const kept = new Set(before.map((row) => row.join(' ')));
  const wanted = new Set(now.map((row) => row.join(' ')));
  for (const row of before) {
    if (wanted.has(row.join(' '))) continue;
    const [key, person, day, whole, stateIs, n, value] = row;
    sql(db, 'DELETE FROM figure_part WHERE image_num = ? AND key_num = ? AND person_num = ? AND day = ?').run(num, key, person, day);
    add.run(key, whole, person, day, stateIs, -1, -n, -value);
    const empty = 'DELETE FROM figure_sum WHERE key_num = ? AND whole = ? AND person_num = ? AND day = ? AND state_num = ? AND images = 0';
    sql(db, empty).run(key, whole, person, day, stateIs);
  }
  for (const row of now) {
    if (kept.has(row.join(' '))) continue;
    const [key, person, day, whole, stateIs, n, value] = row;
    const text = 'INSERT INTO figure_part (image_num, key_num, person_num, day, whole, state_num, n, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    sql(db, text).run(num, key, person, day, whole, stateIs, n, value);
    add.run(key, whole, person, day, stateIs, 1, n, value);
  }
}

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Images looked through at a time when all are new. */
const NOTE_IMAGES = 5000;
/** Events at a time: reading their images off the index takes about 5 ms. */
const NOTE_EVENTS = 20_000;

/** Notes which images changed since it was asked last, a stretch at a time; another zone means all. */
function* noteStale(db: Database): Generator<void> {
  const mark = sql(db, 'SELECT seq, zone FROM figure_mark').get() as { seq: number; zone: string } | undefined;
  const last = (sql(db, 'SELECT coalesce(max(seq), 0) AS seq FROM event').get() as { seq: number }).seq;
  if (mark?.zone !== zoneHere()) {
    const top = (sql(db, 'SELECT coalesce(max(num), 0) AS num FROM image').get() as { num: number }).num;
    for (let from = 0; from < top; from += NOTE_IMAGES) {
      derived(db, () =>
        sql(db, 'INSERT OR IGNORE INTO figure_stale SELECT num FROM image WHERE num > ? AND num <= ? AND rev > 0').run(from, from + NOTE_IMAGES),
      );
      yield;
    }
    derived(db, () => sql(db, 'INSERT OR REPLACE INTO figure_mark (id, seq, zone) VALUES (1, ?, ?)').run(last, zoneHere()));
    return;
  }
  for (let from = mark.seq; from < last; from += NOTE_EVENTS) {
    derived(db, () => {
      const to = Math.min(last, from + NOTE_EVENTS);
      sql(db, 'INSERT OR IGNORE INTO figure_stale SELECT DISTINCT image_num FROM event WHERE seq > ? AND seq <= ?').run(from, to);
      sql(db, 'UPDATE figure_mark SET seq = ?').run(to);
    });
    yield;
  }
}

/** Images of one look into the list. */
const BATCH = 20;

/** Restates stale images for so many milliseconds; returns how many are left. */
function restateSome(db: Database, ms: number): number {
  const until = performance.now() + ms;
  derived(db, () => {
    do {
      const nums = sql(db, `SELECT image_num AS num FROM figure_stale ORDER BY image_num LIMIT ${BATCH}`).all() as { num: number }[];
      if (nums.length === 0) return;
      for (const { num } of nums) {
        restate(db, num);
        sql(db, 'DELETE FROM figure_stale WHERE image_num = ?').run(num);
        if (performance.now() > until) break;
      }
    } while (performance.now() < until);
  });
  return staleImages(db);
}

/** How many images the figures are not true of yet. */
export const staleImages = (db: Database): number => (sql(db, 'SELECT count(*) AS n FROM figure_stale').get() as { n: number }).n;

/** A transaction whose loss in a power cut would cost nothing: it is not waited for until it is on the disk. */
function derived(db: Database, work: () => void): void {
  db.pragma('synchronous = NORMAL');
  try {
    db.transaction(work)();
  } catch (thrown) {
    forgetKeys(db);
    throw thrown;
  } finally {
    db.pragma('synchronous = FULL');
  }
}

/** Worked for at a time; others are served in between. */
const SLICE_MS = 20;

/** Works until every image's figures are true, or until it may not. */
export async function settle(db: Database, mayGoOn: () => boolean): Promise<void> {
  for (const _slice of noteStale(db)) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!db.open || !mayGoOn()) return;
  }
  while (restateSome(db, SLICE_MS) > 0) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!db.open || !mayGoOn()) return;
  }
}
