/** Proposals as they were shown, apart from people's work, and what people did with each: read off the edits that people make. */
import type { Database } from 'better-sqlite3';
import type { EditEvent } from '../../../shared/domain/events.ts';
import type { Point } from '../../../shared/domain/model.ts';
import type { Change, Op } from '../../../shared/domain/ops.ts';
import { distancePct, type Proposal, type ProposalMethod, type ProposalVerdict } from '../../../shared/domain/proposal.ts';
import { sql } from './statement.ts';

/** What all proposals of one ask have in common. */
export interface AskFacts {
  readonly askId: string;
  readonly imageNum: number;
  readonly label: string;
  readonly encoderId: string;
  readonly encoderHash: string;
  readonly method: ProposalMethod;
  readonly shownTo: string;
}
export interface StoredProposal extends Proposal {
  readonly verdict: ProposalVerdict;
  readonly pointId: string | null;
  readonly movedPct: number | null;
}
const COLUMNS = 'id, x_pct AS xPct, y_pct AS yPct, score, verdict, point_id AS pointId, moved_pct AS movedPct';

/** Proposals of one label of an image, oldest first. Rejected ones stay rejected whichever encoder is asked next, so they are of every encoder. `onlyOf`: those shown to this person. */
export function proposalsOf(db: Database, imageNum: number, label: string, onlyOf: string | null): (StoredProposal & { readonly encoderHash: string })[] {
  return sql(
    db,
    `SELECT ${COLUMNS}, encoder_hash AS encoderHash FROM proposal WHERE image_num = @imageNum AND label = @label AND (@onlyOf IS NULL OR shown_to = @onlyOf) ORDER BY id`,
  ).all({ imageNum, label, onlyOf }) as never;
}

export function proposalsOfImage(db: Database, imageNum: number): StoredProposal[] {
  return sql(db, `SELECT ${COLUMNS} FROM proposal WHERE image_num = ? ORDER BY id`).all(imageNum) as never;
}

/** Keeps what is shown. One that was shown before stays as it was shown then. */
export function putProposals(db: Database, { askId, imageNum, label, encoderId, encoderHash, method, shownTo }: AskFacts, shown: readonly Proposal[]): void {
  if (shown.length === 0) return;
  const put = sql(
    db,
    `INSERT INTO proposal (id, image_num, ask_id, label, encoder_id, encoder_hash, method, x_pct, y_pct, score, shown_to, shown_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const at = Date.now();
  db.transaction(() => {
    for (const { id, xPct, yPct, score } of shown) put.run(id, imageNum, askId, label, encoderId, encoderHash, method, xPct, yPct, score, shownTo, at);
  })();
}

/** Rejects open proposals, or takes that back. Accepting is an edit, never this. Returns how many it changed. */
export function rejectProposals(db: Database, imageNum: number, ids: readonly string[], rejected: boolean): number {
  const [from, to, at] = rejected ? ['open', 'rejected', Date.now()] : ['rejected', 'open', null];
  const set = sql(db, 'UPDATE proposal SET verdict = ?, settled_at = ? WHERE id = ? AND image_num = ? AND verdict = ? AND point_id IS NULL');
  return db.transaction(() => ids.reduce((changed, id) => changed + set.run(to, at, id, imageNum, from).changes, 0))();
}

/**
 * Follows an edit: a point that names a proposal says that it was accepted, or moved and how far; one that a person deletes, that it was wrong after all.
 * An undo, and a label that goes as a whole, say nothing of the single proposal: it is open again. Call inside the transaction that writes the event.
 */
export function followEdit(
  db: Database,
  imageNum: number,
  edit: Pick<EditEvent, 'action' | 'at'> & { readonly takesBack?: boolean },
  ops: readonly Op[],
  changes: readonly Change[],
): void {
  const points = changes.filter((change) => change.kind === 'point');
  const gone = points.filter((change) => change.row === null);
  const there = points.flatMap(({ row }) => (row?.proposalId === undefined ? [] : [row]));
  if (there.length > 0) settle(db, imageNum, there, edit.at);
  if (gone.length === 0 || !hasSettled(db, imageNum)) return;
  const setsGone = new Set(changes.flatMap((change) => (change.kind === 'pointSet' && change.row === null ? [change.id] : [])));
  const removed = new Map(ops.flatMap((op) => (op.op === 'remove' && op.kind === 'point' ? [[op.row.id, op.row] as const] : [])));
  const leave = sql(db, 'UPDATE proposal SET verdict = ?, point_id = NULL, moved_pct = NULL, settled_at = ? WHERE point_id = ? AND image_num = ?');
  for (const { id } of gone) {
    const row = removed.get(id);
    const wrong = edit.action !== 'undo' && !edit.takesBack && row !== undefined && !setsGone.has(row.setId);
    leave.run(wrong ? 'rejected' : 'open', wrong ? edit.at : null, id, imageNum);
  }
}

function settle(db: Database, imageNum: number, points: readonly Point[], at: number): void {
  const image = sql(db, 'SELECT width_px AS widthPx, height_px AS heightPx FROM image WHERE num = ?').get(imageNum) as { widthPx: number; heightPx: number };
  const find = sql(db, 'SELECT x_pct AS xPct, y_pct AS yPct FROM proposal WHERE id = ? AND image_num = ?');
  const set = sql(db, 'UPDATE proposal SET verdict = ?, point_id = ?, moved_pct = ?, settled_at = coalesce(settled_at, ?) WHERE id = ?');
  for (const { id, proposalId, ...spot } of points) {
    const proposal = find.get(proposalId, imageNum) as { xPct: number; yPct: number } | undefined;
    // Another copy of the project may have edits that came of proposals which it keeps to itself.
    if (!proposal) continue;
    const moved = distancePct(image, proposal, spot);
    set.run(moved > 0 ? 'moved' : 'accepted', id, moved, at, proposalId);
  }
}

const hasSettled = (db: Database, imageNum: number): boolean =>
  sql(db, 'SELECT 1 FROM proposal WHERE image_num = ? AND point_id IS NOT NULL LIMIT 1').get(imageNum) !== undefined;
