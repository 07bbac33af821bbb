/** Images on which two people's work was not settled yet. */
import type { Database } from 'better-sqlite3';
import type { SettleItem } from '../../../../shared/domain/agreement/queues.ts';
import { sql } from '../../db/statement.ts';
import { comparedImages } from './cache.ts';

/** Listed at a time: more than anybody settles before asking again. */
const MOST = 2000;

/** The most disagreement first; images where all agree come last, because also those are settled into one. */
export async function disputedImages(db: Database, radiusPct: number, signal: AbortSignal): Promise<{ total: number; items: SettleItem[] }> {
  const work = comparedImages(db, radiusPct, signal);
  let step = await work.next();
  while (step.done !== true) step = await work.next();
  const open = step.value.filter((image) => image.open > 0).sort((a, b) => a.openScore - b.openScore || a.num - b.num);
  // No `pluck`: the statement is one for all who ask the same, and others take a row.
  const nameOf = (num: number) => (sql(db, 'SELECT name FROM image WHERE num = ?').get(num) as { name: string }).name;
  return {
    total: open.length,
    items: open.slice(0, MOST).map((image) => ({ imageId: image.imageId, name: nameOf(image.num), pairs: image.open, score: image.openScore })),
  };
}
