/** Groups of near-duplicates as they were found last, and what leads decided of them. */
import type { Database } from 'better-sqlite3';
import { sql } from './statement.ts';

/** Replaces all groups by these, each with its first image in front, in one transaction. */
export function writeNearGroups(db: Database, groups: readonly (readonly number[])[], at: number): void {
  db.transaction(() => {
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

/** When near-duplicates were found last, or null. */
export const nearFoundAt = (db: Database): number | null =>
  (sql(db, "SELECT ended_at AS at FROM job WHERE kind = 'duplicates' AND state = 'done' ORDER BY ended_at DESC LIMIT 1").get() as { at: number } | undefined)
    ?.at ?? null;

/**
 * Sets apart what is in different parts and joins what is in one, now and whenever near-duplicates are found again. Groups that lose a member keep the
 * others. Several parts and then one of all is the way back.
 */
export function decideNear(db: Database, parts: readonly (readonly number[])[], personId: string, at: number): void {
  const decide = sql(
    db,
    `INSERT INTO near_decision (a_num, b_num, same, decided_by, decided_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (a_num, b_num) DO UPDATE SET same = excluded.same, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
  );
  const pair = (a: number, b: number, same: 0 | 1) => decide.run(Math.min(a, b), Math.max(a, b), same, personId, at);
  db.transaction(() => {
    for (const [index, part] of parts.entries()) {
      for (const [place, a] of part.entries()) {
        for (const b of part.slice(place + 1)) pair(a, b, 1);
        for (const other of parts.slice(index + 1)) for (const b of other) pair(a, b, 0);
      }
      for (const num of part) sql(db, 'DELETE FROM near_member WHERE image_num = ?').run(num);
    }
    for (const part of parts) if (part.length > 1) addGroup(db, part, at);
    sql(db, 'DELETE FROM near_group WHERE num NOT IN (SELECT group_num FROM near_member)').run();
  })();
}
