/** Words of an answer for comparing: what SQuAD's evaluation does, and the same idea for scripts that put no spaces between words. */

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/gu;

/**
 * Tokens of a text: NFKC, lower case, punctuation and English articles taken off, split at white space (the official SQuAD v1.1 evaluation script:
 * Rajpurkar et al. 2016); each Japanese or Chinese character is a token of its own, as the evaluation of Japanese SQuAD-like sets counts them (JaQuAD:
 * So et al. 2022). A point or comma between digits stays, so that 1.5 and 15 differ.
 */
export function answerTokens(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d)([.,])(?=\d)|\p{P}|[$+<=>^`|~]/gu, (_, kept: string | undefined) => (kept === '.' ? kept : ''))
    .replace(/\b(?:a|an|the)\b/gu, ' ')
    .replace(CJK, ' $& ')
    .split(/\s+/u)
    .filter((token) => token !== '');
}

/** How many tokens two lists share, each as often as it stands in both. */
export function sharedTokens(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of a) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of b) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    left.set(token, count - 1);
    shared++;
  }
  return shared;
}

/** 2 * shared / (|a| + |b|), the harmonic mean of precision and recall; of two empty lists 1, of one empty list 0. */
export function tokenF1(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 1;
  return (2 * sharedTokens(a, b)) / (a.length + b.length);
}
