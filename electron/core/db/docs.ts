/** Documents: reads the rows of an image, and writes the rows that ops changed. */
import type { Database, Statement } from 'better-sqlite3';
import { type Conflict, type Doc, type Kind, kinds } from '../../../shared/domain/model.ts';
import type { Change } from '../../../shared/domain/ops.ts';

/** How each kind of row lies in its table: the row's fields and the columns, in the same order. */
const tables: Record<Exclude<Kind, 'status'>, { table: string; fields: readonly string[]; columns: readonly string[] }> = {
  caption: { table: 'caption', fields: ['id', 'authorId', 'text', 'createdAt'], columns: ['id', 'author_id', 'text', 'created_at'] },
  thread: { table: 'thread', fields: ['id', 'authorId', 'createdAt'], columns: ['id', 'author_id', 'created_at'] },
  turn: { table: 'turn', fields: ['id', 'threadId', 'role', 'text', 'createdAt'], columns: ['id', 'thread_id', 'role', 'text', 'created_at'] },
  pointSet: {
    table: 'point_set',
    fields: ['id', 'authorId', 'label', 'presence', 'method', 'createdAt'],
    columns: ['id', 'author_id', 'label', 'presence', 'method', 'created_at'],
  },
  point: { table: 'point', fields: ['id', 'setId', 'xPct', 'yPct'], columns: ['id', 'set_id', 'x_pct', 'y_pct'] },
};

interface Statements {
  readonly status: Statement;
  readonly conflicts: Statement;
  readonly setStatus: Statement;
  readonly clearConflicts: Statement;
  readonly addConflict: Statement;
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
    status: db.prepare('SELECT id, state, excluded FROM image WHERE num = ?'),
    conflicts: db.prepare('SELECT kind, id, field, reason FROM conflict WHERE image_num = ? ORDER BY position'),
    setStatus: db.prepare('UPDATE image SET state = ?, excluded = ? WHERE num = ?'),
    clearConflicts: db.prepare('DELETE FROM conflict WHERE image_num = ?'),
    addConflict: db.prepare('INSERT INTO conflict (image_num, position, kind, id, field, reason) VALUES (?, ?, ?, ?, ?, ?)'),
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

/** The document of an image as the projection has it. Throws when there is no such image. */
export function loadDoc(db: Database, imageNum: number): Doc {
  const sql = statements(db);
  const status = sql.status.get(imageNum) as { id: string; state: Doc['status'][number]['state']; excluded: number } | undefined;
  if (!status) throw new Error(`no image ${imageNum}`);
  const doc: Record<string, unknown> = {
    status: [{ id: status.id, state: status.state, excluded: status.excluded === 1 }],
    conflicts: sql.conflicts.all(imageNum),
  };
  for (const kind of kinds) if (kind !== 'status') doc[kind] = sql.kinds[kind].select.all(imageNum);
  return doc as unknown as Doc;
}

/** Writes changed rows. Call inside the transaction that writes the event. */
export function writeChanges(db: Database, imageNum: number, changes: readonly Change[]): void {
  const sql = statements(db);
  for (const change of changes) {
    if (change.kind === 'status') {
      if (change.row) sql.setStatus.run(change.row.state, change.row.excluded ? 1 : 0, imageNum);
    } else if (change.row === null) {
      sql.kinds[change.kind].remove.run(imageNum, change.id);
    } else {
      const row = change.row as unknown as Record<string, unknown>;
      sql.kinds[change.kind].upsert.run(imageNum, ...tables[change.kind].fields.map((field) => row[field]));
    }
  }
}

/** Replaces what a merge could not settle on this image. */
export function writeConflicts(db: Database, imageNum: number, conflicts: readonly Conflict[]): void {
  const sql = statements(db);
  sql.clearConflicts.run(imageNum);
  conflicts.forEach((conflict, position) => sql.addConflict.run(imageNum, position, conflict.kind, conflict.id, conflict.field, conflict.reason));
}
