/** English words for reading numbers and places in sentences. Lists are closed on purpose: what is in none of them lets a rule be silent. */

export interface Word {
  /** Lower case, with a straight apostrophe. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** What stands between the word before, or the text's beginning, and this one. */
  readonly gap: string;
  /** Nothing but blanks lies before it. */
  readonly joined: boolean;
  /** What `numberOf` makes of it. */
  readonly number: number | null;
}

/** Hyphens, apostrophes, and the points and colons of numbers hold a word together: `left-handed`, `dog's`, `2.5`, `3:30`. */
const WORD = /[\p{L}\p{N}]+(?:(?:['’-]|(?<=\p{N})[.,:/](?=\p{N}))[\p{L}\p{N}]+)*/gu;

/**
 * The same for text in Western European letters with the usual marks, several times as fast: no letter of it changes its length when it is made small, and no
 * class of all Unicode is asked.
 */
const LETTER = 'A-Za-z0-9ªµºÀ-ÖØ-öø-ÿ²³¹¼-¾';
const DIGIT = '0-9²³¹¼-¾';
const WESTERN_WORD = new RegExp(`[${LETTER}]+(?:['’-][${LETTER}]+|(?<=[${DIGIT}])[.,:/][${DIGIT}][${LETTER}]*)*`, 'g');
const IS_WESTERN = /^[^\u0100-\u200f\u2028-\uffff]*$/;

const BLANKS = /^\s+$/;

/** The words of a text with their places. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const isWestern = IS_WESTERN.test(text);
  const lower = isWestern ? text.toLowerCase().replaceAll('’', "'") : null;
  const pattern = isWestern ? WESTERN_WORD : WORD;
  let end = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { index: start } = match;
    // Nearly every word stands behind one blank.
    const gap = start === end + 1 && text.charCodeAt(end) === 32 ? ' ' : text.slice(end, start);
    end = pattern.lastIndex;
    const word = lower === null ? match[0].toLowerCase().replaceAll('’', "'") : lower.slice(start, end);
    words.push({ word, start, end, gap, joined: gap === ' ' || BLANKS.test(gap), number: numberOf(word) });
  }
  return words;
}

const initials = new WeakMap<readonly Word[], Map<number, number[]>>();
/** Places of the words that begin with this letter, in order: a noun is looked for among few of them. */
export function wordsFrom(words: readonly Word[], letter: number): readonly number[] {
  let byLetter = initials.get(words);
  if (!byLetter) {
    initials.set(words, (byLetter = new Map()));
    for (let at = 0; at < words.length; at++) {
      const first = words[at]!.word.charCodeAt(0);
      const own = byLetter.get(first);
      if (own) own.push(at);
      else byLetter.set(first, [at]);
    }
  }
  return byLetter.get(letter) ?? NOWHERE;
}
const NOWHERE: readonly number[] = [];

/** Whether nothing but blanks lies before the word. */
export const isNext = (word: Word | undefined): boolean => word !== undefined && word.joined;

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const UNITS = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen`.split(' ');
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const NUMBERS = new Map<string, number>([...UNITS.map((word, number) => [word, number] as const), ...TENS.map((word, at) => [word, 20 + at * 10] as const)]);
for (const tens of TENS) for (const ones of UNITS.slice(1, 10)) NUMBERS.set(`${tens}-${ones}`, NUMBERS.get(tens)! + NUMBERS.get(ones)!);

/** A counting number from 0 to 999 that is written out or in digits; null for anything else, also for years, decimals and times. */
export function numberOf(word: string): number | null {
  const first = word.charCodeAt(0);
  if (first < 48 || first > 57) return NUMBERS.get(word) ?? null;
  return /^(?:0|[1-9][0-9]{0,2})$/.test(word) ? Number(word) : null;
}

/** Between a number and a noun: they say how it looks and not what it is. `hot`, `toy`, `stuffed` make another thing of it. */
export const ADJECTIVES = list(`
  red orange yellow green blue purple violet pink brown black white grey gray beige golden silver dark light pale bright colorful colourful colored coloured tan
  big small large little tiny huge tall short long wide narrow young old new elderly adult identical similar different separate single individual
  round square wooden happy sad cute beautiful pretty lovely fluffy furry wet dirty clean shiny smiling sleeping sitting standing visible distinct other`);
/** Words that leave open how many there are. */
export const VAGUE = list(
  'several many few some multiple numerous various countless dozens hundreds thousands lots plenty couple handful bunch group crowd dozen couples groups pairs most',
);
/** In a sentence with one of these, things are wished for, remembered, or only painted on a wall: it leaves open how many are there. */
export const IMAGINED = list(`would could might should need needs needed ago once painted printed drawn depicted carved embroidered tattooed engraved
  statue statues sculpture sculptures mural murals poster posters logo logos sticker stickers reflection reflections dreams imagine imagines takes`);
/** Before a number they leave it open, or say that it is not so. */
export const HEDGES =
  list(`about around approximately roughly nearly almost over under least most than to or up maybe perhaps possibly probably like not without
  if for except besides`);
/** Words that tell of more of the same than the number says. */
export const MORE = list('another other others rest more additional extra remaining third fourth fifth last else besides plus also too');
/** After a noun they say which ones of it are meant. */
export const RESTRICTING =
  list(`on in at near behind under below above beside between inside outside by with without of from to over along against around across beneath
  next that which who whose where wearing holding having facing`);
/** Words that stand for the picture itself: "in the image" restricts nothing. */
export const PICTURE = list('image picture photo photograph scene frame shot view photos pictures images screenshot');
/** May follow a noun that stands for itself; after others ("dog house") it may be a part of a longer name. */
export const AFTER_NOUN =
  list(`is are was were has have had and or but while with in on at near by under behind beside next that which who looks look sits sit stands stand
  lies lie runs run walks walk sleeps sleep plays play holds hold wears wear faces face appears appear leans lean rests rest can could also both sitting standing lying
  running walking sleeping playing looking facing leaning resting eating waiting wearing holding from of to`);
/** Plurals that look like their singular. */
export const INVARIANT = list('sheep fish deer aircraft moose bison salmon shrimp people cattle');
/** Two of these are one thing: "a pair of scissors". */
export const PAIRED =
  list(`scissors glasses sunglasses pants trousers jeans shorts shoes socks gloves boots sandals sneakers slippers earrings headphones binoculars
  pliers tongs tweezers goggles leggings tights pajamas skis mittens heels`);
