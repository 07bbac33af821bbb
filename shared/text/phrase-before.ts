/** The word right before a place in a text: what `@` points at. Words written together are told apart as the language does. */
const MARK_END = /^[\s\S]*<@[0-9a-f-]{36}>/;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*$/u;

/** Where the word begins and the word; an empty one where there is a space, a mark or nothing before. */
export function phraseBefore(text: string, at: number): { readonly from: number; readonly phrase: string } {
  const before = text.slice(0, at).replace(MARK_END, '');
  const word = WORD.exec(before)?.[0] ?? '';
  const phrase = CJK.test(word) ? (lastSegment(word) ?? word) : word;
  return { from: at - phrase.length, phrase };
}

function lastSegment(text: string): string | undefined {
  return [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(text)].at(-1)?.segment;
}
