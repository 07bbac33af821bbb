/**
 * Points inside an answer. The answer's text holds a mark `<@id>` where the points of the point set with that id belong; the set names the answer in
 * `turnId`, and its label is the phrase that is pointed at. Exports turn each mark into `<|POINT|>`.
 */
import type { Doc, PointSet, Turn } from './model.ts';

const MARK = /<@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})>/g;

/** A stretch of an answer: words, or the mark of a point set. */
export type AnswerPart = { readonly text: string } | { readonly setId: string };

/** The mark of a point set, as it stands in the text. */
export const pointMark = (setId: string): string => `<@${setId}>`;

/** Splits an answer into words and marks; joining the parts gives the text again. */
export function answerParts(text: string): AnswerPart[] {
  const parts: AnswerPart[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ setId: match[1]! });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Ids of the sets that an answer's text names, in the order of the sentence; a set that stands twice is named twice. */
export const markedSets = (text: string): string[] => answerParts(text).flatMap((part) => ('setId' in part ? [part.setId] : []));

/** The answer as people read it: each mark is its phrase. */
export function readableAnswer(doc: Doc, turn: Turn): string {
  const labels = new Map(doc.pointSet.map((set) => [set.id, set.label]));
  return answerParts(turn.text)
    .map((part) => ('setId' in part ? (labels.get(part.setId) ?? '') : part.text))
    .join('');
}

/** The point sets that stand in an answer, and those that people point with label by label. */
export const isInline = (set: PointSet): boolean => set.turnId !== undefined;
