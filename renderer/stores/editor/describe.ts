/** Says in one line what an undo or redo changed, and where, so that the screen can go there. */
import type { Doc, Kind } from '../../../shared/domain/model.ts';
import { search } from '../../../shared/domain/ops.ts';

export interface Change {
  /** Key below `annotate.change` in the translations. */
  readonly what: 'caption' | 'question' | 'answer' | 'thread' | 'label' | 'absent' | 'sweep' | 'points' | 'moved' | 'state' | 'nothing';
  readonly count: number;
  readonly label: string;
  /** The row to show: a text's with the place where it differs. */
  readonly kind: Kind | null;
  readonly id: string | null;
  readonly caret: number | null;
  /** The answer that the points stand in. */
  readonly turnId: string | null;
}

interface Differences {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}
function differences(a: readonly { readonly id: string }[], b: readonly { readonly id: string }[]): Differences {
  if (a === b) return { added: [], removed: [], changed: [] };
  const added = b.filter((row) => search(a, row.id) < 0).map((row) => row.id);
  const removed = a.filter((row) => search(b, row.id) < 0).map((row) => row.id);
  const changed = b.filter((row) => {
    const index = search(a, row.id);
    return index >= 0 && a[index] !== row && JSON.stringify(a[index]) !== JSON.stringify(row);
  });
  return { added, removed, changed: changed.map((row) => row.id) };
}

/** The offset after the part in which two texts differ, in the second of them. */
export function caretAfterChange(before: string, after: string): number {
  let end = 0;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return after.length - end;
}

/** The most telling difference between two states of one document. */
export function describeChange(before: Doc, after: Doc): Change {
  const none: Change = { what: 'nothing', count: 0, label: '', kind: null, id: null, caret: null, turnId: null };
  const text = (kind: 'caption' | 'turn', id: string) => {
    const was = before[kind][search(before[kind], id)]?.text ?? '';
    const is = after[kind][search(after[kind], id)]?.text;
    return is === undefined ? null : caretAfterChange(was, is);
  };
  const all = (d: Differences) => [...d.changed, ...d.added, ...d.removed];

  const captions = all(differences(before.caption, after.caption));
  if (captions[0]) return { ...none, what: 'caption', count: captions.length, kind: 'caption', id: captions[0], caret: text('caption', captions[0]) };
  const threads = differences(before.thread, after.thread);
  const turns = all(differences(before.turn, after.turn));
  const thread = threads.added[0] ?? threads.removed[0];
  if (thread) {
    const first = after.turn.find((turn) => turn.threadId === thread);
    return { ...none, what: 'thread', count: threads.added.length + threads.removed.length, kind: first ? 'turn' : 'thread', id: first?.id ?? thread };
  }
  if (turns[0]) {
    const row = after.turn[search(after.turn, turns[0])] ?? before.turn[search(before.turn, turns[0])];
    return { ...none, what: row?.role ?? 'question', count: turns.length, kind: 'turn', id: turns[0], caret: text('turn', turns[0]) };
  }
  return describePoints(before, after, none);
}

function describePoints(before: Doc, after: Doc, none: Change): Change {
  const rowOf = (id: string | undefined) =>
    id === undefined ? undefined : (after.pointSet[search(after.pointSet, id)] ?? before.pointSet[search(before.pointSet, id)]);
  const labelOf = (id: string | undefined) => rowOf(id)?.label ?? '';
  const turnOf = (id: string | undefined) => rowOf(id)?.turnId ?? null;
  const sets = differences(before.pointSet, after.pointSet);
  const set = sets.added[0] ?? sets.removed[0] ?? sets.changed[0];
  if (set) {
    const presence = before.pointSet[search(before.pointSet, set)]?.presence !== after.pointSet[search(after.pointSet, set)]?.presence;
    const swept = before.pointSet[search(before.pointSet, set)]?.sweep !== after.pointSet[search(after.pointSet, set)]?.sweep;
    const what = sets.changed[0] !== set ? 'label' : presence ? 'absent' : swept ? 'sweep' : 'label';
    return { ...none, what, count: 1, label: labelOf(set), kind: 'pointSet', id: set, turnId: turnOf(set) };
  }
  const points = differences(before.point, after.point);
  const point = points.added[0] ?? points.removed[0] ?? points.changed[0];
  if (point) {
    const row = after.point[search(after.point, point)] ?? before.point[search(before.point, point)];
    const moved = points.added.length + points.removed.length === 0;
    const count = moved ? points.changed.length : points.added.length + points.removed.length;
    return { ...none, what: moved ? 'moved' : 'points', count, label: labelOf(row?.setId), kind: 'point', id: point, turnId: turnOf(row?.setId) };
  }
  const state = before.status[0]?.state !== after.status[0]?.state || before.status[0]?.excluded !== after.status[0]?.excluded;
  return state ? { ...none, what: 'state', count: 1, kind: 'status' } : none;
}
