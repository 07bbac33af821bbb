/** Documents: reads the rows of an image, and writes the rows that ops changed. */
import type { Database, Statement } from 'better-sqlite3';
import { type Doc, type Kind, kinds, type Rows } from '../../../shared/domain/model.ts';
import type { Change } from '../../../shared/domain/ops.ts';
import { sql } from './statement.ts';

/** How each kind of row lies in its table: the row's fields and the columns, in the same order. */
const tables: Record<Exclude<Kind, 'status'>, { table: string; fields: readonly string[]; columns: readonly string[] }> = {
  caption: { table: 'caption', fields: ['id', 'authorId', 'text', 'createdAt'], columns: ['id', 'author_id', 'text', 'created_at'] },
  thread: { table: 'thread', fields: ['id', 'authorId', 'createdAt'], columns: ['id', 'author_id', 'created_at'] },
  turn: {
    table: 'turn',
    fields: ['id', 'threadId', 'role', 'text', 'createdAt', 'questionType', 'ability', 'draftId'],
    columns: ['id', 'thread_id', 'role', 'text', 'created_at', 'question_type', 'ability', 'draft_id'],
  },
  pointSet: {
    table: 'point_set',
    fields: ['id', 'authorId', 'label', 'presence', 'method', 'createdAt', 'turnId', 'sweep'],
    columns: ['id', 'author_id', 'label', 'presence', 'method', 'created_at', 'turn_id', 'sweep'],
  },
  point: { table: 'point', fields: ['id', 'setId', 'xPct', 'yPct', 'proposalId'], columns: ['id', 'set_id', 'x_pct', 'y_pct', 'proposal_id'] },
};

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
    status: db.prepare('SELECT id, state, excluded, skipped FROM image WHERE num = ?'),
    conflicts: db.prepare('SELECT kind, id, field, reason FROM conflict WHERE image_num = ? ORDER BY position'),
    setStatus: db.prepare('UPDATE image SET state = ?, excluded = ?, skipped = ? WHERE num = ?'),
    kinds: {
      caption: forKind(tables.caption),
      thread: forKind(tables.thread),
      turn: forKind(tables.turn),
      pointSet: forKind(tables.pointSet),
      point: forKind(tables.point),
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

/** The document of an image as the projection has it; `points` where they were read already. Throws when there is no such image. */
export function loadDoc(db: Database, imageNum: number, points: readonly Rows['point'][] | null = null): Doc {
  const made = statements(db);
  const status = made.status.get(imageNum) as { id: string; state: Doc['status'][number]['state']; excluded: number; skipped: string | null } | undefined;
  if (!status) throw new Error(`no image ${imageNum}`);
  const doc: Record<string, unknown> = {
    status: [present({ id: status.id, state: status.state, excluded: status.excluded === 1, skipped: status.skipped })],
    conflicts: made.conflicts.all(imageNum),
  };
  for (const kind of kinds) {
    if (kind === 'status') continue;
    if (kind === 'point' && points) doc[kind] = points;
    else doc[kind] = (made.kinds[kind].select.all(imageNum) as object[]).map(kind === 'point' ? presentPoint : present);
  }
  return doc as unknown as Doc;
}

/** There may be 100,000 points, and nearly all of them were placed by hand: a literal spares them the entries of `present`. */
function presentPoint(row: object): object {
  const { id, setId, xPct, yPct, proposalId } = row as Rows['point'];
  return proposalId === null ? { id, setId, xPct, yPct } : row;
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
      if (change.row) made.setStatus.run(change.row.state, change.row.excluded ? 1 : 0, change.row.skipped ?? null, imageNum);
    } else if (change.row === null) {
      made.kinds[change.kind].remove.run(imageNum, change.id);
    } else {
      const row = change.row as unknown as Record<string, unknown>;
      made.kinds[change.kind].upsert.run(imageNum, ...tables[change.kind].fields.map((field) => row[field] ?? null));
    }
  }
}
