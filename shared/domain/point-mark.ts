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

/** Whether the set stands in an answer; the others are those that people point with label by label. */
export const isInline = (set: PointSet): boolean => set.turnId !== undefined;

const labels = new WeakMap<readonly PointSet[], readonly PointSet[]>();
/** The sets that people point with label by label, without those in answers. The same array for the same document: it can be followed. */
export function labelSets(doc: Pick<Doc, 'pointSet'>): readonly PointSet[] {
  if (!doc.pointSet.some(isInline)) return doc.pointSet;
  let list = labels.get(doc.pointSet);
  if (!list) labels.set(doc.pointSet, (list = doc.pointSet.filter((set) => !isInline(set))));
  return list;
}

/** The numbers that chips and markers wear: marks counted from 1 over all answers of the image, in their order. */
export function markNumbers(doc: Pick<Doc, 'turn'>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const turn of doc.turn) if (turn.role === 'answer') for (const id of markedSets(turn.text)) if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
  return numbers;
}

/** The text without anything that looks like a mark: for text that comes from outside. */
export const withoutMarks = (text: string): string => text.replace(MARK, '');
