/** People compare: the next pair, their choice, and what all choices come to. */
import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { Choice, CompareItem, Comparison, CompareKind } from '../../../../shared/domain/compare/model.ts';
import { nextPair, type Pair } from '../../../../shared/domain/compare/pairs.ts';
import { type CompareResults, resultsOf } from '../../../../shared/domain/compare/ratings.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import type { ChooseResult, NextPair } from '../../../../shared/rpc/compare-methods.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { sql } from '../../db/statement.ts';
import { BLIND_TO } from '../../db/blind.ts';
import { comparisonById, itemsOf, listSources, putChoice, standing, textOf } from './store.ts';

interface NewComparison {
  readonly name: string;
  readonly kind: CompareKind;
  readonly sourceIds: readonly string[];
  readonly seed: number;
  readonly repeatEvery: number;
}

/** Throws AppError `compare-nothing` where no image has two different texts. */
export function createComparison(db: Database, userId: string, { name, kind, sourceIds, seed, repeatEvery }: NewComparison): { comparisonId: string } {
  const known = new Set(listSources(db).flatMap((source) => (source.kind === kind ? [source.id] : [])));
  const ids = [...new Set(sourceIds)];
  const comparisonId = newId();
  if (ids.length < 2 || !ids.every((id) => known.has(id)) || itemsOf(db, comparisonId, ids).length === 0) {
    throw new AppError('invalid', 'no image has two different texts of these', { key: 'compare-nothing' });
  }
  const text = 'INSERT INTO comparison (id, name, kind, source_ids, seed, repeat_every, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
  sql(db, text).run(comparisonId, name, kind, JSON.stringify(ids), seed, repeatEvery, userId, Date.now());
  return { comparisonId };
}

function look(db: Database, comparisonId: string, personId: string): { pair: Pair | null; choices: Choice[]; token: string } {
  const { sourceIds, seed, repeatEvery } = comparisonById(db, comparisonId);
  const choices = standing(db, comparisonId);
  const pair = nextPair({ items: shownItems(db, itemsOf(db, comparisonId, sourceIds), sourceIds, personId), sourceIds, seed, repeatEvery, choices, personId });
  // Only a digest goes out: who compares must not see whose texts they are.
  const token = createHash('sha256')
    .update(JSON.stringify([comparisonId, pair, choices.length]))
    .digest('hex')
    .slice(0, 32);
  return { pair, choices, token };
}

/** Without images that the person was given blind, where people wrote the texts. */
function shownItems(db: Database, items: readonly CompareItem[], sourceIds: readonly string[], personId: string): readonly CompareItem[] {
  const models = new Set(listSources(db).flatMap(({ id, origin }) => (origin === 'model' ? [id] : [])));
  if (sourceIds.every((id) => models.has(id))) return items;
  const blind = new Set(sql(db, `SELECT sha256 FROM image WHERE num IN (${BLIND_TO})`).pluck().all(personId) as string[]);
  return blind.size === 0 ? items : items.filter(({ sha256 }) => !blind.has(sha256));
}

export function nextFor(db: Database, comparisonId: string, personId: string): NextPair {
  const { pair, choices, token } = look(db, comparisonId, personId);
  const mine = choices.filter((choice) => choice.personId === personId).length;
  if (!pair) return { pair: null, mine };
  const { sha256, question } = pair.item;
  const image = sql(db, 'SELECT id, sha256, name FROM image WHERE sha256 = ?').get(sha256) as { id: string; sha256: string; name: string };
  return { mine, pair: { token, image, question, left: textOf(db, pair.leftId, sha256, question), right: textOf(db, pair.rightId, sha256, question) } };
}

interface Said {
  readonly comparisonId: string;
  readonly token: string;
  readonly outcome: Choice['outcome'];
  readonly reason: string | null;
}
export function choose(db: Database, personId: string, { comparisonId, token, outcome, reason }: Said): ChooseResult {
  const { pair, token: now } = look(db, comparisonId, personId);
  if (!pair || token !== now) return { status: 'stale' };
  const { item, leftId, rightId, repeatOf } = pair;
  const choice = { id: newId(), sha256: item.sha256, question: item.question, leftId, rightId, outcome, reason, personId, at: Date.now(), repeatOf };
  putChoice(db, comparisonId, choice);
  return { status: 'chosen', choiceId: choice.id };
}

/** Takes back the person's last choice; false where there is none. The choice stays in the log, with a row that takes it back. */
export function undoChoice(db: Database, comparisonId: string, personId: string): { undone: boolean } {
  const last = standing(db, comparisonId).findLast((choice) => choice.personId === personId);
  if (!last) return { undone: false };
  putChoice(db, comparisonId, { ...last, id: newId(), outcome: 'undo', reason: null, at: Date.now(), repeatOf: null }, last.id);
  return { undone: true };
}

export function compareResults(db: Database, comparisonId: string): CompareResults {
  const { sourceIds, seed } = comparisonById(db, comparisonId);
  return resultsOf(sourceIds, standing(db, comparisonId), seed);
}

/** The comparison with what each source is called. */
export function namedSources(db: Database, { sourceIds }: Pick<Comparison, 'sourceIds'>): Map<string, string> {
  const names = new Map(listSources(db).map(({ id, name }) => [id, name]));
  return new Map(sourceIds.map((id) => [id, names.get(id) ?? '?']));
}
