/**
 * Splits a caption into claims: the smallest stretches that say something of their own. By rules alone, so that the same text always gives the same
 * claims. The rules (docs/agreement.md tells them to people):
 * 1. Sentences end at . ! ? 。！？ and at line breaks; not at a point within a number or after one letter or a common abbreviation.
 * 2. Clauses end at ; : – — 、 and at a comma, and before English words that begin a new statement ("and", "while", "with", "which" ...).
 * 3. A clause with fewer than two content words is no claim: it joins the one before it in its sentence (the first joins the one after), so that
 *    "red, green and blue balls" stays one.
 * A claim is compared by its content words: no articles, prepositions, auxiliaries; English plural and verb endings taken off; number words as digits.
 * In Japanese each kanji is one, a run of katakana is one, and hiragana counts only where two or more are left once particles and endings are taken off.
 */

export interface Claim {
  /** As it stands in the text, without the white space around it. */
  readonly text: string;
  /** Content words in order. */
  readonly words: readonly string[];
}

const SENTENCE_END = /(?<=[。！？!?]["”」』)）]?)|(?<=(?<!\b(?:\p{L}|mr|mrs|ms|dr|st|vs|etc|no|approx|e\.g|i\.e))\.["”)]?)(?=\s|$)|\n+/giu;
const CLAUSE_END = /\s*[;:；：–—、，]\s*|,\s+|\s+(?=(?:and|but|or|while|whereas|with|without|which|who|whose|that|where|because)\s)/giu;
const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u;

/** The sentences of a text in reading order, by rule 1. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** The claims of a text in reading order. */
export function claimsOf(text: string): Claim[] {
  return text.normalize('NFKC').split(SENTENCE_END).flatMap(clausesOf);
}

function clausesOf(sentence: string): Claim[] {
  const parts: { from: number; to: number; words: string[]; open: boolean }[] = [];
  let from = 0;
  const cuts = [...sentence.matchAll(CLAUSE_END)].map((match) => ({ at: match.index, to: match.index + match[0].length }));
  for (const { at, to } of [...cuts, { at: sentence.length, to: sentence.length }]) {
    const clause = sentence.slice(from, at);
    const words = contentWords(clause);
    const last = parts.at(-1);
    if (last && (words.length < 2 || last.open)) {
      last.to = at;
      last.words.push(...words);
      last.open &&= words.length < 2;
    } else if (words.length > 0) parts.push({ from, to: at, words: [...words], open: words.length < 2 });
    from = to;
  }
  return parts.map((part) => ({ text: sentence.slice(part.from, part.to).trim(), words: part.words }));
}

const PLAIN = new Set(
  `a an the this that these those it its he she they them his her their there here i we you is are was were be been being am do does did has have had
  will would can could may might must shall should of in on at to from by for with as into onto over under up down out off near and or but while whereas
  which who whose whom where when what than then so such also very quite rather some any each both all other another one's s appears appear seems seem
  visible seen shown image picture photo photograph scene shows see show`.split(/\s+/),
);
/** Where something is, and that it is not: words that turn a claim into another. */
const KEPT = new Set('no not without never left right above below behind under over front top bottom inside outside'.split(' '));
const NUMBERS: Readonly<Record<string, string>> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, number) => [word, String(number)]),
);
const KANJI_NUMBERS = '〇一二三四五六七八九';
/** Endings, auxiliaries and particles that say nothing of what is in the picture, the longest first. */
const HIRAGANA_PLAIN =
  /されている|られている|っている|ています|ていて|ている|であり|である|でした|ました|ません|ください|という|として|によって|について|のような|ような|ように|です|ます|ある|いる|あり|おり|した|して|され|れる|られ|この|その|あの|こと|もの|など|から|まで|より|ため|ほど|[をがはにのとへもで]/gu;
/** What is left of a verb or an adjective after its kanji. */
const OKURIGANA = /^[いくきしりっるれまえけみうかてただなさ]{1,2}/u;

/** Words that say something, in order, in a form in which they can be compared. */
export function contentWords(text: string): string[] {
  const parts = text.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  const found: string[] = [];
  for (const [run] of parts.matchAll(/[\p{Script=Han}々〆〇]|[\p{Script=Katakana}ー]+|\p{Script=Hiragana}+|\d+(?:\.\d+)?|[\p{L}\p{M}]+(?:'[\p{L}]+)?/gu)) {
    if (JAPANESE.test(run)) found.push(...japanese(run));
    else if (KEPT.has(run)) found.push(run);
    else if (run.endsWith("n't")) found.push('not');
    else if (!PLAIN.has(run)) found.push(NUMBERS[run] ?? stem(run.replace(/'s?$/u, '')));
  }
  return found;
}

function japanese(run: string): string[] {
  const number = KANJI_NUMBERS.indexOf(run);
  if (number >= 0) return [String(number)];
  if (!/^\p{Script=Hiragana}+$/u.test(run)) return [run];
  if (/^(?:ない|なく|ありません|いません|ません)/u.test(run)) return ['not'];
  return run
    .replace(HIRAGANA_PLAIN, ' ')
    .split(' ')
    .map((rest) => rest.replace(OKURIGANA, ''))
    .filter((rest) => rest.length > 1);
}

/** Plural, -ing and -ed taken off: enough that "dogs lean" and "a dog leaning" are about the same. */
function stem(word: string): string {
  if (word.length < 4 || /\d/u.test(word)) return word;
  const plain = word
    .replace(/(?<=[^aeiou])ie[sd]$/u, 'y')
    .replace(/(?<=s|x|z|ch|sh)es$/u, '')
    .replace(/(?<=[^su])s$/u, '');
  const root = plain.replace(/(?<=[aeiouy].*[^aeiou])(?:ing|ed)$/u, '');
  return root.replace(/([bdgmnprt])\1$/u, '$1').replace(/(?<=.{3})e$/u, '');
}
