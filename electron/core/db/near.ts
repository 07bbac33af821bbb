/** Groups of near-duplicates as they were found last, and what leads decided of them. */
import type { Database } from 'better-sqlite3';
import type { NearStep } from '../../../shared/rpc/machine-contract.ts';
import type { NearFound } from '../search/messages.ts';
import { sql } from './statement.ts';

/** Replaces all groups by these, each with its first image in front, in one transaction. */
export function writeNearGroups(db: Database, { groups, likeness }: NearFound, at: number): void {
  db.transaction(() => {
    sql(db, 'DELETE FROM near_likeness').run();
    for (const [num, first, value] of likeness) sql(db, 'INSERT INTO near_likeness (image_num, first_num, likeness) VALUES (?, ?, ?)').run(num, first, value);
    sql(db, 'DELETE FROM near_member').run();
    sql(db, 'DELETE FROM near_group').run();
    for (const group of groups) addGroup(db, group, at);
  })();
}

function addGroup(db: Database, members: readonly number[], at: number): void {
  const { lastInsertRowid } = sql(db, 'INSERT INTO near_group (found_at) VALUES (?)').run(at);
  for (const num of members) sql(db, 'INSERT OR REPLACE INTO near_member (image_num, group_num) VALUES (?, ?)').run(num, lastInsertRowid);
}

/** Numbers of groups that still have two images or more in the work, in order. */
const LIVE = `SELECT near_member.group_num AS num FROM near_member JOIN image ON image.num = near_member.image_num WHERE image.excluded = 0
  GROUP BY near_member.group_num HAVING count(*) > 1`;

export const countNearGroups = (db: Database): number => (sql(db, `SELECT count(*) AS n FROM (${LIVE})`).get() as { n: number }).n;

/** Images of a stretch of the groups, those taken out of the work left away. */
export function nearGroupsPage(db: Database, offset: number, limit: number): number[][] {
  const groups = sql(db, `${LIVE} ORDER BY min(near_member.image_num) LIMIT ? OFFSET ?`).all(limit, offset) as { num: number }[];
  const members = sql(
    db,
    'SELECT image_num AS num FROM near_member JOIN image ON image.num = image_num WHERE group_num = ? AND excluded = 0 ORDER BY image_num',
  );
  return groups.map(({ num }) => (members.all(num) as { num: number }[]).map((member) => member.num));
}

/** How alike the encoder found two images of a group; null where it was not asked. */
export const nearLikeness = (db: Database, num: number, first: number): number | null =>
  (sql(db, 'SELECT likeness FROM near_likeness WHERE image_num = ? AND first_num = ?').pluck().get(num, first) as number | undefined) ?? null;

/** When near-duplicates were found last, or null. */
export const nearFoundAt = (db: Database): number | null =>
  (sql(db, "SELECT ended_at AS at FROM job WHERE kind = 'duplicates' AND state = 'done' ORDER BY ended_at DESC LIMIT 1").get() as { at: number } | undefined)
    ?.at ?? null;

type Parts = readonly (readonly number[])[];
type StoredDecision = readonly [a: number, b: number, same: number | null, by: string | null, at: number | null];

/**
 * Sets apart what is in different parts and joins what is in one, now and whenever near-duplicates are found again. Groups that lose a member keep the
 * others. What was there before is kept as a step, which `undoNear` takes back.
 */
export function decideNear(db: Database, parts: Parts, personId: string, at: number): void {
  const decide = sql(
    db,
    `INSERT INTO near_decision (a_num, b_num, same, decided_by, decided_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (a_num, b_num) DO UPDATE SET same = excluded.same, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
  );
  db.transaction(() => {
    const before: StoredDecision[] = [];
    const groups = groupsOf(db, parts.flat());
    for (const [a, b, same] of pairsOf(parts)) {
      before.push(decisionOf(db, a, b));
      decide.run(a, b, same ? 1 : 0, personId, at);
    }
    regroup(db, parts.flat(), parts, at);
    sql(db, 'INSERT INTO near_step (kind, decisions, groups, decided_by, decided_at) VALUES (?, ?, ?, ?, ?)').run(
      parts.length > 1 ? 'parted' : 'joined',
      JSON.stringify(before),
      JSON.stringify(groups),
      personId,
      at,
    );
  })();
}

/** The last decision that was not taken back, or null. */
export const lastNearStep = (db: Database): NearStep | null =>
  (sql(db, 'SELECT num, kind, decided_at AS at FROM near_step WHERE undone_at IS NULL ORDER BY num DESC LIMIT 1').get() as NearStep | undefined) ?? null;

/** Takes back the last decision: its pairs and groups are as they were. Returns the images it was about; null where it is not `num` (somebody was quicker). */
export function undoNear(db: Database, num: number, at: number): number[] | null {
  return db.transaction(() => {
    if (lastNearStep(db)?.num !== num) return null;
    const row = sql(db, 'SELECT decisions, groups FROM near_step WHERE num = ?').get(num) as { decisions: string; groups: string };
    const decisions = JSON.parse(row.decisions) as StoredDecision[];
    const groups = JSON.parse(row.groups) as number[][];
    for (const [a, b, same, by, decidedAt] of decisions) {
      if (same === null) sql(db, 'DELETE FROM near_decision WHERE a_num = ? AND b_num = ?').run(a, b);
      else sql(db, 'UPDATE near_decision SET same = ?, decided_by = ?, decided_at = ? WHERE a_num = ? AND b_num = ?').run(same, by, decidedAt, a, b);
    }
    const nums = [...new Set([...decisions.flatMap(([a, b]) => [a, b]), ...groups.flat()])];
    regroup(db, nums, groups, at);
    sql(db, 'UPDATE near_step SET undone_at = ? WHERE num = ?').run(at, num);
    return nums;
  })();
}

/** Each pair once, the lower number first, and whether one part holds both. */
function* pairsOf(parts: Parts): Generator<readonly [a: number, b: number, same: boolean]> {
  const pair = (a: number, b: number, same: boolean) => [Math.min(a, b), Math.max(a, b), same] as const;
  for (const [index, part] of parts.entries()) {
    for (const [place, a] of part.entries()) {
      for (const b of part.slice(place + 1)) yield pair(a, b, true);
      for (const other of parts.slice(index + 1)) for (const b of other) yield pair(a, b, false);
    }
  }
}

function decisionOf(db: Database, a: number, b: number): StoredDecision {
  const row = sql(db, 'SELECT same, decided_by AS by, decided_at AS at FROM near_decision WHERE a_num = ? AND b_num = ?').get(a, b) as
    | { same: number; by: string; at: number }
    | undefined;
  return [a, b, row?.same ?? null, row?.by ?? null, row?.at ?? null];
}

/** Whole groups of these images, those that are in none left away. */
function groupsOf(db: Database, nums: readonly number[]): number[][] {
  const groupOf = sql(db, 'SELECT group_num FROM near_member WHERE image_num = ?').pluck();
  const numbers = new Set(nums.map((num) => groupOf.get(num) as number | undefined));
  const members = sql(db, 'SELECT image_num FROM near_member WHERE group_num = ? ORDER BY image_num').pluck();
  return [...numbers].filter((group) => group !== undefined).map((group) => members.all(group) as number[]);
}

/** Takes images out of their groups and makes new ones of `groups`. */
function regroup(db: Database, nums: readonly number[], groups: Parts, at: number): void {
  for (const num of nums) sql(db, 'DELETE FROM near_member WHERE image_num = ?').run(num);
  for (const group of groups) if (group.length > 1) addGroup(db, group, at);
  sql(db, 'DELETE FROM near_group WHERE num NOT IN (SELECT group_num FROM near_member)').run();
}
