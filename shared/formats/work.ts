/** What of a document is finished work, in the terms that every consumer shares: captions, question-answer pairs, labels with ordered points. */
import type { Doc } from '../domain/model.ts';
import type { Xy } from './columns.ts';
import type { Finding } from './findings.ts';
import { compareAsMolmo } from './molmo-grammar.ts';

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

/** A question and the answer right after it, both written, oldest first. A pair that is blank on both sides was never begun and is no finding. */
export function questionAnswersOf(doc: Doc): Work<QuestionAnswer> {
  const items: QuestionAnswer[] = [];
  const findings: Finding[] = [];
  for (const thread of doc.thread) {
    const turns = doc.turn.filter((turn) => turn.threadId === thread.id).map((turn) => ({ role: turn.role, text: exportText(turn.text) }));
    let pairs = 0;
    for (let i = 0; i < turns.length; i++) {
      const turn = turns[i]!;
      const next = turns[i + 1];
      const answer = turn.role === 'question' && next?.role === 'answer' ? next.text : '';
      if (turn.role === 'question') {
        if (turn.text !== '' && answer !== '') {
          items.push({ question: turn.text, answer });
          if (pairs++ > 0) findings.push({ reason: 'later-turn', detail: turn.text });
        } else if (turn.text !== '') {
          findings.push({ reason: 'question-unanswered', detail: turn.text });
        } else if (answer !== '') {
          findings.push({ reason: 'answer-unasked', detail: answer });
        }
        if (next?.role === 'answer') i++;
      } else if (turn.text !== '') {
        findings.push({ reason: 'answer-unasked', detail: turn.text });
      }
    }
  }
  return { items, findings };
}

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
  for (const set of doc.pointSet) {
    const label = exportText(set.label);
    const own = (points.get(set.id) ?? []).sort(compareAsMolmo);
    const isAbsent = set.presence === 'absent';
    if (label === '') findings.push({ reason: 'label-blank', detail: '' });
    else if (isAbsent && own.length > 0) findings.push({ reason: 'absent-with-points', detail: label });
    else if (!isAbsent && own.length === 0) findings.push({ reason: 'points-unfinished', detail: label });
    else {
      items.push({ label, points: own, method: set.method });
      if (/["<>\r\n\u2028\u2029]/.test(label)) findings.push({ reason: 'label-unsafe', detail: label });
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
