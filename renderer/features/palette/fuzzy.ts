/** Finding a command by a few of its letters. */

export interface Match {
  /** Higher is better. */
  readonly score: number;
  /** Positions of the matched characters, in the text as it was given. */
  readonly at: readonly number[];
}

/**
 * The characters of `wish`, in order, somewhere in `text`; null where they are not. A character at the start of a word counts 8, one that follows
 * the one before 9, any other 1, minus a hundredth for each character of the text: `nx im` finds "Next image" before "Annotation index image".
 */
export function fuzzy(wish: string, text: string): Match | null {
  const wanted = [...fold(wish)].filter((char) => char.trim() !== '');
  if (wanted.length === 0) return { score: 0, at: [] };
  const chars = [...fold(text)];
  // best[j]: the best way to have matched the wish so far with its last character at j.
  let best: (Match | null)[] = chars.map((char, j) => (char === wanted[0] ? { score: worth(chars, j, -2), at: [j] } : null));
  for (const char of wanted.slice(1)) {
    let before: Match | null = null;
    const next: (Match | null)[] = [];
    for (let j = 0; j < chars.length; j++) {
      let found: Match | null = null;
      if (chars[j] === char) {
        const near = j > 0 ? best[j - 1] : null;
        const candidates = [
          before && { score: before.score + worth(chars, j, -2), at: before.at },
          near && { score: near.score + worth(chars, j, j - 1), at: near.at },
        ];
        for (const candidate of candidates)
          if (candidate && (!found || candidate.score > found.score)) found = { score: candidate.score, at: [...candidate.at, j] };
      }
      next.push(found);
      const here = best[j];
      if (here && (!before || here.score > before.score)) before = here;
    }
    best = next;
  }
  let top: Match | null = null;
  for (const match of best) if (match && (!top || match.score > top.score)) top = match;
  return top && { score: top.score - chars.length / 100, at: top.at };
}

const fold = (text: string) => [...text].map((char) => [...char.normalize('NFKC').toLowerCase()][0] ?? char).join('');
const worth = (chars: readonly string[], j: number, before: number) => (j > 0 && before === j - 1 ? 9 : j === 0 || /[\s\-/:(]/.test(chars[j - 1]!) ? 8 : 1);
