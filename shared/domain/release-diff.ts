/** What changed between two states of an image, and of all of them, in the terms of people who train on it. */
import type { Doc, PointSet, Turn } from './model.ts';
import { isInline, readableAnswer } from './point-mark.ts';

export const changeKinds = [
  'image-added',
  'image-left',
  'state',
  'caption-added',
  'caption-removed',
  'caption-changed',
  'question-added',
  'question-removed',
  'question-changed',
  'answer-changed',
  'label-added',
  'label-removed',
  'label-renamed',
  'presence-flipped',
  'points-added',
  'points-removed',
  'points-moved',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface ItemChange {
  readonly kind: ChangeKind;
  /** The label, or what a text or state was before; empty where there is nothing to say. */
  readonly before: string;
  readonly after: string;
  /** How many points, else 1. */
  readonly count: number;
  /** How far points were moved at most, in percent of the image's diagonal. */
  readonly movedPct?: number;
}
export interface ItemDiff {
  readonly imageId: string;
  readonly name: string;
  readonly sha256: string;
  readonly changes: readonly ItemChange[];
}
export interface ReleaseDiff {
  readonly from: string;
  readonly to: string;
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Of all points that were moved, in percent of the diagonal of their image; null where none was. */
  readonly moved: { readonly medianPct: number; readonly maxPct: number } | null;
  /** Images that changed; `items` has the first of them. */
  readonly images: number;
  readonly items: readonly ItemDiff[];
}

type Size = { readonly widthPx: number; readonly heightPx: number };
const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));
const change = (kind: ChangeKind, before = '', after = '', count = 1): ItemChange => ({ kind, before, after, count });

/** Changes of one image; `null` where it was not in that state of the project. Distances of moved points are added to `distances`. */
export function diffItem(from: Doc | null, to: Doc | null, size: Size, distances: number[]): ItemChange[] {
  if (from === null && to === null) return [];
  const changes: ItemChange[] = [];
  const [was, is] = [from?.status[0], to?.status[0]];
  const wasIn = was !== undefined && !was.excluded;
  const isIn = is !== undefined && !is.excluded;
  if (!wasIn && !isIn) return [];
  if (wasIn !== isIn) changes.push(change(isIn ? 'image-added' : 'image-left'));
  if (wasIn && isIn && was.state !== is.state) changes.push(change('state', was.state, is.state));
  const [left, right] = [
    from ?? { ...to!, caption: [], thread: [], turn: [], pointSet: [], point: [] },
    to ?? { ...from!, caption: [], thread: [], turn: [], pointSet: [], point: [] },
  ];
  changes.push(...captions(left, right), ...turns(left, right), ...labels(left, right), ...points(left, right, size, distances));
  return changes;
}

function captions(from: Doc, to: Doc): ItemChange[] {
  const [before, after] = [byId(from.caption), byId(to.caption)];
  return [
    ...to.caption.filter((row) => !before.has(row.id)).map((row) => change('caption-added', '', row.text)),
    ...from.caption.filter((row) => !after.has(row.id)).map((row) => change('caption-removed', row.text)),
    ...to.caption.flatMap((row) => {
      const old = before.get(row.id);
      return old && old.text !== row.text ? [change('caption-changed', old.text, row.text)] : [];
    }),
  ];
}

function turns(from: Doc, to: Doc): ItemChange[] {
  const [before, after] = [byId(from.turn), byId(to.turn)];
  const isQuestion = (turn: Turn) => turn.role === 'question';
  return [
    ...to.turn.filter((turn) => isQuestion(turn) && !before.has(turn.id)).map((turn) => change('question-added', '', turn.text)),
    ...from.turn.filter((turn) => isQuestion(turn) && !after.has(turn.id)).map((turn) => change('question-removed', turn.text)),
    ...to.turn.flatMap((turn) => {
      const old = before.get(turn.id);
      if (!old) return [];
      const [was, is] = [readableAnswer(from, old), readableAnswer(to, turn)];
      return was === is ? [] : [change(isQuestion(turn) ? 'question-changed' : 'answer-changed', was, is)];
    }),
  ];
}

function labels(from: Doc, to: Doc): ItemChange[] {
  const own = (sets: readonly PointSet[]) => sets.filter((set) => !isInline(set));
  const [before, after] = [byId(own(from.pointSet)), byId(own(to.pointSet))];
  return [
    ...[...after.values()].filter((set) => !before.has(set.id)).map((set) => change('label-added', '', set.label)),
    ...[...before.values()].filter((set) => !after.has(set.id)).map((set) => change('label-removed', set.label)),
    ...[...after.values()].flatMap((set) => {
      const old = before.get(set.id);
      if (!old) return [];
      return [
        ...(old.label === set.label ? [] : [change('label-renamed', old.label, set.label)]),
        ...(old.presence === set.presence ? [] : [{ ...change('presence-flipped', old.presence, set.presence) }]),
      ];
    }),
  ];
}

function points(from: Doc, to: Doc, { widthPx, heightPx }: Size, distances: number[]): ItemChange[] {
  const [before, after] = [byId(from.point), byId(to.point)];
  const labelOf = new Map([...from.pointSet, ...to.pointSet].map((set) => [set.id, set.label]));
  const diagonal = Math.hypot(widthPx, heightPx);
  const sums = { 'points-added': new Map<string, number>(), 'points-removed': new Map<string, number>(), 'points-moved': new Map<string, number>() };
  const furthest = new Map<string, number>();
  const add = (kind: keyof typeof sums, setId: string) => {
    const label = labelOf.get(setId) ?? '';
    sums[kind].set(label, (sums[kind].get(label) ?? 0) + 1);
    return label;
  };
  for (const point of to.point) {
    const old = before.get(point.id);
    if (!old) add('points-added', point.setId);
    else if (old.xPct !== point.xPct || old.yPct !== point.yPct) {
      const distance = Math.hypot(((point.xPct - old.xPct) * widthPx) / diagonal, ((point.yPct - old.yPct) * heightPx) / diagonal);
      distances.push(distance);
      const label = add('points-moved', point.setId);
      furthest.set(label, Math.max(furthest.get(label) ?? 0, distance));
    }
  }
  for (const point of from.point) if (!after.has(point.id)) add('points-removed', point.setId);
  return (Object.keys(sums) as (keyof typeof sums)[]).flatMap((kind) =>
    [...sums[kind]].map(([label, count]) => ({
      ...change(kind, label, label, count),
      ...(kind === 'points-moved' && { movedPct: furthest.get(label)! }),
    })),
  );
}

/** Adds up the changes of images. */
export function summarise(from: string, to: string, items: readonly ItemDiff[], distances: readonly number[], shown: number): ReleaseDiff {
  const counts = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const item of items) for (const { kind, count } of item.changes) counts[kind] += count;
  const sorted = [...distances].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const medianPct = sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  const moved = sorted.length === 0 ? null : { medianPct, maxPct: sorted.at(-1)! };
  return { from, to, counts, moved, images: items.length, items: items.slice(0, shown) };
}
