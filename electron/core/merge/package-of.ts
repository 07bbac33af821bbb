/** Which work package a project came from. */
import { type PackageInfo, packageSchema } from '../../../shared/domain/package.ts';
import type { Database } from 'better-sqlite3';
import { sql } from '../db/statement.ts';

const KEY = 'package';

/** The package that a project was made from, or null where it is nobody's package. */
export function packageOf(db: Database): PackageInfo | null {
  const text = sql(db, 'SELECT value AS package FROM meta WHERE key = ?').pluck().get(KEY) as string | undefined;
  return text === undefined ? null : packageSchema.parse(JSON.parse(text));
}

/** Says that a project comes from this package. */
export function notePackage(db: Database, info: PackageInfo): void {
  sql(db, 'INSERT INTO meta (key, value) VALUES (?, ?)').run(KEY, JSON.stringify(info));
}
