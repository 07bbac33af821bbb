/** Gold images: a lead's reference that people are held against without knowing which images have one. */
import type { Doc, Rows } from '../model.ts';
import { type Comparison, comparePair } from './compare.ts';
import { answersByPerson, captionsByPerson, labelsByPerson, rowPairs } from './pairs.ts';

/** The content that the reference is: an image's rows at the moment it was marked. */
export type Reference = Pick<Doc, 'caption' | 'thread' | 'turn' | 'pointSet' | 'point'>;
/** The reference's author: sorts before every person's id, so that it is always `a`, and precision and recall read the right way. */
export const GOLD = '00000000-0000-0000-0000-000000000000';

/** What of a document is the reference: the lead's own rows and adjudicated ones; where there are none, all of it. */
export function referenceOf(doc: Doc, leadId: string): Reference {
  const ours = <Row extends Rows['caption'] | Rows['thread'] | Rows['pointSet']>(rows: readonly Row[]): Row[] => {
    const settled = rows.filter((row) => row.parentIds !== undefined);
    const own = settled.length > 0 ? settled : rows.filter((row) => row.authorId === leadId);
    return (own.length > 0 ? own : [...rows]).map(({ parentIds: _parents, ...row }) => ({ ...row, authorId: GOLD }) as unknown as Row);
  };
  const [thread, pointSet] = [ours(doc.thread), ours(doc.pointSet.filter((set) => set.turnId === undefined))];
  const [threads, sets] = [new Set(thread.map(({ id }) => id)), new Set(pointSet.map(({ id }) => id))];
  const turn = doc.turn.filter((row) => threads.has(row.threadId));
  const inline = doc.pointSet.filter((set) => set.turnId !== undefined && turn.some(({ id }) => id === set.turnId));
  return {
    caption: ours(doc.caption),
    thread,
    turn,
    pointSet: [...pointSet, ...inline.map((set) => ({ ...set, authorId: GOLD }))],
    point: doc.point.filter((row) => sets.has(row.setId)),
  };
}

/** Whether there is anything in it that people can be held against. */
export function canBeGold(reference: Reference): boolean {
  const doc = reference as unknown as Doc;
  return captionsByPerson(doc).length + answersByPerson(doc).length + labelsByPerson(doc).length > 0;
}

/** Everybody's work against the reference; `a` is the reference, `b` the person. Rows that became the reference are not held against themselves. */
export function goldComparisons(doc: Doc, reference: Reference, size: { widthPx: number; heightPx: number }, radiusPct: number): Comparison[] {
  const taken = new Set([...reference.caption, ...reference.thread, ...reference.pointSet].map(({ id }) => id));
  const rest = <Row extends { readonly id: string }>(rows: readonly Row[]) => rows.filter(({ id }) => !taken.has(id));
  const keptTurns = doc.turn.filter((turn) => !reference.turn.some(({ id }) => id === turn.id));
  const both: Doc = {
    ...doc,
    caption: [...reference.caption, ...rest(doc.caption)],
    thread: [...reference.thread, ...rest(doc.thread)],
    turn: [...reference.turn, ...keptTurns],
    pointSet: [...reference.pointSet, ...rest(doc.pointSet)],
    point: [...reference.point, ...doc.point.filter((point) => !taken.has(point.setId))],
  };
  return rowPairs(both)
    .filter((pair) => pair.a.authorId === GOLD)
    .map((pair) => comparePair(pair, size, radiusPct));
}
