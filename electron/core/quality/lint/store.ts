/** Findings as they are kept: of which revision of an image, by which rules, and what stands behind each number. */
import type { Database } from 'better-sqlite3';
import type { LintFinding } from '../../../../shared/domain/lint/rule.ts';
import { lintDoc, settle } from '../../../../shared/domain/lint/lint.ts';
import type { Doc } from '../../../../shared/domain/model.ts';
import { loadDocs } from '../../db/docs.ts';
import { sql } from '../../db/statement.ts';
import { type FileState, lintContext, type LintFrame } from './context.ts';

/** Finds what the rules say of a document and keeps it. Call within a transaction where there are several. */
export function keepFindings(db: Database, frame: LintFrame, num: number, rev: number, doc: Doc, file?: FileState): void {
  const context = lintContext(db, frame, num, file);
  const { open, dismissed } = settle(lintDoc(doc, context), doc.dismissal);
  sql(db, 'DELETE FROM lint_finding WHERE image_num = ?').run(num);
  const put = sql(db, 'INSERT INTO lint_finding (image_num, position, code, dismissed, json) VALUES (?, ?, ?, ?, ?)');
  let position = 0;
  for (const finding of open) put.run(num, position++, finding.code, 0, JSON.stringify(finding));
  for (const finding of dismissed) put.run(num, position++, finding.code, 1, JSON.stringify(finding));
  sql(
    db,
    'INSERT INTO lint_image (image_num, rev, rules, file) VALUES (?, ?, ?, ?) ON CONFLICT (image_num) DO UPDATE SET rev = excluded.rev, rules = excluded.rules, file = excluded.file',
  ).run(num, rev, frame.rules, context.image.file);
}

const STALE = 'NOT EXISTS (SELECT 1 FROM lint_image WHERE lint_image.image_num = image.num AND lint_image.rev = image.rev AND lint_image.rules = ?)';
/** Images read in one go. */
const PAGE = 20;
/** Others are served after this many milliseconds of work. */
const SLICE_MS = 12;
/**
 * Looks at images in the work that were not looked at as they are now, in the order of their numbers, and tells after each slice how many they were.
 * `fromRev` 1 leaves out those that nobody has worked on. `files`: what was just found of some files.
 */
export async function* settleStale(db: Database, frame: LintFrame, fromRev: 0 | 1, files: ReadonlyMap<number, FileState> = new Map()): AsyncGenerator<number> {
  const page = sql(db, `SELECT num, rev FROM image WHERE num > ? AND rev >= ? AND excluded = 0 AND ${STALE} ORDER BY num LIMIT ${PAGE}`);
  for (let last = 0; db.open;) {
    const until = performance.now() + SLICE_MS;
    let done = 0;
    let isEnd = false;
    db.transaction(() => {
      while (!isEnd && performance.now() < until) {
        const images = page.all(last, fromRev, frame.rules) as { num: number; rev: number }[];
        const docs = loadDocs(
          db,
          images.map(({ num }) => num),
        );
        for (const { num, rev } of images) keepFindings(db, frame, num, rev, docs.get(num)!, files.get(num));
        done += images.length;
        last = images.at(-1)?.num ?? last;
        isEnd = images.length < PAGE;
      }
    })();
    if (done > 0) yield done;
    if (isEnd) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
export const countStale = (db: Database, rules: string): number =>
  sql(db, `SELECT count(*) FROM image WHERE excluded = 0 AND ${STALE}`).pluck().get(rules) as number;

/** Images in these states with an open finding of one of these rules, and all open findings on images in these states. */
export function countHeld(db: Database, states: readonly string[], codes: readonly string[]): { images: number; open: number } {
  const text = `SELECT count(*) AS open, count(DISTINCT CASE WHEN lint_finding.code IN (SELECT value FROM json_each(?)) THEN image.num END) AS images
    FROM image JOIN lint_finding ON lint_finding.image_num = image.num
    WHERE image.excluded = 0 AND image.state IN (SELECT value FROM json_each(?)) AND lint_finding.dismissed = 0`;
  return sql(db, text).get(JSON.stringify(codes), JSON.stringify(states)) as { images: number; open: number };
}

/** Findings count where their image is in the work. */
const IN_WORK = 'lint_finding.image_num NOT IN (SELECT num FROM image WHERE excluded = 1)';
export interface CodeCount {
  readonly code: string;
  /** Open findings, and images that have any. */
  readonly open: number;
  readonly images: number;
  readonly dismissed: number;
}
export const countCodes = (db: Database): CodeCount[] =>
  sql(
    db,
    `SELECT code, sum(dismissed = 0) AS open, count(DISTINCT CASE WHEN dismissed = 0 THEN image_num END) AS images, sum(dismissed) AS dismissed
     FROM lint_finding WHERE ${IN_WORK} GROUP BY code`,
  ).all() as CodeCount[];

export interface DismissalCount {
  readonly code: string;
  readonly reason: string;
  readonly personId: string;
  readonly name: string;
  readonly count: number;
}
/** Dismissals by rule, reason and person, the most frequent first. */
export const countDismissals = (db: Database): DismissalCount[] =>
  sql(
    db,
    `SELECT dismissal.code, dismissal.reason, dismissal.author_id AS personId, coalesce(person.name, '') AS name, count(*) AS count
     FROM dismissal LEFT JOIN person ON person.id = dismissal.author_id
     WHERE dismissal.image_num NOT IN (SELECT num FROM image WHERE excluded = 1)
     GROUP BY dismissal.code, dismissal.reason, dismissal.author_id ORDER BY count DESC, dismissal.code, dismissal.reason LIMIT 500`,
  ).all() as DismissalCount[];

export interface FoundOn {
  readonly imageId: string;
  readonly name: string;
  readonly dismissed: boolean;
  readonly finding: LintFinding;
}
/** A window of the findings of one rule, or of all. */
export function findingPage(db: Database, code: string | null, offset: number, limit: number): { total: number; findings: FoundOn[] } {
  const where = `${IN_WORK} AND (@code IS NULL OR code = @code)`;
  const total = sql(db, `SELECT count(*) FROM lint_finding WHERE ${where}`).pluck().get({ code }) as number;
  const rows = sql(
    db,
    `SELECT image.id AS imageId, image.name, lint_finding.dismissed, lint_finding.json FROM lint_finding JOIN image ON image.num = lint_finding.image_num
     WHERE ${where} ORDER BY lint_finding.image_num, lint_finding.position LIMIT @limit OFFSET @offset`,
  ).all({ code, limit, offset }) as { imageId: string; name: string; dismissed: 0 | 1; json: string }[];
  return {
    total,
    findings: rows.map(({ imageId, name, dismissed, json }) => ({ imageId, name, dismissed: dismissed === 1, finding: JSON.parse(json) as LintFinding })),
  };
}
