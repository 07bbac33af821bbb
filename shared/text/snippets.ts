/** Snippets: a short key that turns into a phrase when something that ends a word is typed behind it. */
import type { Snippet } from '../domain/settings.ts';

export interface Expansion {
  readonly text: string;
  /** Where the caret goes: behind what was typed. */
  readonly caret: number;
  readonly snippet: Snippet;
}

const ENDS = /^[\s\p{P}\p{S}]$/u;
/** Scripts that write words apart: there a key stands at the beginning of a word ("cat" expands, the end of "bobcat" does not). */
const APART = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;

/** After a space or punctuation at `caret`: the text with the key before it expanded, or null where there is none. */
export function expandTyped(text: string, caret: number, snippets: readonly Snippet[]): Expansion | null {
  const end = text.slice(0, caret).at(-1);
  if (end === undefined || !ENDS.test(end)) return null;
  const found = expandAt(text, caret - 1, snippets);
  if (!found) return null;
  // What was typed may be on its way to a longer key.
  const typed = found.snippet.key + end;
  if (snippets.some(({ key }) => key.length > typed.length - 1 && key.startsWith(typed))) return null;
  return { ...found, caret: found.caret + 1 };
}

/** The text with the key that ends at `at` expanded: the longest one, and of equal ones the first. */
export function expandAt(text: string, at: number, snippets: readonly Snippet[]): Expansion | null {
  const before = text.slice(0, at);
  let best: Snippet | null = null;
  for (const snippet of snippets) {
    if (best && snippet.key.length <= best.key.length) continue;
    if (before.endsWith(snippet.key) && beginsWord(before, snippet.key)) best = snippet;
  }
  if (!best) return null;
  const start = at - best.key.length;
  return { text: text.slice(0, start) + best.text + text.slice(at), caret: start + best.text.length, snippet: best };
}

function beginsWord(before: string, key: string): boolean {
  const previous = before.slice(0, before.length - key.length).at(-1) ?? ' ';
  return !APART.test(key[0]!) || !APART.test(previous);
}
