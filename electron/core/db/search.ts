/** The full-text index of what people wrote, one row an image. */
import type { Database } from 'better-sqlite3';
import type { Doc } from '../../../shared/domain/model.ts';
import { labelSets, readableAnswer } from '../../../shared/domain/point-mark.ts';
import { splitForIndex } from '../../../shared/text/search-split.ts';
import { loadDoc } from './docs.ts';
import { sql } from './statement.ts';

/** Writes the index row of an image. Call inside the transaction that changed its text or added it. */
export function indexImage(db: Database, imageNum: number, doc: Doc = loadDoc(db, imageNum)): void {
  const name = db.prepare('SELECT name FROM image WHERE num = ?').pluck().get(imageNum) as string;
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
