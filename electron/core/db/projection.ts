/** What the gallery shows of an image's document: counts and text index, written in the transaction of each edit. */
import type { Database } from 'better-sqlite3';
import type { Doc } from '../../../shared/domain/model.ts';
import { labelSets } from '../../../shared/domain/point-mark.ts';
import { stateOf } from '../../../shared/domain/review.ts';
import type { Change } from '../../../shared/domain/ops.ts';
import { countWords } from '../../../shared/text/count.ts';
import { writeChanges } from './docs.ts';
import { indexImage } from './search.ts';
import { sql } from './statement.ts';

export interface Counts {
  readonly captions: number;
  readonly words: number;
  readonly questions: number;
  readonly answers: number;
  readonly sets: number;
  readonly points: number;
}

/** Counts of a document; blank texts count for nothing. */
export function countsOf(doc: Doc): Counts {
  const written = doc.caption.filter((caption) => caption.text.trim() !== '');
  const turns = (role: string) => doc.turn.filter((turn) => turn.role === role && turn.text.trim() !== '').length;
  return {
    captions: written.length,
    words: written.reduce((words, caption) => words + countWords(caption.text), 0),
    questions: turns('question'),
    answers: turns('answer'),
    sets: labelSets(doc).length,
    points: doc.point.length,
  };
}

/** Writes the changed rows of an image and everything that is counted or indexed from them. */
export function writeProjection(db: Database, imageNum: number, rev: number, editedAt: number, doc: Doc, changes: readonly Change[]): void {
  writeChanges(db, imageNum, changes);
  const counts = countsOf(doc);
  sql(
    db,
    `UPDATE image SET state = ?, rev = ?, edited_at = ?, caption_count = ?, caption_words = ?, question_count = ?, answer_count = ?, set_count = ?, point_count = ? WHERE num = ?`,
  ).run(stateOf(doc), rev, editedAt, counts.captions, counts.words, counts.questions, counts.answers, counts.sets, counts.points, imageNum);
  if (changes.some((change) => change.kind === 'caption' || change.kind === 'turn' || change.kind === 'pointSet')) indexImage(db, imageNum, doc);
}
