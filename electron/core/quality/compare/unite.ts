/** Takes over another copy's comparisons: rows are united by their ids, and what is here already stays as it is. */
import type { Database } from 'better-sqlite3';
import { ID_PATTERN } from '../../../../shared/domain/ids.ts';
import { sql } from '../../db/statement.ts';

type Row = Record<string, unknown>;
const TABLES = {
  comparison: ['id', 'name', 'kind', 'source_ids', 'seed', 'repeat_every', 'created_by', 'created_at'],
  compare_choice: ['id', 'comparison_id', 'sha256', 'question', 'left_id', 'right_id', 'outcome', 'reason', 'person_id', 'at', 'repeat_of', 'undoes'],
} as const;
const SOURCE = ['id', 'kind', 'name', 'origin', 'detail', 'hash', 'created_by', 'created_at'];
/** Texts of one transaction; others are served in between. */
const SLICE = 1000;

/** Sources come with all their texts or not at all. A row that a table does not take is left away. */
export async function uniteComparisons(ours: Database, theirs: Database): Promise<void> {
  const sources = (sql(theirs, `SELECT ${SOURCE.join(', ')} FROM compare_source`).all() as Row[]).filter(
    ({ id }) => isId(id) && sql(ours, 'SELECT 1 FROM compare_source WHERE id = ?').get(id) === undefined,
  );
  const page = sql(theirs, `SELECT sha256, question, text FROM compare_text WHERE source_id = ? ORDER BY sha256, question LIMIT ${SLICE} OFFSET ?`);
  for (const source of sources) {
    for (let from = 0; ; from += SLICE) {
      const texts = page.all(source['id'], from) as Row[];
      ours.transaction(() => {
        for (const text of texts) put(ours, 'compare_text', ['source_id', 'sha256', 'question', 'text'], { ...text, source_id: source['id'] });
      })();
      await new Promise((resolve) => setImmediate(resolve));
      if (texts.length < SLICE) break;
    }
    // The source comes last: one whose texts are half there is not known, and its texts are united when it is merged again.
    put(ours, 'compare_source', SOURCE, source);
  }
  ours.transaction(() => {
    for (const [table, columns] of Object.entries(TABLES)) {
      for (const row of sql(theirs, `SELECT ${columns.join(', ')} FROM ${table}`).all() as Row[]) if (isId(row['id'])) put(ours, table, columns, row);
    }
  })();
}
const isId = (id: unknown): boolean => typeof id === 'string' && ID_PATTERN.test(id);

/** OR IGNORE: a row that is here, and one that breaks a rule of the table, changes nothing. */
function put(db: Database, table: string, columns: readonly string[], row: Row): void {
  sql(db, `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`).run(row);
}
