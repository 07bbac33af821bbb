/**
 * A copy of the project that holds only what one person may see, or only what one person did. It is built row by row in a new file: nothing that was left out
 * is in its bytes, also not in free pages or in an index.
 */
import type { Assignment, Doc } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { loadDoc } from '../db/docs.ts';
import { type EventRow, insertEvent } from '../db/events.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { notePerson } from '../db/people.ts';
import { projectImage } from '../db/project-image.ts';
import { putSeal, type Sealed, SEALED_COLUMNS } from '../db/seal.ts';
import { indexImage } from '../db/search.ts';
import { sql } from '../db/statement.ts';
import { followPoints } from './machine-rows.ts';

export interface CopyImage {
  readonly num: number;
  /** Whether the person may not see what other annotators did on it. */
  readonly blind: boolean;
}
export interface CopyPlan {
  readonly personId: string;
  readonly images: readonly CopyImage[];
  /** Only the person's own events, for a file that comes back. */
  readonly ownOnly: boolean;
  /** Where each original lies in the copy; images that are not named keep their place. */
  readonly places: ReadonlyMap<number, string>;
}
type SealedRow = Sealed & { readonly seq: number; readonly prev: Buffer; readonly hash: Buffer };

/** Images of one transaction. */
const SLICE = 20;

/** Builds the copy in `folder`, which must not hold a project. */
export async function filteredCopy(from: Db, folder: string, plan: CopyPlan, signal: AbortSignal, each: () => void): Promise<void> {
  const { db: to } = openDatabase(folder, true);
  try {
    to.transaction(() => {
      for (const key of ['id', 'name', 'created_at'] as const) writeMeta(to, key, readMeta(from, key));
      if (!plan.ownOnly)
        for (const row of sql(from, 'SELECT key, value FROM setting').all()) sql(to, 'INSERT INTO setting (key, value) VALUES (@key, @value)').run(row);
      copyPerson(from, to, plan.personId);
    })();
    for (let start = 0; start < plan.images.length; start += SLICE) {
      to.transaction(() => {
        for (const image of plan.images.slice(start, start + SLICE)) copyImage(from, to, plan, image);
      })();
      for (let n = start; n < Math.min(start + SLICE, plan.images.length); n++) each();
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    to.pragma('wal_checkpoint(TRUNCATE)');
    to.pragma('journal_mode = DELETE');
  } finally {
    to.close();
  }
}

function copyImage(from: Db, to: Db, plan: CopyPlan, { num, blind }: CopyImage): void {
  const image = sql(from, 'SELECT * FROM image WHERE num = ?').get(num) as Record<string, unknown> & { id: string };
  const place = plan.places.get(num);
  const { lastInsertRowid } = sql(
    to,
    `INSERT INTO image (id, sha256, name, path, copied, format, width_px, height_px, orientation, size_bytes, phash, taken_at, camera, added_at, missing, needs_rendition)
     VALUES (@id, @sha256, @name, @path, @copied, @format, @width_px, @height_px, @orientation, @size_bytes, @phash, @taken_at, @camera, @added_at, @missing, @needs_rendition)`,
  ).run(place === undefined ? image : { ...image, path: place, copied: 1 });
  const toNum = Number(lastInsertRowid);
  indexImage(to, toNum);
  const hidden = blind || plan.ownOnly;
  const isVisible = hidden ? visibleTo(plan, loadDoc(from, num)) : () => true;
  const events = sql(
    from,
    `SELECT ${SEALED_COLUMNS}, seal.prev, seal.hash FROM event JOIN image ON image.num = event.image_num JOIN seal ON seal.event_seq = event.seq WHERE event.image_num = ? ORDER BY event.seq`,
  ).all(num) as SealedRow[];
  for (const event of events) {
    if (!isVisible(event)) continue;
    copyPerson(from, to, event.userId);
    // Where the work of others is left out, so are the names of their events.
    putSeal(to, insertEvent(to, toNum, event as unknown as EventRow), event.deviceId, event.prev, event.hash, event.seq);
    if (event.prev.length > 0) sql(to, 'INSERT OR IGNORE INTO seal_stub (hash) VALUES (?)').run(event.prev);
    notePerson(to, toNum, event.userId);
  }
  copyMachineRows(from, to, num, toNum, hidden ? plan.personId : null);
  followPoints(to, toNum, projectImage(to, toNum, image.id));
}

/** Of an image on which others stay hidden: the person's own events, those that give it to them, and what reviewers said of their rows. */
function visibleTo({ personId, ownOnly }: CopyPlan, doc: Doc): (event: SealedRow) => boolean {
  const annotators = new Set(doc.assignment.filter(({ kind }) => kind === 'annotate').map((part) => part.personId));
  const own = new Set<string>(doc.assignment.filter((part) => part.personId === personId).map(({ id }) => id));
  for (const row of [...doc.caption, ...doc.thread, ...doc.pointSet]) if (row.authorId === personId) own.add(row.id);
  for (const turn of doc.turn) if (own.has(turn.threadId)) own.add(turn.id);
  for (const point of doc.point) if (own.has(point.setId)) own.add(point.id);
  const isAboutThem = (op: Op): boolean => {
    if (op.kind === 'assignment') return own.has('row' in op ? op.row.id : op.id);
    return op.kind === 'comment' && 'row' in op && own.has(op.row.targetId);
  };
  return (event) => {
    if (event.userId === personId) return true;
    if (ownOnly || annotators.has(event.userId)) return false;
    return (JSON.parse(event.ops) as Op[]).every(isAboutThem);
  };
}

function copyPerson(from: Db, to: Db, id: string): void {
  const person = sql(from, 'SELECT id, name, role FROM person WHERE id = ?').get(id);
  if (person) sql(to, 'INSERT OR IGNORE INTO person (id, name, role) VALUES (@id, @name, @role)').run(person);
}

/** What machines proposed; where others stay hidden, only what this person was shown. */
function copyMachineRows(from: Db, to: Db, num: number, toNum: number, only: string | null): void {
  for (const [table, who] of [
    ['draft', 'asked_by'],
    ['proposal', 'shown_to'],
  ] as const) {
    const columns = sql(from, `SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
    const put = sql(to, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`);
    const order = table === 'draft' ? 'asked_at, id' : 'id';
    for (const row of sql(from, `SELECT * FROM ${table} WHERE image_num = ? AND (? IS NULL OR ${who} = ?) ORDER BY ${order}`).all(num, only, only)) {
      copyPerson(from, to, (row as Record<string, string>)[who]!);
      put.run({ ...(row as object), image_num: toNum });
    }
  }
}

/** Whether the log holds an event that gives an image to this person and tells of nobody else. */
export function isHandedOut(db: Db, num: number, part: Assignment): boolean {
  const events = sql(db, "SELECT ops FROM event WHERE image_num = ? AND ops LIKE '%assignment%'").pluck().all(num) as string[];
  return events.some((text) => {
    const ops = JSON.parse(text) as Op[];
    return (
      ops.some((op) => op.op === 'add' && op.row.id === part.id) && ops.every((op) => op.kind === 'assignment' && ('row' in op ? op.row.id : op.id) === part.id)
    );
  });
}
