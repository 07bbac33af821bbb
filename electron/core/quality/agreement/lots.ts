/** Lots: submitted images that are taken or turned down together, by a sample of them. */
import type { Database } from 'better-sqlite3';
import { acceptancePlan, type Aql, type InspectionLevel, lotVerdict, planRisks } from '../../../../shared/domain/agreement/acceptance.ts';
import { DEFAULT_SEED, randomFrom } from '../../../../shared/domain/agreement/bootstrap.ts';
import type { AcceptanceLot } from '../../../../shared/domain/agreement/queues.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { keepRanking } from '../../db/rankings.ts';
import { noLikeness } from './overview.ts';
import { sql } from '../../db/statement.ts';

export interface LotWish {
  readonly level: InspectionLevel;
  readonly aql: Aql;
  readonly personId: string | null;
  readonly seed?: number | undefined;
}

/** Makes a lot of the images that are submitted now and in no open lot, and draws its sample by the seed. Throws `empty-lot` where there are none. */
export function newLot(db: Database, { level, aql, personId, seed }: LotWish, leadId: string, now: number): AcceptanceLot {
  const text = `SELECT num FROM image WHERE state = 'submitted' AND excluded = 0
    AND (@personId IS NULL OR EXISTS (SELECT 1 FROM image_person WHERE image_num = num AND person_id = @personId)) ORDER BY id`;
  const taken = new Set(openLots(db).flatMap((id) => sql(db, 'SELECT image_num FROM acceptance_item WHERE lot_id = ?').pluck().all(id) as number[]));
  const nums = (sql(db, text).pluck().all({ personId }) as number[]).filter((num) => !taken.has(num));
  if (nums.length === 0) throw new AppError('invalid', 'no submitted image is left for a lot', { key: 'empty-lot' });
  const { sampleSize } = acceptancePlan(nums.length, level, aql);
  const sample = new Set(drawn(nums, sampleSize, seed ?? DEFAULT_SEED));
  const id = newId();
  db.transaction(() => {
    const lot = 'INSERT INTO acceptance_lot (id, made_by, made_at, level, aql, person_id) VALUES (?, ?, ?, ?, ?, ?)';
    sql(db, lot).run(id, leadId, now, level, aql, personId);
    const put = sql(db, 'INSERT INTO acceptance_item (lot_id, image_num, sampled) VALUES (?, ?, ?)');
    for (const num of nums) put.run(id, num, sample.has(num) ? 1 : 0);
  })();
  return lotById(db, id);
}

/** So many of them by chance, by the first steps of Fisher and Yates' shuffle. */
function drawn(nums: readonly number[], count: number, seed: number): number[] {
  const list = [...nums];
  const random = randomFrom(seed);
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(random() * (list.length - at));
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
  return list.slice(0, count);
}

const openLots = (db: Database): string[] =>
  lots(db)
    .filter(({ verdict }) => verdict === 'open')
    .map(({ id }) => id);

/** All lots, the newest first. */
export function lots(db: Database): AcceptanceLot[] {
  const ids = sql(db, 'SELECT id FROM acceptance_lot ORDER BY id DESC LIMIT 100').pluck().all() as string[];
  return ids.map((id) => lotById(db, id));
}

function lotById(db: Database, id: string): AcceptanceLot {
  const row = sql(db, 'SELECT made_at AS madeAt, level, aql, person_id AS personId FROM acceptance_lot WHERE id = ?').get(id) as
    | Pick<AcceptanceLot, 'madeAt' | 'level' | 'aql' | 'personId'>
    | undefined;
  if (!row) throw new AppError('not-found', `no lot ${id}`, { key: 'no-lot' });
  const counts = `SELECT count(*) AS size, coalesce(sum(sampled AND state IN ('accepted', 'returned')), 0) AS looked, coalesce(sum(sampled AND state = 'returned'), 0) AS wrong
    FROM acceptance_item JOIN image ON image.num = image_num WHERE lot_id = ?`;
  const { size, looked, wrong } = sql(db, counts).get(id) as { size: number; looked: number; wrong: number };
  const plan = acceptancePlan(size, row.level, row.aql);
  return { id, ...row, size, plan, risks: planRisks(plan, size, row.aql), looked, wrong, verdict: lotVerdict(plan, looked, wrong) };
}

/** The sample in its order, what of the lot was not looked at, or what of the sample was returned. */
export function lotItems(db: Database, lotId: string, part: 'sample' | 'rest' | 'wrong'): { rankingId: string; imageIds: string[] } {
  const only = { sample: 'sampled = 1', rest: "sampled = 0 AND state = 'submitted'", wrong: "sampled = 1 AND state = 'returned'" }[part];
  const text = `SELECT image.num, image.id FROM acceptance_item JOIN image ON image.num = image_num WHERE lot_id = ? AND ${only} ORDER BY image.num`;
  const rows = sql(db, text).all(lotId) as { num: number; id: string }[];
  const nums = rows.map(({ num }) => num);
  return { rankingId: keepRanking(db, nums, noLikeness(nums), null), imageIds: rows.map(({ id }) => id) };
}
