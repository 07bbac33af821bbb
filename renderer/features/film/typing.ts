/** The text that the coming edit is about to write, as far as it is typed: what was saved in one piece is seen letter by letter. */
import type { EditEvent } from '../../../shared/domain/events.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { rowById } from '../../../shared/domain/row-ops.ts';

export interface Typing {
  readonly id: string;
  /** What stands before and after the caret. */
  readonly before: string;
  readonly after: string;
}

/** Null where nothing is typed. `part`: how far the edit is under way, from 0 to 1. */
export function typingOf(doc: Doc, next: Pick<EditEvent, 'ops'> | undefined, part: number): Typing | null {
  for (const op of next?.ops ?? []) {
    if (op.op !== 'text') continue;
    const row = rowById(doc, op.kind, op.id) as { readonly text: string } | undefined;
    // Part of a mark of a point is no text; and what was merged in may be made for another text.
    if (!row || row.text.slice(op.at, op.at + op.del.length) !== op.del || op.ins.includes('<@')) continue;
    const letters = [...op.ins];
    const typed = letters.slice(0, Math.floor(part * letters.length)).join('');
    const rest = typed === '' ? op.del : '';
    return { id: op.id, before: row.text.slice(0, op.at) + typed, after: rest + row.text.slice(op.at + op.del.length) };
  }
  return null;
}
