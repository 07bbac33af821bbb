/** What two people made of the same thing on one image, put side by side: captions, answers to the same question, points of the same label. */
import { sameQuestion } from '../../text/same-question.ts';
import type { Caption, Doc, PointSet, Turn } from '../model.ts';
import { isInline, readableAnswer } from '../point-mark.ts';
import type { Rows } from '../model.ts';

/** `a` is the person whose id comes first, so that a pair of people is always the same pair. */
export type RowPair =
  | { readonly kind: 'caption'; readonly a: Caption; readonly b: Caption }
  | { readonly kind: 'points'; readonly label: string; readonly a: LabelWork; readonly b: LabelWork }
  | { readonly kind: 'answer'; readonly a: AnswerWork; readonly b: AnswerWork };
/** All that one person pointed at for a label; several sets of one label are one. */
export interface LabelWork {
  readonly authorId: string;
  readonly label: string;
  readonly sets: readonly PointSet[];
  readonly points: readonly Rows['point'][];
}
export interface AnswerWork {
  readonly authorId: string;
  readonly threadId: string;
  readonly question: Turn;
  readonly answer: Turn;
  /** The answer as people read it. */
  readonly text: string;
}

/** Work of its own: not made from other rows by somebody who settled a disagreement. */
const isOwn = (row: { readonly parentIds?: string | undefined }) => row.parentIds === undefined;

/** The last caption with words of each person. */
export function captionsByPerson(doc: Doc): Caption[] {
  const last = new Map<string, Caption>();
  for (const caption of doc.caption) if (isOwn(caption) && caption.text.trim() !== '') last.set(caption.authorId, caption);
  return [...last.values()];
}

/** Labels are the same without regard to case and spaces. */
export const labelKey = (label: string): string => label.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, ' ');

/** What each person pointed at, by label; labels without a name say nothing yet. */
export function labelsByPerson(doc: Doc): LabelWork[] {
  const bySet = Map.groupBy(doc.point, ({ setId }) => setId);
  const found = new Map<string, { authorId: string; label: string; sets: PointSet[]; points: Rows['point'][] }>();
  for (const set of doc.pointSet) {
    if (isInline(set) || !isOwn(set) || set.label.trim() === '') continue;
    // A label that was only opened is neither pointed at nor said to be absent.
    const points = bySet.get(set.id) ?? [];
    if (points.length === 0 && set.presence === 'present') continue;
    const key = `${set.authorId} ${labelKey(set.label)}`;
    const work = found.get(key);
    if (work) {
      work.sets.push(set);
      work.points.push(...points);
    } else found.set(key, { authorId: set.authorId, label: set.label.trim(), sets: [set], points: [...points] });
  }
  return [...found.values()];
}

/** Answered questions of each person. */
export function answersByPerson(doc: Doc): AnswerWork[] {
  const threads = new Map(doc.thread.filter(isOwn).map((thread) => [thread.id, thread]));
  const open = new Map<string, Turn>();
  const found: AnswerWork[] = [];
  for (const turn of doc.turn) {
    const thread = threads.get(turn.threadId);
    if (!thread) continue;
    if (turn.role === 'question') open.set(thread.id, turn);
    else {
      const question = open.get(thread.id);
      const text = readableAnswer(doc, turn);
      if (question && question.text.trim() !== '' && text.trim() !== '')
        found.push({ authorId: thread.authorId, threadId: thread.id, question, answer: turn, text });
      open.delete(thread.id);
    }
  }
  return found;
}

/** Every pair of people that can be compared on an image, in the order of captions, questions and labels. */
export function rowPairs(doc: Doc): RowPair[] {
  const pairs: RowPair[] = [];
  each(captionsByPerson(doc), (a, b) => pairs.push({ kind: 'caption', a, b }));
  const answers = answersByPerson(doc);
  const taken = new Set<string>();
  each(answers, (a, b) => {
    // One question may stand twice in one person's work: each is compared with one of the other's.
    const [left, right] = [`${a.question.id} ${b.authorId}`, `${b.question.id} ${a.authorId}`];
    if (taken.has(left) || taken.has(right) || sameQuestion(a.question.text, b.question.text) === null) return;
    taken.add(left);
    taken.add(right);
    pairs.push({ kind: 'answer', a, b });
  });
  for (const works of Map.groupBy(labelsByPerson(doc), ({ label }) => labelKey(label)).values())
    each(works, (a, b) => pairs.push({ kind: 'points', label: a.label < b.label ? a.label : b.label, a, b }));
  return pairs;
}

/** Calls with each two rows of different people, the person with the lower id first. */
function each<Row extends { readonly authorId: string }>(rows: readonly Row[], take: (a: Row, b: Row) => void): void {
  rows.forEach((left, at) => {
    for (const right of rows.slice(at + 1)) {
      if (left.authorId < right.authorId) take(left, right);
      else if (right.authorId < left.authorId) take(right, left);
    }
  });
}
