/** Adds up what became of proposals, a stretch of the project at a time, so that others are served in between. */
import type { Database } from 'better-sqlite3';
import { hidesProposals, type ProposalVerdict } from '../../../shared/domain/proposal.ts';
import { differenceOf, median, type PointTime, type ProposalReport, type ReportRow, savedMs } from '../../../shared/domain/proposal-report.ts';
import { readMeta } from '../db/meta.ts';
import { readSettings } from '../db/settings.ts';
import { sql } from '../db/statement.ts';

/** Images of one stretch; fewer where their edits are read. */
const IMAGES = 400;
const EVENT_IMAGES = 40;
/** Who does nothing for longer is away, as for captions. */
const AWAY_MS = 20_000;
/** Images of a label on either side that the interval is drawn from. */
const MOST_IMAGES = 3000;

interface Keys {
  readonly encoderId: string;
  readonly encoderHash: string;
  readonly label: string;
}
interface Group extends Keys {
  images: number;
  verdicts: Record<ProposalVerdict, number>;
  moves: number[];
}
interface Side {
  counts: number[];
  spread: number[];
}
type Sides = Record<'shown' | 'hidden', Side>;
const breathe = () => new Promise((resolve) => setImmediate(resolve));

/** The report over the whole project. */
export async function proposalReport(db: Database, signal?: AbortSignal): Promise<ProposalReport> {
  const groups = new Map<string, Group>();
  const labels = new Map<string, Sides>();
  const { hiddenShare } = readSettings(db).proposals;
  const seed = readMeta(db, 'id');
  const last = (sql(db, 'SELECT coalesce(max(num), 0) AS num FROM image').get() as { num: number }).num;
  for (let from = 0; from < last && !signal?.aborted; from += IMAGES) {
    addVerdicts(db, groups, from);
    await breathe();
  }
  for (const { label } of groups.values()) labels.set(label, { shown: { counts: [], spread: [] }, hidden: { counts: [], spread: [] } });
  for (let from = 0; labels.size > 0 && from < last && !signal?.aborted; from += IMAGES) {
    addPoints(db, labels, from, (imageId) => hidesProposals(imageId, seed, hiddenShare));
    await breathe();
  }
  const time = await pointTime(db, last, signal);
  const rows: ReportRow[] = [];
  for (const group of groups.values()) {
    rows.push(rowOf(group, labels.get(group.label)!, time));
    await breathe();
  }
  return { rows: rows.toSorted((a, b) => b.shown - a.shown || (a.label < b.label ? -1 : 1)), time, hiddenShare };
}

function addVerdicts(db: Database, groups: Map<string, Group>, from: number): void {
  const range = [from, from + IMAGES];
  const groupOf = ({ encoderId, encoderHash, label }: Keys): Group => {
    const key = `${encoderHash} ${label}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { encoderId, encoderHash, label, images: 0, verdicts: { accepted: 0, moved: 0, rejected: 0, open: 0 }, moves: [] }));
    return group;
  };
  const KEYS = 'encoder_id AS encoderId, encoder_hash AS encoderHash, label';
  const FROM = 'FROM proposal WHERE image_num > ? AND image_num <= ?';
  const all = <T>(text: string) => sql(db, text).all(range) as (Keys & T)[];
  for (const row of all<{ images: number }>(`SELECT ${KEYS}, count(DISTINCT image_num) AS images ${FROM} GROUP BY encoder_hash, label`))
    groupOf(row).images += row.images;
  for (const row of all<{ verdict: ProposalVerdict; n: number }>(`SELECT ${KEYS}, verdict, count(*) AS n ${FROM} GROUP BY encoder_hash, label, verdict`))
    groupOf(row).verdicts[row.verdict] += row.n;
  for (const row of all<{ movedPct: number }>(`SELECT ${KEYS}, moved_pct AS movedPct ${FROM} AND verdict = 'moved'`)) groupOf(row).moves.push(row.movedPct);
}

/** Images on which the label was pointed at: by people who saw proposals, and by people of the hidden share. */
function addPoints(db: Database, labels: Map<string, Sides>, from: number, isHidden: (imageId: string) => boolean): void {
  const text = `SELECT image.id, point_set.label, count(*) AS n,
      avg(100 * sqrt(((x_pct - 50) * width_px / 100) * ((x_pct - 50) * width_px / 100) + ((y_pct - 50) * height_px / 100) * ((y_pct - 50) * height_px / 100))
        / sqrt(1.0 * width_px * width_px + 1.0 * height_px * height_px)) AS spread,
      EXISTS (SELECT 1 FROM proposal WHERE proposal.image_num = image.num AND proposal.label = point_set.label) AS saw
    FROM point_set JOIN image ON image.num = point_set.image_num JOIN point ON point.image_num = point_set.image_num AND point.set_id = point_set.id
    WHERE point_set.image_num > ? AND point_set.image_num <= ? AND point_set.turn_id IS NULL GROUP BY image.num, point_set.label`;
  const rows = sql(db, text).all(from, from + IMAGES) as { id: string; label: string; n: number; spread: number; saw: number }[];
  for (const { id, label, n, spread, saw } of rows) {
    const sides = labels.get(label);
    const side = saw === 1 ? sides?.shown : isHidden(id) ? sides?.hidden : undefined;
    if (!side || side.counts.length >= MOST_IMAGES) continue;
    side.counts.push(n);
    side.spread.push(spread);
  }
}

/** What a point takes by hand and what one takes that is accepted, checking included: the time since the person's edit before on the same image. */
async function pointTime(db: Database, last: number, signal?: AbortSignal): Promise<PointTime> {
  const sums = { hand: { ms: 0, points: 0 }, accepted: { ms: 0, points: 0 } };
  const text = `SELECT edit.gap AS ms,
      sum(json_extract(op.value, '$.op') = 'add' AND json_extract(op.value, '$.kind') = 'point' AND json_extract(op.value, '$.row.proposalId') IS NULL) AS hand,
      sum(json_extract(op.value, '$.op') = 'add' AND json_extract(op.value, '$.kind') = 'point' AND json_extract(op.value, '$.row.proposalId') IS NOT NULL) AS accepted
    FROM (SELECT seq, ops, action, at - lag(at) OVER (PARTITION BY image_num, user_id ORDER BY seq) AS gap FROM event WHERE image_num > ? AND image_num <= ?) AS edit,
      json_each(edit.ops) AS op
    WHERE edit.action = 'edit' AND edit.gap BETWEEN 1 AND ${AWAY_MS} AND length(edit.ops) < 200000 GROUP BY edit.seq`;
  for (let from = 0; from < last && !signal?.aborted; from += EVENT_IMAGES) {
    for (const { ms, hand, accepted } of sql(db, text).all(from, from + EVENT_IMAGES) as { ms: number; hand: number; accepted: number }[]) {
      if (hand > 0 === accepted > 0) continue;
      const sum = hand > 0 ? sums.hand : sums.accepted;
      sum.ms += ms;
      sum.points += hand + accepted;
    }
    await breathe();
  }
  const each = ({ ms, points }: { ms: number; points: number }) => (points === 0 ? null : ms / points);
  return { handMs: each(sums.hand), handPoints: sums.hand.points, acceptedMs: each(sums.accepted), acceptedPoints: sums.accepted.points };
}

function rowOf({ encoderId, encoderHash, label, images, verdicts, moves }: Group, sides: Sides, time: PointTime): ReportRow {
  const { accepted, moved, rejected, open } = verdicts;
  const decided = accepted + moved + rejected;
  return {
    encoderId,
    encoderHash,
    label,
    images,
    shown: decided + open,
    accepted,
    moved,
    movedMedianPct: median(moves),
    rejected,
    open,
    precision: decided === 0 ? null : (accepted + moved) / decided,
    savedMs: savedMs(accepted + moved, time),
    counts: differenceOf(sides.shown.counts, sides.hidden.counts),
    spread: differenceOf(sides.shown.spread, sides.hidden.spread),
  };
}
