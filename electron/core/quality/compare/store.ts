/** Tables of comparisons: sources with their texts, comparisons, choices. */
import type { Database } from 'better-sqlite3';
import type { Choice, CompareItem, CompareSource, Comparison } from '../../../../shared/domain/compare/model.ts';
import { sameText } from '../../../../shared/domain/compare/model.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { sql } from '../../db/statement.ts';

export interface TextRow {
  readonly sha256: string;
  readonly question: string;
  readonly text: string;
}
export interface NewSource extends Omit<CompareSource, 'texts'> {
  readonly createdBy: string;
}

/** Writes a source with its texts, all or nothing. */
export function putSource(db: Database, source: NewSource, texts: readonly TextRow[]): CompareSource {
  const { createdBy, ...said } = source;
  const add = sql(db, 'INSERT INTO compare_text (source_id, sha256, question, text) VALUES (?, ?, ?, ?)');
  db.transaction(() => {
    const text = 'INSERT INTO compare_source (id, kind, name, origin, detail, hash, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    sql(db, text).run(source.id, source.kind, source.name, source.origin, source.detail, source.hash, createdBy, source.createdAt);
    for (const row of texts) add.run(source.id, row.sha256, row.question, row.text);
  })();
  return { ...said, texts: texts.length };
}

export function listSources(db: Database): CompareSource[] {
  const text = `SELECT id, kind, name, origin, detail, hash, created_at AS createdAt, (SELECT count(*) FROM compare_text WHERE source_id = id) AS texts
    FROM compare_source ORDER BY created_at, id`;
  return sql(db, text).all() as CompareSource[];
}

type ComparisonRow = Omit<Comparison, 'sourceIds' | 'choices' | 'mine'> & { readonly sourceIds: string };
const COMPARISON = 'SELECT id, name, kind, source_ids AS sourceIds, seed, repeat_every AS repeatEvery, created_at AS createdAt FROM comparison';

export function listComparisons(db: Database, personId: string): Comparison[] {
  return (sql(db, `${COMPARISON} ORDER BY created_at DESC, id DESC`).all() as ComparisonRow[]).map((row) => {
    const choices = standing(db, row.id);
    return {
      ...row,
      sourceIds: JSON.parse(row.sourceIds) as string[],
      choices: choices.length,
      mine: choices.filter((choice) => choice.personId === personId).length,
    };
  });
}

/** Throws `not-found`. */
export function comparisonById(db: Database, id: string): Omit<Comparison, 'choices' | 'mine'> {
  const row = sql(db, `${COMPARISON} WHERE id = ?`).get(id) as ComparisonRow | undefined;
  if (!row) throw new AppError('not-found', `no comparison ${id}`, { key: 'no-comparison' });
  return { ...row, sourceIds: JSON.parse(row.sourceIds) as string[] };
}

/** Choices that were not taken back, oldest first. */
export function standing(db: Database, comparisonId: string): Choice[] {
  const text = `SELECT id, sha256, question, left_id AS leftId, right_id AS rightId, outcome, reason, person_id AS personId, at, repeat_of AS repeatOf
    FROM compare_choice WHERE comparison_id = ? AND outcome <> 'undo'
      AND id NOT IN (SELECT undoes FROM compare_choice WHERE comparison_id = ? AND undoes IS NOT NULL) ORDER BY at, id`;
  return sql(db, text).all(comparisonId, comparisonId) as Choice[];
}

export function putChoice(
  db: Database,
  comparisonId: string,
  choice: Omit<Choice, 'outcome'> & { outcome: Choice['outcome'] | 'undo' },
  undoes: string | null = null,
): void {
  const text = `INSERT INTO compare_choice (id, comparison_id, sha256, question, left_id, right_id, outcome, reason, person_id, at, repeat_of, undoes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { id, sha256, question, leftId, rightId, outcome, reason, personId, at, repeatOf } = choice;
  sql(db, text).run(id, comparisonId, sha256, question, leftId, rightId, outcome, reason, personId, at, repeatOf, undoes);
}

export function textOf(db: Database, sourceId: string, sha256: string, question: string): string {
  const row = sql(db, 'SELECT text FROM compare_text WHERE source_id = ? AND sha256 = ? AND question = ?').get(sourceId, sha256, question);
  return (row as { text: string } | undefined)?.text ?? '';
}

/** Kept while the project is open: the texts of a comparison never change. */
const items = new WeakMap<Database, Map<string, readonly CompareItem[]>>();

/** What can be compared: images of this project for which two sources have different texts. */
export function itemsOf(db: Database, comparisonId: string, sourceIds: readonly string[]): readonly CompareItem[] {
  let known = items.get(db);
  if (!known) items.set(db, (known = new Map()));
  const kept = known.get(comparisonId);
  if (kept) return kept;
  const places = sourceIds.map(() => '?').join(', ');
  const text = `SELECT sha256, question, source_id AS sourceId, text FROM compare_text WHERE source_id IN (${places})
    AND EXISTS (SELECT 1 FROM image WHERE image.sha256 = compare_text.sha256 AND image.excluded = 0) ORDER BY sha256, question`;
  const found: { sha256: string; question: string; sourceIds: string[] }[] = [];
  let texts: string[] = [];
  for (const row of db.prepare(text).iterate(...sourceIds) as IterableIterator<TextRow & { sourceId: string }>) {
    const last = found.at(-1);
    if (last?.sha256 !== row.sha256 || last.question !== row.question) {
      found.push({ sha256: row.sha256, question: row.question, sourceIds: [row.sourceId] });
      texts = [row.text];
    } else if (!texts.some((other) => sameText(other, row.text))) {
      last.sourceIds.push(row.sourceId);
      texts.push(row.text);
    }
  }
  const made = found.filter((item) => item.sourceIds.length > 1);
  known.set(comparisonId, made);
  return made;
}
