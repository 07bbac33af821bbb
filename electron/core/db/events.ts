/** The event log: appended to, never changed. */
import type { Database } from 'better-sqlite3';
import type { EditEvent, LoggedEvent } from '../../../shared/domain/events.ts';
import { seal } from './seal.ts';
import { sql } from './statement.ts';

/** An event as it lies in its table: ops as JSON, parents separated by spaces. */
export interface EventRow extends Omit<EditEvent, 'ops' | 'parents' | 'textInput'> {
  readonly seq: number;
  readonly parents: string | null;
  readonly textInput: string | null;
  readonly ops: string;
}
const COLUMNS = `event.seq, event.id, image.id AS imageId, event.rev, event.user_id AS userId, event.device_id AS deviceId, event.at,
  event.group_id AS groupId, event.action, event.ref_group_id AS refGroupId, event.ops,
  event.active_ms AS activeMs, event.parents, event.text_input AS textInput`;
const FROM = 'FROM event JOIN image ON image.num = event.image_num';
const parse = (row: EventRow): LoggedEvent => ({
  ...row,
  ops: JSON.parse(row.ops) as EditEvent['ops'],
  parents: parseParents(row.parents),
  textInput: parseInput(row.textInput),
});
const parseInput = (text: string | null) => (text === null ? null : (JSON.parse(text) as EditEvent['textInput'] & object));
const parseParents = (text: string | null) => (text === null ? null : text.split(' ').filter((id) => id !== ''));

/** Appends an event, sealed, and returns its sequence number. */
export function appendEvent(db: Database, imageNum: number, event: EditEvent): number {
  const row = {
    ...event,
    ops: JSON.stringify(event.ops),
    parents: event.parents?.join(' ') ?? null,
    textInput: event.textInput ? JSON.stringify(event.textInput) : null,
  };
  const seq = insertEvent(db, imageNum, row);
  const { sha256 } = sql(db, 'SELECT sha256 FROM image WHERE num = ?').get(imageNum) as { sha256: string };
  seal(db, seq, { ...row, sha256 });
  return seq;
}

/** Puts the row of an event at the end of the log; its seal is the caller's. */
export function insertEvent(db: Database, imageNum: number, event: Omit<EventRow, 'seq'>): number {
  const text = `INSERT INTO event (id, image_num, rev, user_id, device_id, at, group_id, action, ref_group_id, ops, active_ms, parents, text_input)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { id, rev, userId, deviceId, at, groupId, action, refGroupId, ops, activeMs, parents, textInput } = event;
  return Number(
    sql(db, text).run(id, imageNum, rev, userId, deviceId, at, groupId, action, refGroupId, ops, activeMs ?? null, parents, textInput).lastInsertRowid,
  );
}

/** The events that the next one of an image is made on: its last, or after a merge the last of each line of work. */
export function headsOfImage(db: Database, imageNum: number): string[] {
  const heads = sql(db, 'SELECT event_id FROM image_head WHERE image_num = ? ORDER BY event_id').pluck().all(imageNum) as string[];
  if (heads.length > 0) return heads;
  return sql(db, 'SELECT id FROM event WHERE image_num = ? ORDER BY rev DESC, id DESC LIMIT 1').pluck().all(imageNum) as string[];
}

/** Keeps where an image's lines of work end; one end is what its last event says and is not kept. */
export function writeHeads(db: Database, imageNum: number, heads: readonly string[]): void {
  sql(db, 'DELETE FROM image_head WHERE image_num = ?').run(imageNum);
  if (heads.length > 1) for (const id of heads) sql(db, 'INSERT INTO image_head (image_num, event_id) VALUES (?, ?)').run(imageNum, id);
}

/** The event with this id, or undefined: tells whether an edit that is sent again was saved already. */
export function eventById(db: Database, id: string): { seq: number; rev: number; at: number; imageNum: number } | undefined {
  return sql(db, 'SELECT seq, rev, at, image_num AS imageNum FROM event WHERE id = ?').get(id) as never;
}

/** How long a person was at work on an image, in milliseconds, as far as it was measured. */
export function activeMsOf(db: Database, imageNum: number, userId: string): number {
  const text = 'SELECT coalesce(sum(active_ms), 0) AS ms FROM event WHERE image_num = ? AND user_id = ? AND active_ms IS NOT NULL';
  return (sql(db, text).get(imageNum, userId) as { ms: number }).ms;
}

/** All events of an image in the order of their commit. */
export function eventsOfImage(db: Database, imageNum: number): LoggedEvent[] {
  return (sql(db, `SELECT ${COLUMNS} ${FROM} WHERE event.image_num = ? ORDER BY event.seq`).all(imageNum) as EventRow[]).map(parse);
}

/** Edits of an image that none of these people made, oldest first. */
export function eventsWithout(db: Database, imageNum: number, userIds: readonly string[]): LoggedEvent[] {
  const text = `SELECT ${COLUMNS} ${FROM} WHERE event.image_num = ? AND event.user_id NOT IN (SELECT value FROM json_each(?)) ORDER BY event.seq`;
  return (sql(db, text).all(imageNum, JSON.stringify(userIds)) as EventRow[]).map(parse);
}

/** The last events of an image, newest first. */
export function historyOfImage(db: Database, imageNum: number, limit: number): LoggedEvent[] {
  return (sql(db, `SELECT ${COLUMNS} ${FROM} WHERE event.image_num = ? ORDER BY event.seq DESC LIMIT ?`).all(imageNum, limit) as EventRow[]).map(parse);
}

/** Ops of a page in bytes of JSON: reading as much takes about 25 ms. One edit may be larger. */
const PAGE_BYTES = 1_000_000;
const PAGE_EVENTS = 1000;

/** Events of an image after a sequence number, oldest first: a page of them, and where to go on, or null at the end. */
export function eventsAfter(db: Database, imageNum: number, after: number): { events: LoggedEvent[]; next: number | null } {
  const text = `SELECT ${COLUMNS} ${FROM} WHERE event.image_num = ? AND event.seq > ? ORDER BY event.seq LIMIT ${PAGE_EVENTS}`;
  const events: LoggedEvent[] = [];
  let bytes = 0;
  for (const row of db.prepare(text).iterate(imageNum, after) as IterableIterator<EventRow>) {
    events.push(parse(row));
    bytes += row.ops.length;
    if (bytes > PAGE_BYTES) return { events, next: row.seq };
  }
  return { events, next: events.length === PAGE_EVENTS ? events.at(-1)!.seq : null };
}

/** Events of a group, oldest first; of one image where `imageNum` is given. */
export function eventsOfGroup(db: Database, groupId: string, imageNum: number | null): (LoggedEvent & { imageNum: number })[] {
  const text = `SELECT event.image_num AS imageNum, ${COLUMNS} ${FROM} WHERE event.group_id = ? AND (? IS NULL OR event.image_num = ?) ORDER BY event.seq`;
  return (sql(db, text).all(groupId, imageNum, imageNum) as (EventRow & { imageNum: number })[]).map((row) => ({ ...parse(row), imageNum: row.imageNum }));
}

/** A person's events, newest first, read only as far as they are looked at; of one image, or of the whole project where `imageNum` is null. */
export function undoTrail(db: Database, userId: string, imageNum: number | null): Iterable<Pick<EditEvent, 'groupId' | 'action' | 'refGroupId'>> {
  const where = imageNum === null ? 'user_id = @userId' : 'image_num = @imageNum AND user_id = @userId';
  const text = `SELECT group_id AS groupId, action, ref_group_id AS refGroupId FROM event WHERE ${where} ORDER BY seq DESC`;
  return db.prepare(text).iterate(imageNum === null ? { userId } : { userId, imageNum }) as IterableIterator<
    Pick<EditEvent, 'groupId' | 'action' | 'refGroupId'>
  >;
}

/** Sequence number of the last event; 0 in a new project. */
export function lastSeq(db: Database): number {
  return (db.prepare('SELECT max(seq) FROM event').pluck().get() as number | null) ?? 0;
}
