/** What people are held against on a gold image. */
import type { Database } from 'better-sqlite3';
import type { Reference } from '../../../../shared/domain/agreement/gold.ts';
import { sql } from '../../db/statement.ts';

/** The reference of an image, or null where it is not gold. */
export function goldReference(db: Database, num: number): Reference | null {
  const text = sql(db, 'SELECT reference FROM gold WHERE image_num = ?').pluck().get(num) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as Reference);
}
