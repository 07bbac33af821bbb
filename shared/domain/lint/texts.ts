/** The texts of a document as rules read them, and changes of a text that keep the marks of an answer. */
import { editPointSet, setText } from '../authoring.ts';
import type { Doc } from '../model.ts';
import type { Op } from '../ops.ts';
import { labelSets } from '../point-mark.ts';
import type { LintFinding, SubjectKind } from './rule.ts';

/** A caption, question, answer or label. */
export interface WrittenText {
  readonly kind: Exclude<SubjectKind, 'image'>;
  readonly id: string;
  readonly role: 'caption' | 'question' | 'answer' | 'label';
  readonly text: string;
}

const MARK = /<@[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}>/g;
/** The text with each mark of points as one strange character and blanks, so that offsets stay and no words meet over it. */
export const unmarked = (text: string): string => (text.includes('<@') ? text.replace(MARK, (mark) => `￼${' '.repeat(mark.length - 1)}`) : text);

/** Captions, then questions and answers: what is written in sentences. */
export function sentencesOf(doc: Doc): WrittenText[] {
  return [
    ...doc.caption.map(({ id, text }): WrittenText => ({ kind: 'caption', id, role: 'caption', text })),
    ...doc.turn.map(({ id, text, role }): WrittenText => ({ kind: 'turn', id, role, text })),
  ];
}
/** Sentences and labels; the phrase of points inside an answer is a label too. */
export function textsOf(doc: Doc): WrittenText[] {
  return [...sentencesOf(doc), ...doc.pointSet.map(({ id, label }): WrittenText => ({ kind: 'pointSet', id, role: 'label', text: label }))];
}

/** The text that a finding is about, or undefined where it is gone. */
export function textOf(doc: Doc, { subjectKind, subjectId }: Pick<LintFinding, 'subjectKind' | 'subjectId'>): string | undefined {
  if (subjectKind === 'pointSet') return doc.pointSet.find((row) => row.id === subjectId)?.label;
  if (subjectKind === 'image') return undefined;
  return doc[subjectKind].find((row) => row.id === subjectId)?.text;
}

/** Ops that change the text of a finding's subject. A label never becomes empty by it. */
export function rewrite(doc: Doc, finding: LintFinding, change: (text: string) => string): Op[] {
  const text = textOf(doc, finding);
  if (text === undefined || finding.subjectKind === 'image') return [];
  const after = change(text);
  if (finding.subjectKind !== 'pointSet') return setText(doc, finding.subjectKind, finding.subjectId, after);
  return after.trim() === '' ? [] : editPointSet(doc, finding.subjectId, { label: after });
}

/** A label with its points, as one person pointed. */
export interface PointedLabel {
  readonly id: string;
  readonly authorId: string;
  readonly label: string;
  readonly presence: 'present' | 'absent';
  readonly method: 'pointing' | 'counting';
  readonly points: readonly { readonly id: string; readonly xPct: number; readonly yPct: number }[];
}
const pointed = new WeakMap<Doc, PointedLabel[]>();
/** Labels with their points, without those inside answers; grouped once a document. */
export function pointedLabels(doc: Doc): PointedLabel[] {
  let list = pointed.get(doc);
  if (!list) {
    const bySet = new Map<string, Doc['point'][number][]>();
    for (const point of doc.point) {
      const own = bySet.get(point.setId);
      if (own) own.push(point);
      else bySet.set(point.setId, [point]);
    }
    list = labelSets(doc).map((set) => ({ ...set, points: bySet.get(set.id) ?? [] }));
    pointed.set(doc, list);
  }
  return list;
}

/** A finding about a stretch of a text. */
export const at = (code: string, text: WrittenText, start: number, end: number, params: LintFinding['params'] = {}, otherId?: string): LintFinding => ({
  code,
  subjectKind: text.kind,
  subjectId: text.id,
  start,
  end,
  params,
  ...(otherId === undefined ? {} : { otherId }),
});
/** A finding about a whole label. */
export const about = (code: string, set: { readonly id: string }, params: LintFinding['params'], otherId?: string): LintFinding => ({
  code,
  subjectKind: 'pointSet',
  subjectId: set.id,
  params,
  ...(otherId === undefined ? {} : { otherId }),
});
/** How much of a text a sentence of a finding quotes. */
export const quote = (text: string): string => {
  const letters = [...text.trim().replace(/\s+/g, ' ')];
  return letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : letters.join('');
};
