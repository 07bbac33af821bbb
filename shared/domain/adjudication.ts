/** Settling a disagreement: one new row takes the place of those that it was made from, and names them. */
import { labelKey, type RowPair, rowPairs } from './agreement/pairs.ts';
import { newId } from './ids.ts';
import type { Doc, PointSet, Rows } from './model.ts';
import type { Op } from './ops.ts';
import { addRow, storable } from './row-ops.ts';

/** Ids of the rows that a row was made from; the one that was taken first. */
export const parentsOf = ({ parentIds }: { readonly parentIds?: string | undefined }): string[] => parentIds?.split(' ') ?? [];

/** Captions, conversations and labels that an adjudicated row took the place of: what goes out of the project is the adjudicated one. */
export function supersededIds(doc: Doc): ReadonlySet<string> {
  return new Set([...doc.caption, ...doc.thread, ...doc.pointSet].flatMap(parentsOf));
}

/** The document without what was superseded; the same object where nothing was. Turns and points go with their conversation and label. */
export function settledDoc(doc: Doc): Doc {
  const gone = supersededIds(doc);
  if (gone.size === 0) return doc;
  const kept = <Row extends { readonly id: string }>(rows: readonly Row[]) => rows.filter(({ id }) => !gone.has(id));
  const turn = doc.turn.filter(({ threadId }) => !gone.has(threadId));
  const turns = new Set(turn.map(({ id }) => id));
  const pointSet = kept(doc.pointSet).filter((set) => set.turnId === undefined || turns.has(set.turnId));
  const sets = new Set(pointSet.map(({ id }) => id));
  return { ...doc, caption: kept(doc.caption), thread: kept(doc.thread), turn, pointSet, point: doc.point.filter(({ setId }) => sets.has(setId)) };
}

/** Pairs of two people's rows that nobody settled yet. */
export function openPairs(doc: Doc): RowPair[] {
  const gone = supersededIds(doc);
  return rowPairs(doc).filter((pair) => !rowIdsOf(pair).every((id) => gone.has(id)));
}

/** Ids of the rows of a pair as a result names them: captions, conversations, labels; A's first. */
export function rowIdsOf(pair: RowPair): string[] {
  if (pair.kind === 'caption') return [pair.a.id, pair.b.id];
  if (pair.kind === 'answer') return [pair.a.threadId, pair.b.threadId];
  return [...pair.a.sets, ...pair.b.sets].map(({ id }) => id);
}

/** `take`: whose the result begins with. */
export type Take = 'a' | 'b' | 'both';

const named = (ids: readonly string[]) => ids.slice(0, 27).join(' ');
const ordered = (pair: RowPair, take: Take): string => {
  const ids = rowIdsOf(pair);
  const ofA = pair.kind === 'points' ? pair.a.sets.length : 1;
  return named(take === 'b' ? [...ids.slice(ofA), ...ids.slice(0, ofA)] : ids);
};

/** Both texts: one paragraph each; one of them where they are equal. */
export const bothTexts = (a: string, b: string): string => (a.trim() === b.trim() ? a.trim() : `${a.trim()}\n${b.trim()}`);

/** Ops that settle two captions with this text. */
export function settleCaption(pair: Extract<RowPair, { kind: 'caption' }>, text: string, authorId: string, take: Take): Op[] {
  return [addRow('caption', { id: newId(), authorId, text: storable(text).trim(), createdAt: Date.now(), parentIds: ordered(pair, take) })];
}

/** Ops that settle two answers: a conversation with the question of the side that was taken and this answer. `both` keeps one answer after the other. */
export function settleAnswer(doc: Doc, pair: Extract<RowPair, { kind: 'answer' }>, text: string, authorId: string, take: Take): Op[] {
  const side = take === 'b' ? pair.b : pair.a;
  const threadId = newId();
  const createdAt = Date.now();
  const { id: _question, threadId: _thread, draftId: _draft, ...question } = side.question;
  const answerId = newId();
  const made: Op[] = [
    addRow('thread', { id: threadId, authorId, createdAt, parentIds: ordered(pair, take) }),
    addRow('turn', { ...question, id: newId(), threadId, createdAt }),
  ];
  // Points that stand in the answer come along where the answer is taken as it is.
  let said = storable(text).trim();
  const inside: Op[] = [];
  if (take !== 'both') {
    for (const set of doc.pointSet.filter((row) => row.turnId === side.answer.id)) {
      if (!said.includes(`<@${set.id}>`)) continue;
      const copy = newId();
      said = said.replaceAll(`<@${set.id}>`, `<@${copy}>`);
      inside.push(
        ...copySet(
          { ...set, turnId: answerId },
          doc.point.filter(({ setId }) => setId === set.id),
          copy,
          authorId,
          createdAt,
        ),
      );
    }
  }
  return [...made, addRow('turn', { id: answerId, threadId, role: 'answer', text: said, createdAt }), ...inside];
}

/** Ops that settle two people's points of a label with these. */
export function settlePoints(
  pair: Extract<RowPair, { kind: 'points' }>,
  points: readonly Pick<Rows['point'], 'xPct' | 'yPct' | 'proposalId'>[],
  authorId: string,
  take: Take,
): Op[] {
  const side = take === 'b' ? pair.b : pair.a;
  const { sweep: _sweep, ...set } = side.sets[0]!;
  const id = newId();
  const presence = points.length > 0 ? ('present' as const) : ('absent' as const);
  const row: PointSet = { ...set, id, authorId, label: side.label, presence, createdAt: Date.now(), parentIds: ordered(pair, take) };
  return [
    addRow('pointSet', row),
    ...points.map(({ xPct, yPct, proposalId }) => addRow('point', { id: newId(), setId: id, xPct, yPct, ...(proposalId === undefined ? {} : { proposalId }) })),
  ];
}

function copySet(set: PointSet, points: readonly Rows['point'][], id: string, authorId: string, createdAt: number): Op[] {
  const { parentIds: _parents, ...rest } = set;
  return [addRow('pointSet', { ...rest, id, authorId, createdAt }), ...points.map((point) => addRow('point', { ...point, id: newId(), setId: id }))];
}

/** Points of both, each pair that means the same once, where A put it. `matched`: places in the two lists. */
export function mergedPoints<Spot>(a: readonly Spot[], b: readonly Spot[], matched: readonly { readonly b: number }[]): Spot[] {
  const twice = new Set(matched.map((pair) => pair.b));
  return [...a, ...b.filter((_, at) => !twice.has(at))];
}

/** Whether the result row of a pair is there, and which. */
export function resultOf(doc: Doc, pair: RowPair): string | null {
  const ids = rowIdsOf(pair);
  const rows: readonly { readonly id: string; readonly parentIds?: string | undefined }[] =
    pair.kind === 'caption' ? doc.caption : pair.kind === 'answer' ? doc.thread : doc.pointSet;
  return rows.find((row) => row.parentIds !== undefined && ids.every((id) => parentsOf(row).includes(id)))?.id ?? null;
}

/** The name by which a pair stays the same while its texts change. */
export const pairKey = (pair: RowPair): string => (pair.kind === 'points' ? `points ${labelKey(pair.label)} ` : `${pair.kind} `) + rowIdsOf(pair).join(' ');
