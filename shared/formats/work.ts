/** What of a document is finished work, in the terms that every consumer shares: captions, question-answer pairs, labels with ordered points. */
import type { Draft } from '../domain/draft.ts';
import type { Doc, Turn } from '../domain/model.ts';
import { answerParts, labelSets, readableAnswer } from '../domain/point-mark.ts';
import type { Xy } from './columns.ts';
import type { Finding } from './findings.ts';
import { compareAsMolmo } from './grammar/molmo.ts';

/** Points of one label that Molmo's training keeps; longer answers are dropped there. */
export const MOLMO_MAX_POINTS = 40;

export interface LabelledPoints {
  readonly label: string;
  /** In percent, in Molmo's order. Empty: checked and not in the image. */
  readonly points: readonly Xy[];
  readonly method: 'pointing' | 'counting';
}
export interface QuestionAnswer {
  readonly question: string;
  readonly answer: string;
}
/** A place in an answer where points stand: its phrase, and the points in percent, in Molmo's order. */
export interface AnswerPlace {
  readonly phrase: string;
  readonly points: readonly Xy[];
}
/** An answer that points while it explains. `answer` holds as many `<|POINT|>` as there are places. */
export interface PointedAnswer {
  readonly question: string;
  readonly answer: string;
  readonly places: readonly AnswerPlace[];
}
/** The answer that stands, and one that a language model proposed and a person did not take as it was. */
export interface Preference {
  readonly question: string;
  /** What was said before in the conversation, question and answer in turn. */
  readonly context: readonly string[];
  readonly chosen: string;
  readonly rejected: string;
  /** What the person said was wrong with it; empty where nothing was said. */
  readonly complaint: string;
  readonly model: string;
}
export interface Work<T> {
  readonly items: readonly T[];
  readonly findings: readonly Finding[];
}

/** Text as it is exported: white space around it taken off, and half surrogates, which UTF-8 can't hold, replaced by U+FFFD. */
export const exportText = (text: string): string => text.trim().toWellFormed();

/** Captions that say something, oldest first. */
export function captionsOf(doc: Doc): string[] {
  return doc.caption.map((caption) => exportText(caption.text)).filter((text) => text !== '');
}

/** A question with the answer right after it, and what was said before in its conversation. */
export interface Pair {
  readonly question: Turn;
  readonly answer: Turn;
  readonly text: QuestionAnswer;
  readonly before: readonly QuestionAnswer[];
}

/** A question and the answer right after it, both written, oldest first. A pair that is blank on both sides was never begun and is no finding. */
export function pairsOf(doc: Doc): Work<Pair> {
  const items: Pair[] = [];
  const findings: Finding[] = [];
  for (const thread of doc.thread) {
    const turns = doc.turn
      .filter((turn) => turn.threadId === thread.id)
      .map((turn) => ({ turn, role: turn.role, text: exportText(readableAnswer(doc, turn)) }));
    const before: QuestionAnswer[] = [];
    for (let i = 0; i < turns.length; i++) {
      const { turn, role, text } = turns[i]!;
      const next = turns[i + 1];
      const answer = role === 'question' && next?.role === 'answer' ? next.text : '';
      if (role === 'question') {
        if (text !== '' && answer !== '') {
          items.push({ question: turn, answer: next!.turn, text: { question: text, answer }, before: [...before] });
          if (before.length > 0) findings.push({ reason: 'later-turn', detail: text });
          before.push({ question: text, answer });
        } else if (text !== '') {
          findings.push({ reason: 'question-unanswered', detail: text });
        } else if (answer !== '') {
          findings.push({ reason: 'answer-unasked', detail: answer });
        }
        if (next?.role === 'answer') i++;
      } else if (text !== '') {
        findings.push({ reason: 'answer-unasked', detail: text });
      }
    }
  }
  return { items, findings };
}

/** Questions with their answers as people read them: points in an answer are their phrases. */
export function questionAnswersOf(doc: Doc): Work<QuestionAnswer> {
  const { items, findings } = pairsOf(doc);
  return { items: items.map(({ text }) => text), findings };
}

/** Conversations of more than one question, whole: question and answer in turn. */
export function conversationsOf(doc: Doc): string[][] {
  const threads = new Map<string, string[]>();
  for (const { question, text } of pairsOf(doc).items) {
    const messages = threads.get(question.threadId) ?? [];
    threads.set(question.threadId, [...messages, text.question, text.answer]);
  }
  return [...threads.values()].filter((messages) => messages.length > 2);
}

/** What stands in Molmo's target text for the points of one place. */
export const PLACEHOLDER = '<|POINT|>';

/** Answers with points in them. Molmo fails on fewer placeholders than places and trains on the literal word where there are more: such rows are left out. */
export function pointedAnswersOf(doc: Doc): Work<PointedAnswer> {
  const items: PointedAnswer[] = [];
  const findings: Finding[] = [];
  const sets = new Map(doc.pointSet.map((set) => [set.id, set]));
  for (const { answer, text } of pairsOf(doc).items) {
    const parts = answerParts(answer.text).filter((part) => 'text' in part || sets.has(part.setId));
    const places = parts.flatMap((part) => ('setId' in part ? [placeOf(doc, part.setId, sets.get(part.setId)!.label)] : []));
    if (places.length === 0) continue;
    const written = exportText(parts.map((part) => ('setId' in part ? PLACEHOLDER : part.text)).join(''));
    if (places.some((place) => place.points.length === 0)) findings.push({ reason: 'mark-without-points', detail: text.question });
    else if (written.split(PLACEHOLDER).length - 1 !== places.length) findings.push({ reason: 'placeholder-in-text', detail: text.question });
    else {
      items.push({ question: text.question, answer: written, places });
      if (places.some((place) => UNSAFE.test(place.phrase))) findings.push({ reason: 'label-unsafe', detail: text.question });
    }
  }
  return { items, findings };
}

/** A place in an answer, by its point set. */
export function placeOf(doc: Doc, setId: string, label: string): AnswerPlace {
  const points = doc.point.filter((point) => point.setId === setId).map(({ xPct, yPct }) => ({ x: xPct, y: yPct }));
  return { phrase: exportText(label), points: points.sort(compareAsMolmo) };
}

/** Pairs of answers to the same question: the one that stands, and each settled draft that says something else. */
export function preferencesOf(doc: Doc, drafts: readonly Draft[]): Preference[] {
  const settled = drafts.filter((draft) => draft.verdict !== 'open');
  if (settled.length === 0) return [];
  return pairsOf(doc).items.flatMap(({ question, text, before }) =>
    settled
      .filter((draft) => draft.questionTurnId === question.id)
      .map((draft) => ({ draft, rejected: exportText(draft.text) }))
      .filter(({ rejected }) => rejected !== '' && rejected !== text.answer)
      .map(({ draft, rejected }) => ({
        question: text.question,
        context: before.flatMap((pair) => [pair.question, pair.answer]),
        chosen: text.answer,
        rejected,
        complaint: exportText(drafts.find((next) => next.previousId === draft.id && next.complaint !== null)?.complaint ?? ''),
        model: draft.model,
      })),
  );
}

/** A double quote, angle bracket or line break: in Molmo's tags as it is. */
const UNSAFE = /["<>\r\n\u2028\u2029]/;

/** Labels that were pointed at or checked to be absent, oldest first. */
export function labelledPointsOf(doc: Doc): Work<LabelledPoints> {
  const items: LabelledPoints[] = [];
  const findings: Finding[] = [];
  const points = new Map<string, Xy[]>();
  for (const { setId, xPct, yPct } of doc.point) {
    const list = points.get(setId);
    if (list) list.push({ x: xPct, y: yPct });
    else points.set(setId, [{ x: xPct, y: yPct }]);
  }
  const seen = new Set<string>();
  for (const set of labelSets(doc)) {
    const label = exportText(set.label);
    const own = (points.get(set.id) ?? []).sort(compareAsMolmo);
    const isAbsent = set.presence === 'absent';
    if (label === '') findings.push({ reason: 'label-blank', detail: '' });
    else if (isAbsent && own.length > 0) findings.push({ reason: 'absent-with-points', detail: label });
    else if (!isAbsent && own.length === 0) findings.push({ reason: 'points-unfinished', detail: label });
    else {
      items.push({ label, points: own, method: set.method });
      if (UNSAFE.test(label)) findings.push({ reason: 'label-unsafe', detail: label });
      if (seen.has(label.toLowerCase())) findings.push({ reason: 'label-repeated', detail: label });
      if (set.method === 'pointing' && own.length > MOLMO_MAX_POINTS) findings.push({ reason: 'many-points', detail: label });
      seen.add(label.toLowerCase());
    }
  }
  return { items, findings };
}

/** What is to be said about the image as a whole. */
export function documentFindings(doc: Doc): Finding[] {
  return doc.conflicts.length > 0 ? [{ reason: 'unsettled-conflict', detail: '' }] : [];
}
