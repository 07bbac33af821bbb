/** Counting text the way people expect: words where words are written apart, characters in Japanese and Chinese. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/gu;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu;

/** The same for text in ASCII, eight times as fast: words are counted at every edit. */
const ASCII_WORD = /[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*/g;
const IS_ASCII = /^\p{ASCII}*$/u;

/** Words of a text; every CJK character counts as one. */
export function countWords(text: string): number {
  if (IS_ASCII.test(text)) return text.match(ASCII_WORD)?.length ?? 0;
  const cjk = text.match(CJK)?.length ?? 0;
  return cjk + (text.replace(CJK, ' ').match(WORD)?.length ?? 0);
}
