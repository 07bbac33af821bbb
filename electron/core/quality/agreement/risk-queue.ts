/** Submitted images in the order in which a reviewer should look at them. */
import type { Database } from 'better-sqlite3';
import { meanScore } from '../../../../shared/domain/agreement/compare.ts';
import { DEFAULT_RADIUS_PCT } from '../../../../shared/domain/agreement/points.ts';
import type { RiskItem } from '../../../../shared/domain/agreement/queues.ts';
import { riskOf } from '../../../../shared/domain/agreement/risk.ts';
import { median } from '../../../../shared/domain/proposal-report.ts';
import { keepRanking } from '../../db/rankings.ts';
import { sql } from '../../db/statement.ts';
import { comparedImages, type KeptImage } from './cache.ts';
import { noLikeness, scoresOf } from './overview.ts';

/** Images read at a time. */
const SLICE = 300;
/** Listed with their reasons. */
const MOST = 300;
/** So many proposals taken by one edit were hardly looked at one by one. */
const AT_ONCE = 4;
const breathe = () => new Promise((resolve) => setImmediate(resolve));

interface Row {
  readonly num: number;
  readonly imageId: string;
  readonly name: string;
  readonly personId: string;
  readonly units: number;
  readonly points: number;
  readonly activeMs: number;
  readonly unseen: number;
}
const ROWS = `SELECT image.num, image.id AS imageId, image.name, image.point_count AS points, image.caption_words + image.point_count AS units,
    coalesce((SELECT user_id FROM event WHERE event.image_num = image.num ORDER BY seq DESC LIMIT 1), '') AS personId,
    coalesce((SELECT sum(active_ms) FROM event WHERE event.image_num = image.num AND active_ms IS NOT NULL), 0) AS activeMs,
    coalesce((SELECT sum(n) FROM (SELECT count(*) AS n FROM proposal WHERE proposal.image_num = image.num AND verdict = 'accepted'
      GROUP BY settled_at HAVING n >= ${AT_ONCE})), 0) AS unseen
  FROM image WHERE state = 'submitted' AND excluded = 0 AND image.num > ? ORDER BY image.num LIMIT ${SLICE}`;

/** What the checks found on an image and nobody dismissed, as of when it was last checked. */
const findingsOf = (db: Database, num: number): number =>
  sql(db, 'SELECT count(*) FROM lint_finding WHERE image_num = ? AND dismissed = 0').pluck().get(num) as number;

/** All submitted images by risk, the first of them with their reasons. */
export async function riskQueue(db: Database, signal: AbortSignal): Promise<{ rankingId: string; total: number; items: RiskItem[] }> {
  const work = comparedImages(db, DEFAULT_RADIUS_PCT, signal);
  let step = await work.next();
  while (step.done !== true) step = await work.next();
  const images: readonly KeptImage[] = step.value;
  const scores = scoresOf(images);
  const agreed = new Map(images.flatMap((image) => (image.comparisons.length > 0 ? [[image.num, meanScore(image.comparisons)!] as const] : [])));
  const mean = (list: readonly { score: number }[] | undefined) =>
    list === undefined || list.length === 0 ? null : list.reduce((sum, { score }) => sum + score, 0) / list.length;
  const means = new Map([...scores].map(([id, { peers, gold }]) => [id, { peers: mean(peers), gold: mean(gold) }]));
  const rows = await readRows(db, signal);
  const pace = ({ activeMs, units }: Row) => (activeMs > 0 && units > 0 ? activeMs / units : null);
  const paces = (list: readonly Row[]) => median(list.map(pace).filter((one) => one !== null));
  const projectUnitMs = paces(rows);
  const own = new Map([...Map.groupBy(rows, ({ personId }) => personId)].map(([id, list]) => [id, paces(list)]));
  const before = doneBy(db);
  const items = rows.map((row) => ({
    num: row.num,
    imageId: row.imageId,
    name: row.name,
    personId: row.personId,
    ...riskOf({
      submittedBefore: before.get(row.personId) ?? 0,
      // This image's own agreement says more than the person's mean.
      agreement: agreed.get(row.num) ?? means.get(row.personId)?.peers ?? null,
      gold: means.get(row.personId)?.gold ?? null,
      unitMs: pace(row),
      ownUnitMs: own.get(row.personId) ?? null,
      projectUnitMs,
      findings: findingsOf(db, row.num),
      points: row.points,
      unseenPoints: row.unseen,
    }),
  }));
  items.sort((a, b) => b.score - a.score || a.num - b.num);
  const nums = items.map(({ num }) => num);
  const rankingId = keepRanking(db, nums, noLikeness(nums), null);
  return { rankingId, total: items.length, items: items.slice(0, MOST).map(({ num: _num, ...item }) => item) };
}

async function readRows(db: Database, signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  for (let last = 0; ;) {
    const slice = sql(db, ROWS).all(last) as Row[];
    rows.push(...slice);
    if (slice.length < SLICE || signal.aborted) return rows;
    last = slice.at(-1)!.num;
    await breathe();
    if (!db.open) return rows;
  }
}

/** Images of each person that a reviewer accepted: who has many of those is no longer new. */
function doneBy(db: Database): Map<string, number> {
  const text = `SELECT person_id AS id, count(*) AS n FROM image_person JOIN image ON image.num = image_num WHERE state = 'accepted' GROUP BY person_id`;
  return new Map((sql(db, text).all() as { id: string; n: number }[]).map(({ id, n }) => [id, n]));
}
