/** The ops from one document to another: how an earlier state is brought back without losing what came after it. */
import { type Doc, type Kind, kinds, type Rows } from './model.ts';
import { type Change, type Op, search, textOp } from './ops.ts';

/** Parents before children when adding, children before parents when removing. */
const ADD_ORDER: readonly Kind[] = ['status', 'caption', 'thread', 'turn', 'pointSet', 'point', 'comment', 'assignment', 'dismissal'];

/** Ops that turn `from` into `to`; both are of the same image. */
export function diffDocs(from: Doc, to: Doc): Op[] {
  const removed: Op[] = [];
  const changed: Op[] = [];
  for (const kind of ADD_ORDER) {
    for (const row of from[kind]) if (search(to[kind], row.id) < 0) removed.push({ op: 'remove', kind, row } as Op);
    for (const row of to[kind]) {
      const index = search(from[kind], row.id);
      if (index < 0) changed.push({ op: 'add', kind, row } as Op);
      else changed.push(...diffRow(kind, from[kind][index]!, row));
    }
  }
  return [...removed.toReversed(), ...changed];
}

/** Rows that are new, different or gone in `to`: what a projection has to write. */
export function changesBetween(from: Doc, to: Doc): Change[] {
  return kinds.flatMap((kind) => {
    const gone = from[kind].filter((row) => search(to[kind], row.id) < 0).map(({ id }) => ({ kind, id, row: null }));
    const there = to[kind].filter((row) => {
      const index = search(from[kind], row.id);
      return index < 0 || (from[kind][index] !== row && diffRow(kind, from[kind][index]!, row).length > 0);
    });
    return [...gone, ...there.map((row) => ({ kind, id: row.id, row }))] as Change[];
  });
}

function diffRow(kind: Kind, from: Rows[Kind], to: Rows[Kind]): Op[] {
  const left = from as unknown as Record<string, unknown>;
  const right = to as unknown as Record<string, unknown>;
  const fields = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((field) => left[field] !== right[field]);
  const splice =
    (kind === 'caption' || kind === 'turn') && fields.includes('text') ? textOp(kind, from.id, left['text'] as string, right['text'] as string) : null;
  const rest = fields.filter((field) => !(splice && field === 'text'));
  const pick = (row: Record<string, unknown>) => Object.fromEntries(rest.map((field) => [field, row[field] ?? null]));
  const set = rest.length > 0 ? [{ op: 'set', kind, id: from.id, before: pick(left), after: pick(right) } as unknown as Op] : [];
  return splice ? [splice, ...set] : set;
}
