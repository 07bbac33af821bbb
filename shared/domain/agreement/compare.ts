/** Turns an image's document into the sums that agreement is computed from; these are kept, so that a figure over 100,000 images reads no document. */
import type { Doc } from '../model.ts';
import { compareAnswers } from './answers.ts';
import { compareCaptions } from './captions.ts';
import { labelKey, labelsByPerson, type RowPair, rowPairs } from './pairs.ts';
import { f1Of, matchPoints, tallyOf } from './points.ts';

interface Common {
  /** Ids of the two people, the lower one first. */
  readonly a: string;
  readonly b: string;
  /** When the later of the two was made, in milliseconds since 1970. */
  readonly at: number;
}
export type Comparison =
  | (Common & { readonly kind: 'points'; readonly label: string; readonly matched: number; readonly countA: number; readonly countB: number })
  | (Common & {
      readonly kind: 'answer';
      /** What the question asks for; empty where nobody said. */
      readonly ability: string;
      readonly exact: boolean;
      readonly f1: number;
      readonly choices: readonly [string, string] | null;
    })
  | (Common & {
      readonly kind: 'caption';
      readonly matched: number;
      readonly claimsA: number;
      readonly claimsB: number;
      readonly shared: number;
      readonly words: number;
      /** Of the captions' meanings as an encoder sees them, -1 to 1; absent where none looked. */
      readonly cosine?: number;
    });
/** How many points each person has of a label; for alpha, which takes any number of people at once. */
export interface LabelCounts {
  readonly label: string;
  readonly counts: readonly number[];
}
export interface ImageAgreement {
  readonly comparisons: readonly Comparison[];
  readonly counts: readonly LabelCounts[];
}
interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Everything that can be compared on an image. `radiusPct`: see `matchPoints`. */
export function compareImage(doc: Doc, size: Size, radiusPct: number): ImageAgreement {
  const counts: LabelCounts[] = [];
  for (const works of Map.groupBy(labelsByPerson(doc), ({ label }) => labelKey(label)).values())
    if (works.length > 1) counts.push({ label: works.map(({ label }) => label).sort()[0]!, counts: works.map(({ points }) => points.length) });
  return { comparisons: rowPairs(doc).map((pair) => comparePair(pair, size, radiusPct)), counts };
}

/** The figures of one pair. */
export function comparePair(pair: RowPair, size: Size, radiusPct: number): Comparison {
  const people = { a: pair.a.authorId, b: pair.b.authorId };
  if (pair.kind === 'caption') {
    const { claims, words } = compareCaptions(pair.a.text, pair.b.text);
    return {
      kind: 'caption',
      ...people,
      at: Math.max(pair.a.createdAt, pair.b.createdAt),
      matched: claims.matched,
      claimsA: claims.matched + claims.onlyA,
      claimsB: claims.matched + claims.onlyB,
      shared: words.shared,
      words: words.all,
    };
  }
  if (pair.kind === 'answer') {
    const { question } = pair.a;
    const type = question.questionType ?? pair.b.question.questionType;
    const at = Math.max(pair.a.answer.createdAt, pair.b.answer.createdAt);
    const ability = question.ability ?? pair.b.question.ability ?? '';
    return { kind: 'answer', ...people, at, ability, ...compareAnswers(question.text, type, pair.a.text, pair.b.text) };
  }
  const at = Math.max(...pair.a.sets.map(({ createdAt }) => createdAt), ...pair.b.sets.map(({ createdAt }) => createdAt));
  const matched = matchPoints(pair.a.points, pair.b.points, size, radiusPct).length;
  return { kind: 'points', ...people, at, label: pair.label, matched, countA: pair.a.points.length, countB: pair.b.points.length };
}

/** How far two people agree in one thing, 0 to 1: F1 of points (1 where both say that there is none), token F1 of answers, claim overlap of captions. */
export function scoreOf(comparison: Comparison): number {
  if (comparison.kind === 'answer') return comparison.choices === null ? comparison.f1 : comparison.exact ? 1 : 0;
  const [countA, countB] = comparison.kind === 'points' ? [comparison.countA, comparison.countB] : [comparison.claimsA, comparison.claimsB];
  return f1Of(tallyOf(countA, countB, comparison.matched)) ?? 1;
}

/** The mean of an image's scores, each kind of work weighing the same; null where nothing was compared. */
export function meanScore(comparisons: readonly Comparison[]): number | null {
  const kinds = [...Map.groupBy(comparisons, ({ kind }) => kind).values()];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return kinds.length === 0 ? null : mean(kinds.map((list) => mean(list.map(scoreOf))));
}
