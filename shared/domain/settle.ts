/** Ops that bring about what a person decided of a conflict. Each is one edit: it is logged, undone and merged as any other. */
import { type Conflict, type Kept, type Side, settleOp } from './conflict.ts';
import { newId } from './ids.ts';
import type { Doc } from './model.ts';
import { type Op, search, textOp } from './ops.ts';

/** Leaves what stands. */
export const keepStanding = (conflict: Conflict): Op[] => [settleOp(conflict)];

/** Puts what a side that lost wanted in place of what stands. */
export function takeSide(doc: Doc, conflict: Conflict, side: Side): Op[] {
  return [settleOp(conflict), ...(conflict.field === null ? bringBack(doc, side.value as Kept) : setTo(doc, conflict, side.value))];
}

/** Puts a text of one's own in place of both. */
export const takeOwn = (doc: Doc, conflict: Conflict, value: unknown): Op[] => [settleOp(conflict), ...setTo(doc, conflict, value)];

function setTo(doc: Doc, { kind, id, field }: Conflict, value: unknown): Op[] {
  const rows = doc[kind] as unknown as readonly ({ readonly id: string } & Record<string, unknown>)[];
  const row = rows[search(rows, id)];
  if (!row || field === null) return [];
  if (field === 'text' && (kind === 'caption' || kind === 'turn')) {
    const op = textOp(kind, id, String(row['text']), String(value).toWellFormed());
    return op ? [op] : [];
  }
  const after = field === 'position' ? { xPct: (value as number[])[0]!, yPct: (value as number[])[1]! } : { [field]: value };
  const changed = Object.entries(after).filter(([name, wanted]) => (row[name] ?? null) !== (wanted ?? null));
  if (changed.length === 0) return [];
  const before = Object.fromEntries(changed.map(([name]) => [name, row[name] ?? null]));
  return [{ op: 'set', kind, id, before, after: Object.fromEntries(changed) } as unknown as Op];
}

/** A row that was removed comes back with all that belonged to it; what came back already stays. */
function bringBack(doc: Doc, { rows }: Kept): Op[] {
  return rows.flatMap(({ kind, row }) => (search(doc[kind], row.id) < 0 ? [{ op: 'add', kind, row } as Op] : []));
}

/** Keeps what stands and what lost: of texts one after the other, of places of a point a second point. Where both can't be, what stands. */
export function takeBoth(doc: Doc, conflict: Conflict): Op[] {
  const { stands, lost, kind, id, field } = conflict;
  if (field === 'text') return takeOwn(doc, conflict, [stands, ...lost].map((side) => String(side.value)).join('\n'));
  const point = kind === 'point' && field === 'position' ? doc.point[search(doc.point, id)] : undefined;
  if (!point) return keepStanding(conflict);
  const more = lost.map((side): Op => {
    const [xPct, yPct] = side.value as [number, number];
    return { op: 'add', kind: 'point', row: { id: newId(), setId: point.setId, xPct, yPct } };
  });
  return [...keepStanding(conflict), ...more];
}
