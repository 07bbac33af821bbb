/** Orders of images by likeness, kept beside the database while it is open, so that SQL can filter and page them like any other order. */
import type { Database } from 'better-sqlite3';
import { newId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { sql } from './statement.ts';

export interface Ranking {
  /** What `temp.ranking` knows it by. */
  readonly num: number;
  /** So many of the first go with a full-text search, besides what that finds; null: full text chooses among the ranked. */
  readonly beside: number | null;
}
/** The last ones; the least recently used goes first. */
const KEPT = 12;
const known = new WeakMap<Database, Map<string, Ranking>>();
let next = 1;

function rankingsOf(db: Database): Map<string, Ranking> {
  let rankings = known.get(db);
  if (!rankings) {
    db.exec('CREATE TEMP TABLE ranking (id INTEGER, image_num INTEGER, place INTEGER, score REAL, PRIMARY KEY (id, image_num)) WITHOUT ROWID');
    known.set(db, (rankings = new Map()));
  }
  return rankings;
}

/** Keeps an order and returns the id by which filters name it. */
export function keepRanking(db: Database, nums: ArrayLike<number>, scores: ArrayLike<number | null>, beside: number | null): string {
  rankingsOf(db);
  const num = next++;
  const insert = sql(db, 'INSERT OR IGNORE INTO temp.ranking (id, image_num, place, score) VALUES (?, ?, ?, ?)');
  db.transaction(() => {
    for (let place = 0; place < nums.length; place++) insert.run(num, nums[place], place, scores[place]);
  })();
  return name(db, { num, beside });
}

/** Keeps the images whose numbers a SELECT gives as `num`, and returns the id by which filters name them. They are like nothing. */
export function keepList(db: Database, select: string, values: readonly (string | number)[]): { rankingId: string; count: number } {
  rankingsOf(db);
  const num = next++;
  // Written in the order of its key: 100,000 in the order of another index take ten times as long.
  const into = `INSERT INTO temp.ranking (id, image_num, place, score) SELECT ?, num, num, NULL FROM (${select}) ORDER BY num`;
  const { changes } = db.prepare(into).run([num, ...values]);
  return { rankingId: name(db, { num, beside: null }), count: changes };
}

function name(db: Database, ranking: Ranking): string {
  const rankings = rankingsOf(db);
  const id = newId();
  rankings.set(id, ranking);
  for (const [old, { num: oldNum }] of rankings) {
    if (rankings.size <= KEPT) break;
    rankings.delete(old);
    sql(db, 'DELETE FROM temp.ranking WHERE id = ?').run(oldNum);
  }
  return id;
}

/** Throws AppError `ranking-gone` for one that was dropped or is of another session. */
export function rankingOf(db: Database, id: string): Ranking {
  const rankings = rankingsOf(db);
  const ranking = rankings.get(id);
  if (!ranking) throw new AppError('not-found', 'the ranking is no longer kept', { key: 'ranking-gone' });
  rankings.delete(id);
  rankings.set(id, ranking);
  return ranking;
}

/** How like an image is in a ranking; undefined in one of another kind. */
export const rankingScore = (db: Database, { num }: Ranking, imageNum: number): number | undefined =>
  (sql(db, 'SELECT score FROM temp.ranking WHERE id = ? AND image_num = ?').get(num, imageNum) as { score: number | null } | undefined)?.score ?? undefined;
