/** How two people's captions of one image agree: by what they claim, and by their words. */
import { answerTokens, sharedTokens } from '../../text/answer-tokens.ts';
import { type Claim, claimsOf } from '../../text/claims.ts';
import { assign, type Edge } from './assignment.ts';

export interface CaptionAgreement {
  /** Claims that both make, and those of one alone. */
  readonly claims: { readonly matched: number; readonly onlyA: number; readonly onlyB: number };
  /** Words that both have (each as often as it stands in both), and words of both together: F1 is 2 * shared / all. */
  readonly words: { readonly shared: number; readonly all: number };
}
/** Two claims are about the same where at least half of their content words are (F1 of the words). */
const LEAST_ALIKE = 0.5;
const NEGATIONS = new Set(['no', 'not', 'without', 'never']);
/** Words that must not contradict each other: a number against another, a side against the other. */
const OPPOSED: readonly (readonly [string, string])[] = [
  ['left', 'right'],
  ['左', '右'],
  ['above', 'below'],
  ['top', 'bottom'],
  ['上', '下'],
];

/** How alike two claims are, 0 to 1; 0 where one denies what the other says, or they name different numbers or opposite sides. */
export function claimLikeness(a: Claim, b: Claim): number {
  // Most pairs have nothing in common: nothing else is looked at.
  const shared = sharedTokens(a.words, b.words);
  if (shared === 0) return 0;
  const denies = ({ words }: Claim) => words.some((word) => NEGATIONS.has(word));
  if (denies(a) !== denies(b)) return 0;
  const numbers = ({ words }: Claim) => words.filter((word) => /^\d/u.test(word));
  const [left, right] = [numbers(a), numbers(b)];
  if (left.length > 0 && right.length > 0 && !left.some((number) => right.includes(number))) return 0;
  for (const [one, other] of OPPOSED) {
    const says = ({ words }: Claim, word: string) => words.includes(word);
    if ((says(a, one) && !says(a, other) && says(b, other) && !says(b, one)) || (says(a, other) && !says(a, one) && says(b, one) && !says(b, other))) return 0;
  }
  return (2 * shared) / (a.words.length + b.words.length);
}

/** Pairs claims one to one, as many as are alike, the most alike first; places in the two lists. */
export function matchClaims(a: readonly Claim[], b: readonly Claim[]): { readonly a: number; readonly b: number }[] {
  const edges: Edge[] = [];
  a.forEach((left, row) =>
    b.forEach((right, column) => {
      const likeness = claimLikeness(left, right);
      if (likeness >= LEAST_ALIKE) edges.push({ row, column, cost: 1 - likeness });
    }),
  );
  return assign(a.length, b.length, edges).map(({ row, column }) => ({ a: row, b: column }));
}

/** Compares two captions. The claim overlap is the F1 of claims, 2 * matched / (claims of A + claims of B). */
export function compareCaptions(a: string, b: string): CaptionAgreement {
  const [left, right] = [claimsOf(a), claimsOf(b)];
  const matched = matchClaims(left, right).length;
  const [wordsA, wordsB] = [answerTokens(a), answerTokens(b)];
  return {
    claims: { matched, onlyA: left.length - matched, onlyB: right.length - matched },
    words: { shared: sharedTokens(wordsA, wordsB), all: wordsA.length + wordsB.length },
  };
}
