/**
 * Reads how many of a thing an English sentence says there are. Careful rather than complete: parts of a number ("two of the three dogs"), guesses ("about ten",
 * "two or three"), what is denied, asked, imagined or quoted, and nouns that are part of another name ("two dog beds", "two hot dogs") are no statement.
 */
import { IRREGULAR_SINGULARS, labelForm, singular } from '../../text/label-form.ts';
import { ADJECTIVES, HEDGES, IMAGINED, INVARIANT, isNext, MORE, PAIRED, PICTURE, RESTRICTING, VAGUE, type Word, wordsFrom, wordsOf } from './english-words.ts';

/** A number that a text gives of a noun. */
export interface Mention {
  readonly count: number;
  readonly start: number;
  readonly end: number;
  /** It may be said of some of them: "two brown dogs", "two dogs on the sofa". There are at least so many, and there may be more. */
  readonly some: boolean;
}
export interface Counted {
  readonly mentions: readonly Mention[];
  /** The text leaves open how many there are in all. */
  readonly open: boolean;
  /** It speaks of more of them than the numbers say ("another dog"). */
  readonly more: boolean;
}

/** Cheap, and false for nearly every word: plurals keep the beginning of a word but for those that no rule makes. */
const startsAlike = (word: string, noun: string): boolean =>
  word.charCodeAt(0) === noun.charCodeAt(0) && (IRREGULAR_SINGULARS.has(noun) || word.startsWith(noun.slice(0, Math.max(2, noun.length - 1))));

/** Index behind a label whose words begin at `from`, or -1. `plural` says whether it must be, or must not be, a plural. */
export function matchNoun(words: readonly Word[], from: number, form: readonly string[], plural: boolean | null): number {
  for (const [at, part] of form.entries()) {
    const word = words[from + at];
    if (!word || (at > 0 && !isNext(word) && word.gap !== '-')) return -1;
    if (!startsAlike(word.word, part) || singular(word.word) !== part) return -1;
    const isLast = at === form.length - 1;
    if (isLast && plural !== null && !INVARIANT.has(word.word) && (word.word !== part) !== plural) return -1;
  }
  const after = words[from + form.length];
  // "the dogs' bowls", "three dog-shaped biscuits".
  return after !== undefined && /^['’-]/.test(after.gap) ? -1 : from + form.length;
}

/** The words of a label as they are compared; null for one that English rules can't read. */
export function englishForm(label: string): string[] | null {
  const form = labelForm(label);
  return /^[a-z][a-z ]*$/.test(form) ? form.split(' ') : null;
}

const SENTENCE = /[^.!?\n]+[.!?\n]?/g;
const QUOTED = /“[^“”\n]{1,300}”|"[^"\n]{1,300}"|(?<![\p{L}\p{N}])'[^'\n]{2,100}'(?![\p{L}\p{N}])/gu;
/** Sentences that ask, and what is quoted, with strange characters in their place. */
export const statementsOnly = (text: string): string => {
  const said = /["'“]/.test(text) ? text.replace(QUOTED, blank) : text;
  return said.includes('?') ? said.replace(SENTENCE, (sentence) => (sentence.endsWith('?') ? blank(sentence) : sentence)) : said;
};
const blank = (part: string): string => '￼'.repeat(part.length);

/** Where the sentence of a word begins, as an index of words. */
export function sentenceStart(words: readonly Word[], at: number): number {
  let first = at;
  while (first > 0 && !/[.!?;:\n￼]/.test(words[first]!.gap)) first--;
  return first;
}

/** Whether what stands before the number lets it be a statement of its own. */
function isStated(words: readonly Word[], at: number): boolean {
  const number = words[at]!;
  const before = words[at - 1];
  if (/[$€£¥#№~≈<>=+×*/\-–—_]\s*$/.test(number.gap)) return false;
  if (!before || /[.!?;:,\n￼]/.test(number.gap)) return true;
  if (
    /^(?:no|nr|number|page|room|route|line|bus|gate|platform|channel|chapter|figure|fig|size|level|version|type|model|highway|interstate|pier|track|studio|apollo|formula)$/.test(
      before.word,
    )
  )
    return false;
  if (before.word.endsWith("n't") || before.word === 'never') return false;
  if (before.word === 'of') {
    // "two of three dogs", "a photo of three dogs": the number is all of them.
    const head = words[at - 2]?.word ?? '';
    return PICTURE.has(head) || words[at - 2]?.number != null;
  }
  if (before.word === 'the' && words[at - 2]?.word === 'of') return true;
  return !HEDGES.has(before.word) && before.number === null;
}

function isRestricted(words: readonly Word[], at: number, end: number): boolean {
  const next = words[end];
  const follows = next && !/[.!?;:\n￼]/.test(next.gap);
  if (follows && (RESTRICTING.has(next.word) || next.word.endsWith('ing')) && !isPicture(words, end)) return true;
  // "On the sofa, three dogs": what stands before them in the sentence may say which ones.
  for (let i = sentenceStart(words, at); i < at; i++) if (RESTRICTING.has(words[i]!.word) && words[i]!.word !== 'of' && !isPicture(words, i)) return true;
  return false;
}
/** "in the image", "in this picture". */
function isPicture(words: readonly Word[], at: number): boolean {
  return words[at]!.word === 'in' && (PICTURE.has(words[at + 1]?.word ?? '') || PICTURE.has(words[at + 2]?.word ?? '') || words[at + 1]?.word === 'total');
}

/** "no dogs." and "no dogs are visible" say that there are none; "no dogs allowed" does not. */
function endsThere(words: readonly Word[], end: number): boolean {
  const next = words[end];
  if (!next || !isNext(next) || isPicture(words, end)) return true;
  return /^(?:are|is)$/.test(next.word) && /^(?:visible|present|shown|seen|here|there)$/.test(words[end + 1]?.word ?? '');
}

/** The number that begins at this word: one word, "twenty one", "a pair of". */
function readNumber(words: readonly Word[], at: number): { count: number; next: number } | null {
  const word = words[at]!;
  if (word.word === 'pair' && words[at - 1]?.word === 'a' && words[at + 1]?.word === 'of') return { count: 2, next: at + 2 };
  if (word.word === 'no') return { count: 0, next: at + 1 };
  const count = word.number;
  if (count === null) return null;
  const ones = words[at + 1];
  const one = ones && isNext(ones) && /^(?:one|two|three|four|five|six|seven|eight|nine)$/.test(ones.word) ? ones.number! : 0;
  return /^[a-z]+ty$/.test(word.word) && one > 0 ? { count: count + one, next: at + 2 } : { count, next: at + 1 };
}

const quantityPlaces = new WeakMap<readonly Word[], number[]>();
/** Places of the words that say how many: found once a text, and read again for each label. */
function quantities(words: readonly Word[]): readonly number[] {
  let places = quantityPlaces.get(words);
  if (!places) {
    places = words.flatMap(({ word, number }, at) => (number !== null || word === 'pair' || word === 'no' || VAGUE.has(word) || MORE.has(word) ? [at] : []));
    quantityPlaces.set(words, places);
  }
  return places;
}

/** What a text says of how many there are of a label (its words as `englishForm` gives them). `text` without its questions and quotes. */
export function countEnglish(words: readonly Word[], form: readonly string[]): Counted {
  const mentions: Mention[] = [];
  let open = false;
  let more = false;
  let from = 0;
  for (const at of quantities(words)) {
    if (at < from) continue;
    const { word } = words[at]!;
    const number = readNumber(words, at);
    if (!number) {
      if (VAGUE.has(word) && nounFollows(words, at + 1, form)) open = true;
      if (MORE.has(word)) more = true;
      continue;
    }
    const begin = word === 'pair' ? at - 1 : at;
    let noun = number.next;
    while (isNext(words[noun]) && ADJECTIVES.has(words[noun]!.word)) noun++;
    const isAttached = isNext(words[noun]);
    const end = isAttached ? matchNoun(words, noun, form, number.count === 1 ? false : number.count === 0 ? null : true) : -1;
    if (end < 0) {
      // "two on the left": a number of something that the sentence does not name again. "the two", "both of the two" name nothing new.
      if (number.count > 0 && standsAlone(words, number.next)) more = true;
      continue;
    }
    if (word === 'pair' && PAIRED.has(words[end - 1]!.word)) continue;
    if (isImagined(words, begin)) {
      open = true;
      continue;
    }
    if (!isStated(words, begin)) {
      if (!/^(?:not|without|for|if|like)$/.test(words[begin - 1]?.word ?? '')) open = true;
      continue;
    }
    const some = noun > number.next || isRestricted(words, begin, end) || (number.count === 0 && !endsThere(words, end));
    mentions.push({ count: number.count, start: words[begin]!.start, end: words[end - 1]!.end, some });
    from = end;
  }
  return { mentions, open, more: more || (mentions.length > 0 && namesOneMore(words, form)) };
}

/** "Two dogs and a dog in a car". */
function namesOneMore(words: readonly Word[], form: readonly string[]): boolean {
  return wordsFrom(words, form[0]!.charCodeAt(0)).some((at) => {
    if (matchNoun(words, at, form, false) < 0) return false;
    let before = at - 1;
    while (before > 0 && isNext(words[before + 1]) && ADJECTIVES.has(words[before]!.word)) before--;
    return /^an?$/.test(words[before]?.word ?? '') && isNext(words[before + 1]);
  });
}
function isImagined(words: readonly Word[], at: number): boolean {
  for (let i = sentenceStart(words, at); i < words.length && (i <= at || !/[.!?\n￼]/.test(words[i]!.gap)); i++) if (IMAGINED.has(words[i]!.word)) return true;
  return false;
}

function nounFollows(words: readonly Word[], from: number, form: readonly string[]): boolean {
  for (let at = from; at < Math.min(from + 4, words.length); at++) {
    if (!/^\s+$/.test(words[at]!.gap)) return false;
    if (matchNoun(words, at, form, null) >= 0) return true;
  }
  return false;
}
function standsAlone(words: readonly Word[], next: number): boolean {
  const word = words[next];
  return !word || !isNext(word) || RESTRICTING.has(word.word) || /^(?:are|is|were|was|have|has|more|others?|and)$/.test(word.word);
}

/** The words of a text in which numbers and places are looked for. */
export const statedWords = (text: string): Word[] => wordsOf(statementsOnly(text));
