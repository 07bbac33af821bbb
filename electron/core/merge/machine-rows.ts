/** What machines made and people said of it, taken over from another copy: rows are united by their ids, and a verdict counts more than none. */
import { distancePct } from '../../../shared/domain/proposal.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import type { Db } from '../db/open.ts';
import { sql } from '../db/statement.ts';
import { proposalsOfImage } from '../db/proposals.ts';

type Row = Record<string, unknown>;
const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isId = (value: unknown): boolean => typeof value === 'string' && idPattern.test(value);

/** Drafts, proposals and what annotation files said of one image. Rows that are not what they should be are left away. Call inside a transaction. */
export function mergeMachineRows(ours: Db, theirs: Db, theirNum: number, ourNum: number): void {
  const hasPerson = (id: unknown) => sql(ours, 'SELECT 1 FROM person WHERE id = ?').get(id) !== undefined;
  for (const row of sql(theirs, 'SELECT * FROM draft WHERE image_num = ? ORDER BY asked_at, id').all(theirNum) as Row[]) {
    if (!isId(row['id']) || !hasPerson(row['asked_by']) || !isMessages(row['prompt'])) continue;
    if (row['previous_id'] !== null && !sql(ours, 'SELECT 1 FROM draft WHERE id = ?').get(row['previous_id'])) row['previous_id'] = null;
    put(ours, 'draft', { ...row, image_num: ourNum });
    settle(ours, 'draft', row, 'verdict = @verdict, settled_at = @settled_at');
  }
  for (const row of sql(theirs, 'SELECT * FROM proposal WHERE image_num = ? ORDER BY id').all(theirNum) as Row[]) {
    if (!isId(row['id']) || !hasPerson(row['shown_to'])) continue;
    put(ours, 'proposal', { ...row, image_num: ourNum });
    settle(ours, 'proposal', row, 'verdict = @verdict, settled_at = @settled_at, point_id = @point_id, moved_pct = @moved_pct');
  }
  for (const row of sql(theirs, 'SELECT * FROM import_extra WHERE image_num = ?').all(theirNum) as Row[])
    put(ours, 'import_extra', { ...row, image_num: ourNum });
}

/** What leads said of near-duplicates; of two decisions the later one holds. */
export function mergeNearDecisions(ours: Db, theirs: Db, numOf: (theirNum: number) => number | null): void {
  const put = sql(
    ours,
    `INSERT INTO near_decision (a_num, b_num, same, decided_by, decided_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (a_num, b_num) DO UPDATE
     SET same = excluded.same, decided_by = excluded.decided_by, decided_at = excluded.decided_at WHERE excluded.decided_at > decided_at`,
  );
  for (const row of sql(theirs, 'SELECT a_num AS a, b_num AS b, same, decided_by AS by, decided_at AS at FROM near_decision').all() as Row[]) {
    const [a, b] = [numOf(row['a'] as number), numOf(row['b'] as number)];
    if (a === null || b === null || a === b || !sql(ours, 'SELECT 1 FROM person WHERE id = ?').get(row['by'])) continue;
    put.run(Math.min(a, b), Math.max(a, b), row['same'], row['by'], row['at']);
  }
}

/** Makes verdicts on proposals say what the points say, as every edit does. */
export function followPoints(db: Db, imageNum: number, doc: Doc): void {
  const proposals = proposalsOfImage(db, imageNum);
  if (proposals.length === 0) return;
  const image = sql(db, 'SELECT width_px AS widthPx, height_px AS heightPx FROM image WHERE num = ?').get(imageNum) as { widthPx: number; heightPx: number };
  const points = new Map(doc.point.flatMap((point) => (point.proposalId === undefined ? [] : [[point.proposalId, point] as const])));
  const set = sql(db, 'UPDATE proposal SET verdict = ?, point_id = ?, moved_pct = ?, settled_at = CASE WHEN ? THEN coalesce(settled_at, ?) END WHERE id = ?');
  for (const proposal of proposals) {
    const point = points.get(proposal.id);
    const moved = point ? distancePct(image, proposal, point) : null;
    const verdict = point ? (moved! > 0 ? 'moved' : 'accepted') : proposal.verdict === 'rejected' ? 'rejected' : 'open';
    if (verdict === proposal.verdict && proposal.pointId === (point?.id ?? null) && proposal.movedPct === moved) continue;
    set.run(verdict, point?.id ?? null, moved, verdict === 'open' ? 0 : 1, Date.now(), proposal.id);
  }
}

function put(db: Db, table: 'draft' | 'proposal' | 'import_extra', row: Row): void {
  const columns = sql(db, `SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
  const values = columns.map((column) => row[column] ?? null);
  sql(db, `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(values);
}
/** A verdict holds over none; of two, the later one. */
function settle(db: Db, table: 'draft' | 'proposal', row: Row, set: string): void {
  if (row['verdict'] === 'open') return;
  sql(db, `UPDATE OR IGNORE ${table} SET ${set} WHERE id = @id AND (verdict = 'open' OR coalesce(settled_at, 0) < coalesce(@settled_at, 0))`).run(row);
}
function isMessages(text: unknown): boolean {
  try {
    const value = JSON.parse(String(text)) as unknown;
    return Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && 'role' in each && 'content' in each);
  } catch {
    return false;
  }
}
