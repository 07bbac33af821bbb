/** What the ops of one edit did, in words that a sentence is made of. Reads the ops alone, so that a page of the log is told without replaying images. */
import { countWords } from '../text/count.ts';
import type { Op } from './ops.ts';

/** One thing that an edit did: a key below `history.did`, with what fills it. */
export interface Deed {
  readonly what:
    | 'wrote'
    | 'cut'
    | 'rewrote'
    | 'text-removed'
    | 'label-added'
    | 'label-removed'
    | 'label-changed'
    | 'swept'
    | 'question-sorted'
    | 'absent'
    | 'present'
    | 'points-added'
    | 'points-removed'
    | 'points-moved'
    | 'state'
    | 'taken-out'
    | 'taken-in'
    | 'skipped'
    | 'unskipped'
    | 'commented'
    | 'comment-changed'
    | 'comment-settled'
    | 'comment-removed'
    | 'assigned'
    | 'unassigned'
    | 'assignment-state'
    | 'dismissed'
    | 'undismissed'
    | 'decided'
    | 'nothing';
  readonly count: number;
  /** Which text: caption, question or answer. */
  readonly place: 'caption' | 'question' | 'answer' | null;
  /** A label, a state, a reason. */
  readonly name: string;
}

/** What ops only name by id. Null where nobody knows it any more, or where it is not to be told. */
export interface OpNames {
  label(setId: string): string | null;
  setOf(pointId: string): string | null;
  role(turnId: string): 'question' | 'answer' | null;
}

type Bare = Omit<Deed, 'count'>;
const bare = (what: Deed['what'], name = '', place: Deed['place'] = null): Bare => ({ what, name, place });
const one = (found: Bare | null): (Bare & { count: number })[] => (found ? [{ ...found, count: 1 }] : []);

/** The deeds of an edit, alike ones as one with their count, in the order of the first of each. `nothing` alone where no op tells anything. */
export function deedsOfOps(ops: readonly Op[], names: OpNames): Deed[] {
  const known = namesIn(ops, names);
  const sums = new Map<string, Deed>();
  for (const op of ops) {
    for (const deed of deedsOfOp(op, known)) {
      const key = [deed.what, deed.place, deed.name].join('\n');
      sums.set(key, { ...deed, count: deed.count + (sums.get(key)?.count ?? 0) });
    }
  }
  return sums.size > 0 ? [...sums.values()] : [{ ...bare('nothing'), count: 1 }];
}

/** The same names, those first that the edit itself says: a label may be gone since. */
function namesIn(ops: readonly Op[], names: OpNames): OpNames {
  const labels = new Map<string, string>();
  const sets = new Map<string, string>();
  const roles = new Map<string, 'question' | 'answer'>();
  for (const op of ops) {
    if (!('row' in op)) continue;
    if (op.kind === 'pointSet') labels.set(op.row.id, op.row.label);
    else if (op.kind === 'point') sets.set(op.row.id, op.row.setId);
    else if (op.kind === 'turn') roles.set(op.row.id, op.row.role);
  }
  return {
    label: (id) => labels.get(id) ?? names.label(id),
    setOf: (id) => sets.get(id) ?? names.setOf(id),
    role: (id) => roles.get(id) ?? names.role(id),
  };
}

function deedsOfOp(op: Op, names: OpNames): Deed[] {
  if (op.op === 'settle') return one(op.open ? null : bare('decided'));
  if (op.op === 'text') return textDeeds(op.del, op.ins, op.kind === 'caption' ? 'caption' : (names.role(op.id) ?? 'answer'));
  if (op.kind === 'caption') return op.op === 'set' ? [] : rowText(op.op, op.row.text, 'caption');
  if (op.kind === 'turn') return op.op === 'set' ? one(sorted(op.after)) : rowText(op.op, op.row.text, op.row.role);
  if (op.kind === 'thread') return [];
  return op.op === 'set' ? setDeeds(op, names) : one(rowDeed(op, names));
}

/** How many words a splice put in and took out. */
function textDeeds(del: string, ins: string, place: Deed['place']): Deed[] {
  const [added, removed] = [countWords(ins), countWords(del)];
  if (removed === 0 && added > 0 && del === '') return [{ ...bare('wrote', '', place), count: added }];
  if (added === 0 && removed > 0 && ins === '') return [{ ...bare('cut', '', place), count: removed }];
  return [{ ...bare('rewrote', '', place), count: Math.max(added, removed) }];
}

/** A text that came or went with its row; one without words says nothing. */
function rowText(op: 'add' | 'remove', text: string, place: Deed['place']): Deed[] {
  const words = countWords(text);
  if (text === '') return [];
  return op === 'remove' ? one(bare('text-removed', '', place)) : [{ ...bare('wrote', '', place), count: words }];
}

const sorted = (after: object) => ('questionType' in after || 'ability' in after ? bare('question-sorted') : null);

function rowDeed(op: Extract<Op, { op: 'add' | 'remove' }>, names: OpNames): Bare | null {
  const adds = op.op === 'add';
  if (op.kind === 'point') return bare(adds ? 'points-added' : 'points-removed', names.label(op.row.setId) ?? '');
  if (op.kind === 'pointSet') {
    // Points inside an answer come and go with its text.
    if (op.row.turnId !== undefined) return null;
    return bare(!adds ? 'label-removed' : op.row.presence === 'absent' ? 'absent' : 'label-added', op.row.label);
  }
  if (op.kind === 'comment') return bare(adds ? 'commented' : 'comment-removed');
  if (op.kind === 'assignment') return bare(adds ? 'assigned' : 'unassigned', op.row.kind);
  return op.kind === 'dismissal' ? bare(adds ? 'dismissed' : 'undismissed', op.row.code) : null;
}

function setDeeds(op: Extract<Op, { op: 'set' }>, names: OpNames): Deed[] {
  if (op.kind === 'point') {
    if (!('xPct' in op.after || 'yPct' in op.after)) return [];
    const set = names.setOf(op.id);
    return one(bare('points-moved', (set === null ? null : names.label(set)) ?? ''));
  }
  if (op.kind === 'pointSet') {
    const label = op.after.label ?? names.label(op.id) ?? '';
    return [
      ...one(op.after.label === undefined ? null : bare('label-changed', label)),
      ...one(op.after.presence === undefined ? null : bare(op.after.presence, label)),
      ...one('sweep' in op.after ? bare('swept', label) : null),
    ];
  }
  if (op.kind === 'comment') return one(bare(op.after.resolved === true ? 'comment-settled' : 'comment-changed'));
  if (op.kind === 'assignment') return one(op.after.state === undefined ? null : bare('assignment-state', op.after.state));
  return op.kind === 'status' ? statusDeeds(op.after) : [];
}

function statusDeeds(after: Extract<Op, { op: 'set'; kind: 'status' }>['after']): Deed[] {
  return [
    // That work began is no news.
    ...one(after.state === undefined || after.state === 'draft' ? null : bare('state', after.state)),
    ...one(after.excluded === undefined ? null : bare(after.excluded ? 'taken-out' : 'taken-in')),
    ...one(after.skipped === undefined ? null : after.skipped === null ? bare('unskipped') : bare('skipped', after.skipped)),
  ];
}
