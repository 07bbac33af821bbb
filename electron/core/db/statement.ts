/** Prepared statements, kept by their text: compiling one costs more than running it. */
import type { Database, Statement } from 'better-sqlite3';

const prepared = new WeakMap<Database, Map<string, Statement>>();

/** The statement for this SQL. Not for SQL that is put together from values or from unbounded choices. */
export function sql(db: Database, text: string): Statement {
  let known = prepared.get(db);
  if (!known) prepared.set(db, (known = new Map()));
  let statement = known.get(text);
  if (!statement) known.set(text, (statement = db.prepare(text)));
  return statement;
}
