/**
 * Splits text for the full-text index: NFKC, lower case, a space around every CJK character. A unicode61 index then finds Japanese words of any
 * length, also of one character, which the trigram tokenizer can't; a CJK word in a query becomes a phrase of its characters.
 */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]/u;
const CJK_ALL = new RegExp(CJK.source, 'gu');
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Text as it goes into the index. */
export function splitForIndex(text: string): string {
  return text.normalize('NFKC').replace(CJK_ALL, ' $& ');
}

/** A query as FTS5 MATCH syntax, or null when it holds nothing to look for. All words must occur; the last may be the beginning of one. */
export function matchQuery(query: string): string | null {
  const words = query.normalize('NFKC').match(WORD) ?? [];
  const parts = words.map((word, index) => {
    const tokens = splitForIndex(word).split(/\s+/).filter(Boolean);
    const last = tokens.at(-1)!;
    const isOpen = index === words.length - 1 && !CJK.test(last) && !/\s$/.test(query);
    return `"${tokens.join(' ')}"${isOpen ? '*' : ''}`;
  });
  return parts.length > 0 ? parts.join(' ') : null;
}
