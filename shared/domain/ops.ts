/**
 * Ops: the only way to change people's work. Each carries what it replaces, so that its inverse needs nothing else.
 * Text is changed by splices that carry a hash of the text before and after, so that a splice never lands in a text it was not made for.
 */
import { z } from 'zod';
import { isSettledBy, settleOpSchema, type SettleOp } from './conflict.ts';
import { type Doc, type Kind, type Rows, idSchema, kinds, rowSchemas, MAX_TEXT } from './model.ts';

export interface AddOp<K extends Kind = Kind> {
  readonly op: 'add';
  readonly kind: K;
  readonly row: Rows[K];
}
export interface RemoveOp<K extends Kind = Kind> {
  readonly op: 'remove';
  readonly kind: K;
  readonly row: Rows[K];
}
export interface SetOp<K extends Kind = Kind> {
  readonly op: 'set';
  readonly kind: K;
  readonly id: string;
  readonly before: Patch<Rows[K]>;
  readonly after: Patch<Rows[K]>;
}
/** Values of some fields of a row; null where the field has none. */
export type Patch<Row> = { readonly [F in keyof Row]?: Exclude<Row[F], undefined> | (undefined extends Row[F] ? null : never) };
/** Replaces `del` by `ins` at UTF-16 offset `at` of the row's text. */
export interface TextOp {
  readonly op: 'text';
  readonly kind: 'caption' | 'turn';
  readonly id: string;
  readonly at: number;
  readonly del: string;
  readonly ins: string;
  readonly hashBefore: number;
  readonly hashAfter: number;
}
export type Op = { [K in Kind]: AddOp<K> | RemoveOp<K> | SetOp<K> }[Kind] | TextOp | SettleOp;

const u32 = z.int().min(0).max(0xffffffff);
const textOpSchema = z.strictObject({
  op: z.literal('text'),
  kind: z.enum(['caption', 'turn']),
  id: idSchema,
  at: z.int().nonnegative(),
  del: z.string().max(MAX_TEXT),
  ins: z.string().max(MAX_TEXT),
  hashBefore: u32,
  hashAfter: u32,
});
function rowOps(kind: Kind) {
  const row = rowSchemas[kind] as unknown as z.ZodObject<{ id: typeof idSchema }, z.core.$strict>;
  const { id: _id, ...fields } = row.shape as Record<string, z.ZodType>;
  const patch = z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field instanceof z.ZodOptional ? field.nullable() : field.optional()])),
  );
  return [
    z.strictObject({ op: z.literal('add'), kind: z.literal(kind), row }),
    z.strictObject({ op: z.literal('remove'), kind: z.literal(kind), row }),
    z.strictObject({ op: z.literal('set'), kind: z.literal(kind), id: idSchema, before: patch, after: patch }),
    settleOpSchema(kind),
  ] as const;
}
/** Validates what comes through the door or out of a file; rows outside their bounds never reach the log. */
export const opSchema: z.ZodType<Op> = z.union([textOpSchema, ...kinds.flatMap(rowOps)]) as unknown as z.ZodType<Op>;

/** FNV-1a over UTF-16 units, 32 bits: tells whether a text is the one a splice was made for. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The smallest single splice from one text to another, or null when they are equal. Never splits a surrogate pair. */
export function textOp(kind: TextOp['kind'], id: string, before: string, after: string): TextOp | null {
  if (before === after) return null;
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start--;
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end--;
  const del = before.slice(start, before.length - end);
  const ins = after.slice(start, after.length - end);
  return { op: 'text', kind, id, at: start, del, ins, hashBefore: hashText(before), hashAfter: hashText(after) };
}
const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** The op that takes this one back. */
export function invertOp(op: Op): Op {
  if (op.op === 'add') return { ...op, op: 'remove' };
  if (op.op === 'remove') return { ...op, op: 'add' };
  if (op.op === 'settle') return { ...op, open: !op.open };
  if (op.op === 'set') return { ...op, before: op.after, after: op.before } as Op;
  return { ...op, del: op.ins, ins: op.del, hashBefore: op.hashAfter, hashAfter: op.hashBefore };
}

/** The ops that take these back, in the order in which they must be applied. */
export function invertOps(ops: readonly Op[]): Op[] {
  return ops.map(invertOp).reverse();
}

/** A row that is new or different (`row`), or gone (`row` null): what a projection has to write. */
export type Change = { [K in Kind]: { readonly kind: K; readonly id: string; readonly row: Rows[K] | null } }[Kind];
/** An op that did not fit the document it was applied to. */
export interface Misfit {
  readonly kind: Kind;
  readonly id: string;
  readonly field: string | null;
  readonly reason: 'changed-elsewhere' | 'removed-elsewhere' | 'parent-missing';
}
export interface Applied {
  readonly doc: Doc;
  readonly changes: readonly Change[];
  /** Ops that took no or not their full effect. None where the ops were made on this document. */
  readonly conflicts: readonly Misfit[];
}

type AnyRow = Rows[Kind];
/** Which row a row belongs to. */
export const parentOf: Partial<Record<Kind, { field: string; kind: Kind }>> = {
  turn: { field: 'threadId', kind: 'thread' },
  point: { field: 'setId', kind: 'pointSet' },
};
const childOf: Partial<Record<Kind, Kind>> = { thread: 'turn', pointSet: 'point' };

/**
 * Applies ops in order. Total: an op that does not fit the state takes as much effect as is safe and is told of: a changed field takes the later value, a
 * splice of another text and anything on a removed row is left out. A field that has the wanted value already fits.
 * Deterministic: the same document and ops always give the same result. Work that was done apart is not brought together here but in `merge-doc.ts`, which
 * knows who had seen what.
 */
export function applyOps(doc: Doc, ops: readonly Op[]): Applied {
  const lists = {} as Record<Kind, AnyRow[]>;
  const changed = new Map<string, Change>();
  const conflicts: Misfit[] = [];
  let unsettled = doc.conflicts;
  const read = (kind: Kind): readonly AnyRow[] => lists[kind] ?? doc[kind];
  const write = (kind: Kind): AnyRow[] => (lists[kind] ??= [...doc[kind]]);
  const note = (kind: Kind, id: string, row: AnyRow | null) => changed.set(`${kind} ${id}`, { kind, id, row } as Change);

  for (const op of ops) {
    const id = 'row' in op ? op.row.id : op.id;
    if (op.op === 'settle') {
      const rest = unsettled.filter((conflict) => !isSettledBy(conflict, op));
      if (!op.open && rest.length === unsettled.length) conflicts.push({ kind: op.kind, id, field: op.field, reason: 'changed-elsewhere' });
      if (!op.open) unsettled = rest;
      continue;
    }
    const index = search(read(op.kind), id);
    const current = index >= 0 ? read(op.kind)[index] : undefined;
    const clash = (reason: Misfit['reason'], field: string | null = null) => conflicts.push({ kind: op.kind, id, field, reason });
    if (op.op === 'add') {
      const parent = parentOf[op.kind];
      if (parent && search(read(parent.kind), (op.row as unknown as Record<string, string>)[parent.field]!) < 0) {
        clash('parent-missing');
      } else if (current === undefined) {
        write(op.kind).splice(~index, 0, op.row);
        note(op.kind, id, op.row);
      } else if (!sameRow(current, op.row)) {
        clash('changed-elsewhere');
      }
    } else if (current === undefined) {
      if (op.op !== 'remove') clash('removed-elsewhere');
    } else if (op.op === 'remove') {
      if (!sameRow(current, op.row)) clash('changed-elsewhere');
      const child = childOf[op.kind];
      if (child) {
        const field = parentOf[child]!.field;
        const orphans = read(child).filter((row) => (row as unknown as Record<string, string>)[field] === id);
        if (orphans.length > 0) {
          clash('changed-elsewhere', child);
          const gone = new Set(orphans.map((row) => row.id));
          lists[child] = read(child).filter((row) => !gone.has(row.id));
          for (const orphan of gone) note(child, orphan, null);
        }
      }
      write(op.kind).splice(index, 1);
      note(op.kind, id, null);
    } else if (op.op === 'set') {
      // Two who said the same have no conflict, whatever each of them saw before.
      if (holds(current, op.after)) continue;
      const before = op.before as Record<string, unknown>;
      for (const field of Object.keys(before)) {
        if (((current as unknown as Record<string, unknown>)[field] ?? null) !== (before[field] ?? null)) clash('changed-elsewhere', field);
      }
      const row = patched(current, op.after);
      write(op.kind)[index] = row;
      note(op.kind, id, row);
    } else {
      const row = current as Rows['caption'] | Rows['turn'];
      if (hashText(row.text) !== op.hashBefore || row.text.slice(op.at, op.at + op.del.length) !== op.del) {
        clash('changed-elsewhere', 'text');
      } else {
        const next = { ...row, text: row.text.slice(0, op.at) + op.ins + row.text.slice(op.at + op.del.length) };
        write(op.kind)[index] = next;
        note(op.kind, id, next);
      }
    }
  }
  const next = { ...doc, ...lists, conflicts: unsettled } as Doc;
  return { doc: next, changes: [...changed.values()], conflicts };
}

/** Index of the row with this id in rows sorted by id, or the bitwise complement of where it belongs. */
export function search(rows: readonly { readonly id: string }[], id: string): number {
  let low = 0;
  let high = rows.length - 1;
  // New rows nearly always belong at the end.
  if (high >= 0 && rows[high]!.id < id) return ~rows.length;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = rows[middle]!.id;
    if (at === id) return middle;
    if (at < id) low = middle + 1;
    else high = middle - 1;
  }
  return ~low;
}

/** The row with these values; fields that are null in the patch are absent from it. */
function patched(row: AnyRow, patch: object): AnyRow {
  return Object.fromEntries(Object.entries({ ...row, ...patch }).filter(([, value]) => value !== null)) as unknown as AnyRow;
}

/** Whether the row has these values already. */
function holds(row: AnyRow, patch: object): boolean {
  const now = row as unknown as Record<string, unknown>;
  return Object.entries(patch).every(([field, value]) => (now[field] ?? null) === (value ?? null));
}

function sameRow(a: AnyRow, b: AnyRow): boolean {
  const left = a as unknown as Record<string, unknown>;
  const right = b as unknown as Record<string, unknown>;
  return Object.keys(left).length === Object.keys(right).length && Object.keys(left).every((key) => left[key] === right[key]);
}
