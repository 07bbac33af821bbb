/** Works out what one image adds to the figures, from its log and from what is written on it. */
import type { Database } from 'better-sqlite3';
import { type FigurePart, type LoggedStep, partsOf, type Share, workShares } from '../../../../shared/domain/figures.ts';
import type { Op } from '../../../../shared/domain/ops.ts';
import { countWords } from '../../../../shared/text/count.ts';
import { sql } from '../../db/statement.ts';

export interface ImageParts {
  readonly state: string;
  readonly parts: readonly FigurePart[];
}

/** None for an image that is taken out of the work. */
export function readParts(db: Database, num: number, dayOf: (at: number) => number): ImageParts {
  const status = sql(db, 'SELECT state, excluded, rev FROM image WHERE num = ?').get(num) as { state: string; excluded: number; rev: number } | undefined;
  if (!status || status.excluded === 1) return { state: '', parts: [] };
  const steps = status.rev === 0 ? [] : readSteps(db, num);
  const work = inSeconds(workShares(steps, dayOf));
  const lastDay = new Map<string, number>();
  for (const { personId, day } of work) lastDay.set(personId, Math.max(day, lastDay.get(personId) ?? 0));
  return { state: status.state, parts: partsOf([...work, ...writing(db, num, dayOf), ...proposals(db, num, dayOf)], lastDay) };
}

/** Times of an image are told in seconds. */
function inSeconds(shares: readonly Share[]): Share[] {
  const images = new Map<string, Share>();
  for (const share of shares.filter(({ kind }) => kind === 'image')) {
    const known = images.get(share.personId);
    images.set(share.personId, known ? { ...share, count: known.count + share.count, value: known.value + share.value } : share);
  }
  return [...shares.filter(({ kind }) => kind !== 'image'), ...[...images.values()].map((share) => ({ ...share, value: Math.round(share.value / 1000) }))];
}

interface StepRow extends Omit<LoggedStep, 'states' | 'reasons'> {
  readonly ops: string | null;
}
/** Ops are read only where they may speak of the state: a caption's quotes are escaped in JSON, so no text can look like it. */
function readSteps(db: Database, num: number): LoggedStep[] {
  const text = `SELECT user_id AS personId, at, active_ms AS activeMs, group_id AS groupId, action, ref_group_id AS refGroupId,
      CASE WHEN instr(ops, '"kind":"status"') > 0 OR instr(ops, '"kind":"assignment"') > 0 THEN ops END AS ops
    FROM event WHERE image_num = ? ORDER BY rev, id`;
  return (sql(db, text).all(num) as StepRow[]).map(({ ops, ...step }) => ({ ...step, ...movesOf(ops === null ? [] : (JSON.parse(ops) as Op[])) }));
}
function movesOf(ops: readonly Op[]): Pick<LoggedStep, 'states' | 'reasons'> {
  const states = new Set<string>();
  const reasons = new Set<string>();
  for (const op of ops) {
    if (op.op !== 'set' || (op.kind !== 'status' && op.kind !== 'assignment')) continue;
    const { state } = op.after;
    if (state !== undefined && state !== op.before.state) states.add(state);
    if (op.kind === 'status' && op.after.returnReason) reasons.add(op.after.returnReason);
  }
  return { states: [...states], reasons: [...reasons] };
}

function writing(db: Database, num: number, dayOf: (at: number) => number): Share[] {
  const shares: Share[] = [];
  const add = (kind: Share['kind'], name: string, row: { personId: string; at: number }, count: number, value = 0) =>
    shares.push({ kind, name, personId: row.personId, day: dayOf(row.at), count, value });
  for (const row of sql(db, 'SELECT author_id AS personId, created_at AS at, text FROM caption WHERE image_num = ?').all(num) as CaptionRow[]) {
    if (row.text.trim() !== '') add('caption', '', row, 1, countWords(row.text));
  }
  const turns = `SELECT thread.author_id AS personId, turn.created_at AS at, turn.role, turn.question_type AS type, turn.ability
    FROM turn JOIN thread ON thread.image_num = turn.image_num AND thread.id = turn.thread_id WHERE turn.image_num = ? AND trim(turn.text) <> ''`;
  for (const row of sql(db, turns).all(num) as TurnRow[]) {
    if (row.role === 'answer') add('questions', '', row, 0, 1);
    else {
      add('questions', '', row, 1);
      add('type', row.type ?? '', row, 1);
      add('ability', row.ability ?? '', row, 1);
    }
  }
  const sets = sql(db, 'SELECT id, author_id AS personId, created_at AS at, label, presence FROM point_set WHERE image_num = ? AND turn_id IS NULL').all(num);
  if (sets.length === 0) return shares;
  const counted = sql(db, 'SELECT set_id AS id, count(*) AS n FROM point WHERE image_num = ? GROUP BY set_id').all(num) as { id: string; n: number }[];
  const points = new Map(counted.map(({ id, n }) => [id, n]));
  for (const row of sets as SetRow[]) {
    add('points', '', row, 1, points.get(row.id) ?? 0);
    if (row.presence === 'absent') add('absent', row.label, row, 1);
    else add('label', row.label, row, 1, points.get(row.id) ?? 0);
  }
  return shares;
}
interface CaptionRow {
  readonly personId: string;
  readonly at: number;
  readonly text: string;
}
interface TurnRow {
  readonly personId: string;
  readonly at: number;
  readonly role: 'question' | 'answer';
  readonly type: string | null;
  readonly ability: string | null;
}
interface SetRow {
  readonly id: string;
  readonly personId: string;
  readonly at: number;
  readonly label: string;
  readonly presence: 'present' | 'absent';
}

function proposals(db: Database, num: number, dayOf: (at: number) => number): Share[] {
  const rows = sql(db, 'SELECT shown_to AS personId, shown_at AS at, verdict FROM proposal WHERE image_num = ?').all(num);
  return (rows as { personId: string; at: number; verdict: string }[]).map(({ personId, at, verdict }) => ({
    kind: 'proposal',
    name: verdict,
    personId,
    day: dayOf(at),
    count: 1,
    value: 0,
  }));
}
