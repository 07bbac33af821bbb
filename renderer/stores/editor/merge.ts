/** Puts edits that were not saved yet on top of a document that somebody else changed meanwhile. */
import type { TextInput } from '../../../shared/domain/text-origin.ts';
import { isSettledBy } from '../../../shared/domain/conflict.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { applyOps, search, textOp, type Op, type TextOp } from '../../../shared/domain/ops.ts';

/** An edit on its way to the core. `baseRev` is set when it is first sent and never changes after that. */
export interface PendingEvent {
  readonly eventId: string;
  readonly imageId: string;
  readonly groupId: string;
  readonly ops: readonly Op[];
  readonly baseRev: number | null;
  /** How long the person was at work on the image before it, in milliseconds. */
  readonly activeMs: number;
  /** How its characters came into its texts, where the project gathers that. */
  readonly textInput?: TextInput;
}

/** Both changes of one text where they don't touch each other; where they do, mine, for it is the one on the screen. */
export function mergeText(before: string, mine: string, theirs: string): string {
  const ours = textOp('caption', '', before, mine);
  const other = textOp('caption', '', before, theirs);
  if (!ours) return theirs;
  if (!other || mine === theirs) return mine;
  const put = (at: number) => theirs.slice(0, at) + ours.ins + theirs.slice(at + ours.del.length);
  if (ours.at + ours.del.length <= other.at) return put(ours.at);
  if (ours.at >= other.at + other.del.length) return put(ours.at + other.ins.length - other.del.length);
  return mine;
}

/** The text of a caption or turn, or null where there is no such row. */
export function textOf(doc: Doc, kind: TextOp['kind'], id: string): string | null {
  const rows = doc[kind];
  return rows[search(rows, id)]?.text ?? null;
}

export interface Rebased {
  readonly doc: Doc;
  readonly queue: PendingEvent[];
  /** Ops that no longer had anything to change. */
  readonly dropped: number;
}

/**
 * Makes the queued events, made on `old`, fit `base`. An op that has its effect already goes silently; one whose target was changed or removed
 * elsewhere goes and is counted. An event that changes gets a new id from `freshId`, for the core may know the old one.
 */
export function rebase(old: Doc, base: Doc, queue: readonly PendingEvent[], freshId: () => string): Rebased {
  let was = old;
  let doc = base;
  let dropped = 0;
  const kept: PendingEvent[] = [];
  for (const event of queue) {
    const ops: Op[] = [];
    for (const op of event.ops) {
      const fitted = fit(op, was, doc);
      was = applyOps(was, [op]).doc;
      if (fitted === 'lost') dropped++;
      else if (fitted) {
        ops.push(fitted);
        doc = applyOps(doc, [fitted]).doc;
      }
    }
    const same = ops.length === event.ops.length && ops.every((op, index) => op === event.ops[index]);
    if (ops.length > 0) kept.push(same ? { ...event, eventId: freshId(), baseRev: null } : { ...event, eventId: freshId(), ops, baseRev: null });
  }
  return { doc, queue: kept, dropped };
}

/** The op as it fits `doc`, null when nothing is left to do, `lost` when it can't be done any more. */
function fit(op: Op, was: Doc, doc: Doc): Op | null | 'lost' {
  const rows = doc[op.kind] as readonly { readonly id: string }[];
  const id = 'row' in op ? op.row.id : op.id;
  const current = rows[search(rows, id)] as Record<string, unknown> | undefined;
  if (op.op === 'text') return fitText(op, was, doc);
  if (op.op === 'settle') return doc.conflicts.some((conflict) => isSettledBy(conflict, op)) ? op : null;
  if (op.op === 'remove') return current ? ({ ...op, row: current } as unknown as Op) : null;
  if (op.op === 'add') return current ? null : applyOps(doc, [op]).conflicts.length > 0 ? 'lost' : op;
  if (!current) return 'lost';
  const after = op.after as Record<string, unknown>;
  const before = op.before as Record<string, unknown>;
  if (Object.keys(after).every((key) => current[key] === after[key])) return null;
  return Object.keys(before).every((key) => current[key] === before[key]) ? op : 'lost';
}

function fitText(op: TextOp, was: Doc, doc: Doc): Op | null | 'lost' {
  const before = textOf(was, op.kind, op.id);
  const theirs = textOf(doc, op.kind, op.id);
  if (before === null) return 'lost';
  const mine = before.slice(0, op.at) + op.ins + before.slice(op.at + op.del.length);
  if (theirs !== null) return theirs === before ? op : textOp(op.kind, op.id, theirs, mergeText(before, mine, theirs));
  // The caption was removed elsewhere while it was written here: what was written stays.
  const row = op.kind === 'caption' ? was.caption[search(was.caption, op.id)] : undefined;
  return row ? { op: 'add', kind: 'caption', row: { ...row, text: mine } } : 'lost';
}
