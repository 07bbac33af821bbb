/** The full-text index of what people wrote, one row an image. */
import type { Database } from 'better-sqlite3';
import type { Doc } from '../../../shared/domain/model.ts';
import { labelSets, readableAnswer } from '../../../shared/domain/point-mark.ts';
import { splitForIndex } from '../../../shared/text/search-split.ts';
import { loadDoc } from './docs.ts';
import { sql } from './statement.ts';

/** Where a text search looks: rows of `num`, `score` (bm25, lower is better) and `in_picture`. */
export interface MatchSource {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Both indexes together, or null where no image has the words in the picture itself: then the index of what people wrote is asked alone, which is quicker. */
export function bothIndexes(db: Database, match: string): MatchSource | null {
  if (!sql(db, 'SELECT 1 FROM read_text WHERE read_text MATCH ? LIMIT 1').get(match)) return null;
  return {
    sql: `(SELECT rowid AS num, bm25(image_text) AS score, 0 AS in_picture FROM image_text WHERE image_text MATCH ?
      UNION ALL SELECT rowid, bm25(read_text), 1 FROM read_text WHERE read_text MATCH ? AND rowid NOT IN (SELECT rowid FROM image_text WHERE image_text MATCH ?)) AS hit`,
    values: [match, match, match],
  };
}

/** Writes the index row of an image. Call inside the transaction that changed its text or added it. */
export function indexImage(db: Database, imageNum: number, doc: Doc = loadDoc(db, imageNum)): void {
  const { name } = sql(db, 'SELECT name FROM image WHERE num = ?').get(imageNum) as { name: string };
  const turns = (role: 'question' | 'answer') => doc.turn.filter((turn) => turn.role === role).map((turn) => readableAnswer(doc, turn));
  const join = (texts: readonly string[]) => splitForIndex(texts.join('\n'));
  sql(db, 'DELETE FROM image_text WHERE rowid = ?').run(imageNum);
  sql(db, 'INSERT INTO image_text (rowid, name, caption, question, answer, label) VALUES (?, ?, ?, ?, ?, ?)').run(
    imageNum,
    splitForIndex(name.replace(/[._\-/\\]+/g, ' ')),
    join(doc.caption.map((caption) => caption.text)),
    join(turns('question')),
    join(turns('answer')),
    join(labelSets(doc).map((set) => set.label)),
  );
}
