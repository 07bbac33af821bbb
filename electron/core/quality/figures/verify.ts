/** Proof that the figures follow from the log: parts of every image are worked out anew, and the sums added up anew. */
import type { Database } from 'better-sqlite3';
import { localDay } from '../../../../shared/domain/figures.ts';
import { sql } from '../../db/statement.ts';
import { readParts } from './read-parts.ts';
import { type PartRow, rowsOf, settle } from './store.ts';

/** Brings the figures up to what the log says now, so that they can be compared with it. */
export const settleFigures = (db: Database, signal: AbortSignal): Promise<void> => settle(db, () => !signal.aborted);

/** Problems of one image's parts, as sentences for a log; none where it changed since they were worked out. */
export function figureProblems(db: Database, num: number): string[] {
  const unsettled = sql(
    db,
    'SELECT EXISTS (SELECT 1 FROM figure_stale WHERE image_num = ?) OR max(seq) > coalesce((SELECT seq FROM figure_mark), 0) AS later FROM event WHERE image_num = ?',
  );
  if ((unsettled.get(num, num) as { later: number | null }).later === 1) return [];
  const kept = sql(db, 'SELECT key_num, person_num, day, whole, state_num, n, value FROM figure_part WHERE image_num = ?').raw(true).all(num) as PartRow[];
  const { state, parts } = readParts(db, num, localDay);
  const asText = (rows: readonly PartRow[]) =>
    rows
      .map((row) => row.join(' '))
      .sort()
      .join('\n');
  return asText(kept) === asText(rowsOf(db, state, parts)) ? [] : ['figures differ from its log'];
}

/** Whether the sums are those of the parts. */
export function figureSumProblems(db: Database): string[] {
  const added = `SELECT key_num, whole, person_num, day, state_num, count(*) AS images, sum(n) AS n, sum(value) AS value
    FROM figure_part GROUP BY key_num, whole, person_num, day, state_num`;
  const kept = 'SELECT key_num, whole, person_num, day, state_num, images, n, value FROM figure_sum';
  const text = `SELECT (SELECT count(*) FROM (${added} EXCEPT ${kept})) + (SELECT count(*) FROM (${kept} EXCEPT ${added})) AS n`;
  const { n } = sql(db, text).get() as { n: number };
  return n === 0 ? [] : [`figures: ${n} sums differ from what the images add`];
}
