/** Facts about the project as a whole. */
import type { Database } from 'better-sqlite3';
import { sql } from './statement.ts';

export type MetaKey = 'id' | 'name' | 'created_at';

export function readMeta(db: Database, key: MetaKey): string {
  const row = sql(db, 'SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
  if (!row) throw new Error(`the project has no ${key}`);
  return row.value;
}

export function writeMeta(db: Database, key: MetaKey, value: string): void {
  sql(db, 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
}
