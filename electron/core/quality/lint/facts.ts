/** What rules ask of the whole project: how its yes-or-no answers lean, and with which words its answers begin. Counted by the job, kept, and used after each edit. */
import type { Database } from 'better-sqlite3';
import { openingOf, yesOrNo } from '../../../../shared/domain/lint/answer-forms.ts';
import { LINT_VERSION } from '../../../../shared/domain/lint/lint.ts';
import type { QuestionType } from '../../../../shared/domain/model.ts';
import { hashText } from '../../../../shared/domain/ops.ts';
import { readSettings } from '../../db/settings.ts';
import { sql } from '../../db/statement.ts';

export interface ProjectFacts {
  readonly yesShare: number | null;
  readonly commonOpenings: readonly string[];
}
const NONE: ProjectFacts = { yesShare: null, commonOpenings: [] };

/** Fewer yes-or-no answers than these tell nothing. */
const LEAST_ANSWERS = 20;
/** An opening before more than this share of the answers, and before this many, is one that a model would learn. */
const COMMON_SHARE = 0.2;
/** Images of one page; their turns are read in a few milliseconds. */
const PAGE = 500;

interface TurnRow {
  readonly thread: string;
  readonly role: 'question' | 'answer';
  readonly text: string;
  readonly questionType: QuestionType | null;
}

/** Counts over all answers of images in the work; others are served between pages. */
export async function countFacts(db: Database, signal: AbortSignal): Promise<ProjectFacts> {
  const last = (sql(db, 'SELECT coalesce(max(num), 0) AS num FROM image').get() as { num: number }).num;
  const page = sql(
    db,
    `SELECT turn.thread_id AS thread, turn.role, turn.text, turn.question_type AS questionType FROM turn JOIN image ON image.num = turn.image_num
     WHERE turn.image_num > ? AND turn.image_num <= ? AND image.excluded = 0 AND turn.text <> '' ORDER BY turn.image_num, turn.thread_id, turn.id`,
  );
  const openings = new Map<string, number>();
  let answers = 0;
  let yes = 0;
  let no = 0;
  for (let from = 0; from < last; from += PAGE) {
    signal.throwIfAborted();
    let before: TurnRow | null = null;
    for (const turn of page.all(from, from + PAGE) as TurnRow[]) {
      if (turn.role === 'answer') {
        answers++;
        const opening = openingOf(turn.text);
        if (opening !== null) openings.set(opening, (openings.get(opening) ?? 0) + 1);
        if (before?.role === 'question' && before.thread === turn.thread) {
          const { text, questionType } = before;
          const said = yesOrNo(questionType === null ? { text } : { text, questionType }, turn);
          if (said === 'yes') yes++;
          if (said === 'no') no++;
        }
      }
      before = turn;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const isCommon = ([, count]: [string, number]) => count >= LEAST_ANSWERS && count > answers * COMMON_SHARE;
  return {
    // In whole percents, so that one answer more does not have everything looked at again.
    yesShare: yes + no < LEAST_ANSWERS ? null : Math.round((yes * 100) / (yes + no)) / 100,
    commonOpenings: [...openings]
      .filter(isCommon)
      .map(([opening]) => opening)
      .sort(),
  };
}

export function readFacts(db: Database): ProjectFacts {
  const row = sql(db, "SELECT json FROM lint_fact WHERE name = 'project'").get() as { json: string } | undefined;
  return row ? (JSON.parse(row.json) as ProjectFacts) : NONE;
}
export function writeFacts(db: Database, facts: ProjectFacts): void {
  sql(db, "INSERT INTO lint_fact (name, json) VALUES ('project', ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json").run(JSON.stringify(facts));
}

/** Names everything beside the image's own work that findings depend on: another key, and they are found anew. */
export function rulesKey(db: Database, facts: ProjectFacts): string {
  const { lint, datasheet } = readSettings(db);
  const near = sql(db, 'SELECT (SELECT max(found_at) FROM near_group) AS found, (SELECT max(num) FROM near_step) AS step').get();
  // A share below what is asked for lets no rule fire, whatever it is.
  const leans = facts.yesShare !== null && facts.yesShare > lint.yesShare ? facts.yesShare : null;
  const text = JSON.stringify([LINT_VERSION, lint, datasheet.languages, leans, facts.commonOpenings, near]);
  return `${LINT_VERSION}-${hashText(text).toString(16)}`;
}
