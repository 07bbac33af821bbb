/** Conflicts: what two people wanted of the same thing without having seen each other, until a person decides. */
import { idSchema, type Kind, type Rows } from './model.ts';
import { z } from 'zod';

/** What one side wanted. */
export interface Side {
  /** The events it comes from, the last first; a decision names those of the sides that lost. */
  readonly events: readonly string[];
  readonly userId: string;
  /** When the last of them was committed, in milliseconds since 1970. */
  readonly at: number;
  /**
   * The whole value that this side gave: a text, a number, a position `[xPct, yPct]`, null for no value. Where a row was removed by the one side and
   * changed by the other: null and the row with all that belonged to it.
   */
  readonly value: unknown;
}
/** A row with the rows below it, as a side that did not see its removal has it. */
export interface Kept {
  readonly rows: readonly { readonly kind: Kind; readonly row: Rows[Kind] }[];
}
/** One thing that people wanted differently. `stands` is in the document, the others are kept here alone. */
export interface Conflict {
  readonly kind: Kind;
  readonly id: string;
  /** `position` for the place of a point; null where it is about the row as a whole. */
  readonly field: string | null;
  readonly reason: 'changed-elsewhere' | 'removed-elsewhere';
  readonly stands: Side;
  readonly lost: readonly Side[];
}

/**
 * A person's decision of one conflict, beside the ops that bring about what was decided. It names the events that lost by it, so that what those people do
 * later without having seen it is a conflict again. `open` takes the decision back.
 */
export interface SettleOp {
  readonly op: 'settle';
  readonly kind: Kind;
  readonly id: string;
  readonly field: string | null;
  readonly over: readonly string[];
  readonly open: boolean;
}
/** Schema of a decision of a conflict about rows of this kind. */
export const settleOpSchema = (kind: Kind) =>
  z.strictObject({
    op: z.literal('settle'),
    kind: z.literal(kind),
    id: idSchema,
    field: z.string().max(40).nullable(),
    over: z.array(idSchema).min(1).max(10_000),
    open: z.boolean(),
  });

/** The decision of this conflict. */
export const settleOp = ({ kind, id, field, lost }: Conflict): SettleOp => ({
  op: 'settle',
  kind,
  id,
  field,
  over: lost.flatMap((side) => side.events),
  open: false,
});

/** Whether this decision is of that conflict. */
export const isSettledBy = (conflict: Conflict, op: SettleOp): boolean =>
  conflict.kind === op.kind &&
  conflict.id === op.id &&
  conflict.field === op.field &&
  conflict.lost.every((side) => side.events.every((event) => op.over.includes(event)));
