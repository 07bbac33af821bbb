/** The ops behind the keys of the screen. */
import { bothTexts, mergedPoints, settleAnswer, settleCaption, settlePoints, type Take } from '../../../shared/domain/adjudication.ts';
import { DEFAULT_RADIUS_PCT, matchPoints, type Spot } from '../../../shared/domain/agreement/points.ts';
import type { RowPair } from '../../../shared/domain/agreement/pairs.ts';
import { removePointSet, removeCaption, removeThread } from '../../../shared/domain/authoring.ts';
import type { Doc, Rows } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { addComment, type Pin, returnImage } from '../../../shared/domain/review.ts';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}
type NewPoint = Spot & { readonly proposalId?: string | undefined };

/** What a pair's result begins with: text of a caption or an answer, or points. */
export function textOfTake(pair: RowPair, take: Take): string {
  if (pair.kind === 'points') return '';
  const of = (side: 'a' | 'b') => (pair.kind === 'caption' ? pair[side].text : take === 'both' ? pair[side].text : pair[side].answer.text);
  return take === 'both' ? bothTexts(of('a'), of('b')) : of(take);
}
export function pointsOfTake(pair: Extract<RowPair, { kind: 'points' }>, take: Take, size: Size): readonly Rows['point'][] {
  if (take !== 'both') return pair[take].points;
  return mergedPoints(pair.a.points, pair.b.points, matchPoints(pair.a.points, pair.b.points, size, DEFAULT_RADIUS_PCT));
}

/** A settled pair is settled anew: the result before goes in the same edit. */
function without(doc: Doc, pair: RowPair, resultId: string | null): Op[] {
  if (resultId === null) return [];
  if (pair.kind === 'caption') return removeCaption(doc, resultId);
  return pair.kind === 'answer' ? removeThread(doc, resultId) : removePointSet(doc, resultId);
}

export function settleText(doc: Doc, pair: RowPair, resultId: string | null, text: string, me: string, take: Take): Op[] {
  if (pair.kind === 'points' || text.trim() === '') return [];
  const made = pair.kind === 'caption' ? settleCaption(pair, text, me, take) : settleAnswer(doc, pair, text, me, take);
  return [...without(doc, pair, resultId), ...made];
}

export function settleSpots(doc: Doc, pair: RowPair, resultId: string | null, points: readonly NewPoint[], me: string, take: Take): Op[] {
  return pair.kind === 'points' ? [...without(doc, pair, resultId), ...settlePoints(pair, points, me, take)] : [];
}

/** Where a comment on one side's work is pinned. */
export function pinOf(pair: RowPair, side: 'a' | 'b', quote: string | null): Pin {
  if (pair.kind === 'points') return { targetKind: 'pointSet', targetId: pair[side].sets[0]!.id };
  const [targetKind, row] = pair.kind === 'caption' ? (['caption', pair[side]] as const) : (['turn', pair[side].answer] as const);
  const at = quote === null ? -1 : row.text.indexOf(quote);
  return { targetKind, targetId: row.id, ...(quote !== null && at >= 0 ? { quote: quote.slice(0, 500), at } : {}) };
}

/** Gives the image back to one or both, with what is wrong as a comment on their work. */
export function giveBack(doc: Doc, pair: RowPair, whom: 'a' | 'b' | 'both', reason: string, text: string, me: string): Op[] {
  const sides = whom === 'both' ? (['a', 'b'] as const) : [whom];
  const comments = sides.flatMap((side) => addComment(me, pinOf(pair, side, null), text));
  return [...comments, ...returnImage(doc, reason, whom === 'both' ? null : pair[whom].authorId)];
}
