/** Documents: reads the rows of an image, and writes the rows that ops changed. */
import type { Database, Statement } from 'better-sqlite3';
import type { Conflict, Side } from '../../../shared/domain/conflict.ts';
import { type Doc, type Kind, kinds, type Rows } from '../../../shared/domain/model.ts';
import type { Change } from '../../../shared/domain/ops.ts';
import { sql } from './statement.ts';

/** How each kind of row lies in its table: the row's fields and the columns, in the same order. */
const tables: Record<Exclude<Kind, 'status'>, { table: string; fields: readonly string[]; columns: readonly string[] }> = {
  caption: {
    table: 'caption',
    fields: ['id', 'authorId', 'text', 'createdAt', 'parentIds'],
    columns: ['id', 'author_id', 'text', 'created_at', 'parent_ids'],
  },
  thread: { table: 'thread', fields: ['id', 'authorId', 'createdAt', 'parentIds'], columns: ['id', 'author_id', 'created_at', 'parent_ids'] },
  turn: {
    table: 'turn',
    fields: ['id', 'threadId', 'role', 'text', 'createdAt', 'questionType', 'ability', 'draftId'],
    columns: ['id', 'thread_id', 'role', 'text', 'created_at', 'question_type', 'ability', 'draft_id'],
  },
  pointSet: {
    table: 'point_set',
    fields: ['id', 'authorId', 'label', 'presence', 'method', 'createdAt', 'turnId', 'sweep', 'parentIds'],
    columns: ['id', 'author_id', 'label', 'presence', 'method', 'created_at', 'turn_id', 'sweep', 'parent_ids'],
  },
  point: { table: 'point', fields: ['id', 'setId', 'xPct', 'yPct', 'proposalId'], columns: ['id', 'set_id', 'x_pct', 'y_pct', 'proposal_id'] },
  comment: {
    table: 'comment',
    fields: ['id', 'authorId', 'createdAt', 'text', 'targetKind', 'targetId', 'quote', 'at', 'replyTo', 'resolved'],
    columns: ['id', 'author_id', 'created_at', 'text', 'target_kind', 'target_id', 'quote', 'at', 'reply_to', 'resolved'],
  },
  assignment: {
    table: 'assignment',
    fields: ['id', 'authorId', 'personId', 'kind', 'blind', 'state', 'createdAt'],
    columns: ['id', 'author_id', 'person_id', 'kind', 'blind', 'state', 'created_at'],
  },
  dismissal: {
    table: 'dismissal',
    fields: ['id', 'authorId', 'createdAt', 'code', 'subjectId', 'reason'],
    columns: ['id', 'author_id', 'created_at', 'code', 'subject_id', 'reason'],
  },
};

/** What was said of the image; `image.state` is what is shown, worked out from it and the assignments (`shared/domain/review.ts`). */
const STATUS = 'id, status_state AS state, excluded, skipped, return_reason AS returnReason';

interface Statements {
  readonly status: Statement;
  readonly conflicts: Statement;
  readonly setStatus: Statement;
  readonly kinds: Record<Exclude<Kind, 'status'>, { select: Statement; upsert: Statement; remove: Statement; clear: Statement }>;
}
const prepared = new WeakMap<Database, Statements>();

function statements(db: Database): Statements {
  const known = prepared.get(db);
  if (known) return known;
  const forKind = ({ table, fields, columns }: (typeof tables)[keyof typeof tables]) => ({
    select: db.prepare(`SELECT ${columns.map((column, i) => `${column} AS ${fields[i]}`).join(', ')} FROM ${table} WHERE image_num = ? ORDER BY id`),
    upsert: db.prepare(`INSERT OR REPLACE INTO ${table} (image_num, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`),
    remove: db.prepare(`DELETE FROM ${table} WHERE image_num = ? AND id = ?`),
    clear: db.prepare(`DELETE FROM ${table} WHERE image_num = ?`),
  });
  const made: Statements = {
    status: db.prepare(`SELECT ${STATUS} FROM image WHERE num = ?`),
    conflicts: db.prepare('SELECT kind, id, field, reason, stands, lost FROM conflict WHERE image_num = ? ORDER BY position'),
    setStatus: db.prepare('UPDATE image SET status_state = ?, excluded = ?, skipped = ?, return_reason = ? WHERE num = ?'),
    kinds: {
      caption: forKind(tables.caption),
      thread: forKind(tables.thread),
      turn: forKind(tables.turn),
      pointSet: forKind(tables.pointSet),
      point: forKind(tables.point),
      comment: forKind(tables.comment),
      assignment: forKind(tables.assignment),
      dismissal: forKind(tables.dismissal),
    },
  };
  prepared.set(db, made);
  return made;
}

/** Points read at a time: 4,000 take about 6 ms. */
const SLICE_POINTS = 4000;

/**
 * The points of an image, a slice at a time, in the order of their ids; between two slices others are served, who may change them: compare the revision
 * before and after.
 */
export function* pointSlices(db: Database, imageNum: number): Generator<void, Rows['point'][]> {
  const columns = tables.point.columns.map((column, i) => `${column} AS ${tables.point.fields[i]}`).join(', ');
  const select = sql(db, `SELECT ${columns} FROM point WHERE image_num = ? AND id > ? ORDER BY id LIMIT ${SLICE_POINTS}`);
  const points: Rows['point'][] = [];
  for (let last = ''; ;) {
    const slice = select.all(imageNum, last) as object[];
    for (const row of slice) points.push(presentPoint(row) as Rows['point']);
    if (slice.length < SLICE_POINTS) return points;
    last = points.at(-1)!.id;
    yield;
  }
}

interface StatusRow {
  readonly id: string;
  readonly state: Doc['status'][number]['state'];
  readonly excluded: number;
  readonly skipped: string | null;
  readonly returnReason: string | null;
}
const statusOfRow = ({ id, state, excluded, skipped, returnReason }: StatusRow) => present({ id, state, excluded: excluded === 1, skipped, returnReason });

type ConflictRow = Omit<Conflict, 'stands' | 'lost'> & { readonly stands: string; readonly lost: string };
const conflictOfRow = (row: ConflictRow): Conflict => ({ ...row, stands: JSON.parse(row.stands) as Side, lost: JSON.parse(row.lost) as Side[] });

/** Replaces what is unsettled on an image. */
export function writeConflicts(db: Database, imageNum: number, conflicts: readonly Conflict[]): void {
  sql(db, 'DELETE FROM conflict WHERE image_num = ?').run(imageNum);
  const put = sql(db, 'INSERT INTO conflict (image_num, position, kind, id, field, reason, stands, lost) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [position, { kind, id, field, reason, stands, lost }] of conflicts.entries())
    put.run(imageNum, position, kind, id, field, reason, JSON.stringify(stands), JSON.stringify(lost));
}

/** A stretch of all conflicts that nobody settled, in the order of the images, with how many there are. */
export function conflictsPage(db: Database, offset: number, limit: number) {
  const { total, images } = sql(db, 'SELECT count(*) AS total, count(DISTINCT image_num) AS images FROM conflict').get() as { total: number; images: number };
  const rows = sql(
    db,
    `SELECT image.id AS imageId, image.name, image.sha256, conflict.kind, conflict.id, field, reason, stands, lost FROM conflict JOIN image ON image.num = conflict.image_num
     ORDER BY conflict.image_num, position LIMIT ? OFFSET ?`,
  ).all(limit, offset) as (ConflictRow & { imageId: string; name: string; sha256: string })[];
  return { total, images, conflicts: rows.map((row) => ({ ...conflictOfRow(row), imageId: row.imageId, name: row.name, sha256: row.sha256 })) };
}

/** The document of an image as the projection has it; `points` where they were read already. Throws when there is no such image. */
export function loadDoc(db: Database, imageNum: number, points: readonly Rows['point'][] | null = null): Doc {
  const made = statements(db);
  const status = made.status.get(imageNum) as StatusRow | undefined;
  if (!status) throw new Error(`no image ${imageNum}`);
  const doc: Record<string, unknown> = {
    status: [statusOfRow(status)],
    conflicts: (made.conflicts.all(imageNum) as ConflictRow[]).map(conflictOfRow),
  };
  for (const kind of kinds) {
    if (kind === 'status') continue;
    if (kind === 'point' && points) doc[kind] = points;
    else doc[kind] = (made.kinds[kind].select.all(imageNum) as object[]).map(readerOf(kind));
  }
  return doc as unknown as Doc;
}

/**
 * Documents of images by their numbers, which ascend: one query a table instead of one a table and image, a tenth of the time where there are many. What lies
 * between the first and the last number and was not asked for is read too, so ask for neighbours.
 */
export function loadDocs(db: Database, nums: readonly number[]): Map<number, Doc> {
  const docs = new Map<number, Record<string, unknown[]>>();
  if (nums.length === 0) return new Map();
  const between = [nums[0]!, nums.at(-1)!] as const;
  const wanted = new Set(nums);
  const statuses = sql(db, `SELECT num, ${STATUS} FROM image WHERE num BETWEEN ? AND ?`).all(...between) as (StatusRow & { num: number })[];
  for (const { num, ...status } of statuses) {
    if (wanted.has(num)) docs.set(num, { ...Object.fromEntries(kinds.map((kind) => [kind, []])), status: [statusOfRow(status)], conflicts: [] });
  }
  for (const [kind, { table, fields, columns }] of Object.entries(tables)) {
    // Arrays: as objects, whose number would have to be taken out again, these rows take three times as long.
    const rows = sql(db, `SELECT image_num, ${columns.join(', ')} FROM ${table} WHERE image_num BETWEEN ? AND ? ORDER BY image_num, id`).raw();
    const clean = readerOf(kind);
    const made = kind === 'point' ? pointOf : (values: readonly unknown[]) => clean(rowOf(fields, values));
    let num = -1;
    let list: unknown[] | undefined;
    for (const values of rows.all(...between) as unknown[][]) {
      if (values[0] !== num) list = docs.get((num = values[0] as number))?.[kind];
      list?.push(made(values));
    }
  }
  const conflicts =
    'SELECT image_num AS imageNum, kind, id, field, reason, stands, lost FROM conflict WHERE image_num BETWEEN ? AND ? ORDER BY image_num, position';
  for (const { imageNum, ...row } of sql(db, conflicts).all(...between) as { imageNum: number }[]) {
    docs.get(imageNum)?.['conflicts']!.push(conflictOfRow(row as unknown as ConflictRow));
  }
  return docs as unknown as Map<number, Doc>;
}

/** Columns behind the image's number as a point. */
const pointOf = ([, id, setId, xPct, yPct, proposalId]: readonly unknown[]): object =>
  proposalId === null ? { id, setId, xPct, yPct } : { id, setId, xPct, yPct, proposalId };
/** Columns behind the image's number by the fields' names. */
function rowOf(fields: readonly string[], values: readonly unknown[]): object {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < fields.length; at++) row[fields[at]!] = values[at + 1];
  return row;
}

/** There may be 100,000 points, and nearly all of them were placed by hand: a literal spares them the entries of `present`. */
function presentPoint(row: object): object {
  const { id, setId, xPct, yPct, proposalId } = row as Rows['point'];
  return proposalId === null ? { id, setId, xPct, yPct } : row;
}

/** Fields that are true or false; SQLite has 1 and 0. */
const FLAGS: Readonly<Record<string, string>> = { comment: 'resolved', assignment: 'blind' };
function readerOf(kind: string): (row: object) => object {
  const flag = FLAGS[kind];
  if (kind === 'point') return presentPoint;
  if (flag === undefined) return present;
  return (row) => {
    const value = (row as Record<string, unknown>)[flag];
    return present(value === null ? row : { ...row, [flag]: value === 1 });
  };
}

/** A row as documents have it: columns without a value are absent fields. */
function present<Row extends object>(row: Row): Row {
  for (const value of Object.values(row)) if (value === null) return Object.fromEntries(Object.entries(row).filter(([, field]) => field !== null)) as Row;
  return row;
}

/** Writes changed rows. Call inside the transaction that writes the event. */
export function writeChanges(db: Database, imageNum: number, changes: readonly Change[]): void {
  const made = statements(db);
  for (const change of changes) {
    if (change.kind === 'status') {
      if (change.row) made.setStatus.run(change.row.state, change.row.excluded ? 1 : 0, change.row.skipped ?? null, change.row.returnReason ?? null, imageNum);
    } else if (change.row === null) {
      made.kinds[change.kind].remove.run(imageNum, change.id);
    } else {
      const row = change.row as unknown as Record<string, unknown>;
      made.kinds[change.kind].upsert.run(imageNum, ...tables[change.kind].fields.map((field) => stored(row[field])));
    }
  }
}

const stored = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : (value ?? null));
