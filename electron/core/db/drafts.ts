/** Drafts of language models, apart from people's work. */
import type { Database } from 'better-sqlite3';
import type { ChatMessage, Draft, Verdict } from '../../../shared/domain/draft.ts';
import { sql } from './statement.ts';

const COLUMNS = `id, thread_id AS threadId, question_turn_id AS questionTurnId, model, endpoint, prompt, text, complaint, previous_id AS previousId, verdict,
  asked_by AS askedBy, asked_at AS askedAt, settled_at AS settledAt`;
const parse = (row: Omit<Draft, 'prompt'> & { prompt: string }): Draft => ({ ...row, prompt: JSON.parse(row.prompt) as ChatMessage[] });

/** Drafts of an image, oldest first. */
export function draftsOfImage(db: Database, imageNum: number): Draft[] {
  return (sql(db, `SELECT ${COLUMNS} FROM draft WHERE image_num = ? ORDER BY asked_at, id`).all(imageNum) as never[]).map(parse);
}

export function draftById(db: Database, id: string): Draft | undefined {
  const row = sql(db, `SELECT ${COLUMNS} FROM draft WHERE id = ?`).get(id);
  return row === undefined ? undefined : parse(row as never);
}

export function putDraft(db: Database, imageNum: number, draft: Draft): void {
  const text = `INSERT INTO draft (id, image_num, thread_id, question_turn_id, model, endpoint, prompt, text, complaint, previous_id, verdict, asked_by, asked_at, settled_at)
    VALUES (@id, @imageNum, @threadId, @questionTurnId, @model, @endpoint, @prompt, @text, @complaint, @previousId, @verdict, @askedBy, @askedAt, @settledAt)`;
  sql(db, text).run({ ...draft, imageNum, prompt: JSON.stringify(draft.prompt) });
}

/** Says what became of a draft. */
export function settleDraft(db: Database, id: string, verdict: Verdict, at: number): void {
  sql(db, 'UPDATE draft SET verdict = ?, settled_at = ? WHERE id = ?').run(verdict, at, id);
}
