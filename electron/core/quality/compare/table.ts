/** Choices as files: for a spreadsheet, for a program, and as preference pairs to train on. */
import type { Database } from 'better-sqlite3';
import { csvOf } from '../../../../shared/text/csv.ts';
import { sql } from '../../db/statement.ts';
import { namedSources } from './compare.ts';
import { comparisonById, standing, textOf } from './store.ts';

/** What a model is asked where a caption was compared. */
const CAPTION_PROMPT = 'Describe this image in detail.';

export function compareTable(db: Database, comparisonId: string, format: 'csv' | 'jsonl' | 'preferences'): { text: string; rows: number } {
  const comparison = comparisonById(db, comparisonId);
  const names = namedSources(db, comparison);
  const people = new Map((sql(db, 'SELECT id, name FROM person').all() as { id: string; name: string }[]).map(({ id, name }) => [id, name]));
  const imageName = sql(db, 'SELECT name FROM image WHERE sha256 = ?');
  const rows = standing(db, comparisonId).map((choice) => ({
    choice_id: choice.id,
    image: (imageName.get(choice.sha256) as { name: string } | undefined)?.name ?? '',
    sha256: choice.sha256,
    question: choice.question,
    left: names.get(choice.leftId) ?? '?',
    right: names.get(choice.rightId) ?? '?',
    outcome: choice.outcome,
    reason: choice.reason,
    person: people.get(choice.personId) ?? choice.personId,
    at: new Date(choice.at).toISOString(),
    repeat_of: choice.repeatOf,
    left_text: textOf(db, choice.leftId, choice.sha256, choice.question),
    right_text: textOf(db, choice.rightId, choice.sha256, choice.question),
  }));
  if (format === 'csv') {
    const heads = ['choice_id', 'image', 'sha256', 'question', 'left', 'right', 'outcome', 'reason', 'person', 'at', 'repeat_of'] as const;
    return { text: csvOf([heads, ...rows.map((row) => heads.map((head) => row[head]))]), rows: rows.length };
  }
  if (format === 'jsonl') return lines(rows);
  // A repetition says nothing new of the texts.
  const decided = rows.filter(({ outcome, repeat_of }) => repeat_of === null && (outcome === 'left' || outcome === 'right'));
  return lines(
    decided.map((row) => {
      const [chosen, rejected] = row.outcome === 'left' ? (['left', 'right'] as const) : (['right', 'left'] as const);
      const text = (words: string) => [{ role: 'assistant', content: [{ type: 'text', text: words }] }];
      return {
        images: [row.image],
        prompt: [{ role: 'user', content: [{ type: 'image' }, { type: 'text', text: row.question === '' ? CAPTION_PROMPT : row.question }] }],
        chosen: text(row[`${chosen}_text`]),
        rejected: text(row[`${rejected}_text`]),
        complaint: row.reason,
        model: row[rejected],
      };
    }),
  );
}
const lines = (rows: readonly object[]): { text: string; rows: number } => ({
  text: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  rows: rows.length,
});
