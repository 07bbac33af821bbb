/**
 * Reads on which side of the picture an English sentence puts a thing. Only what is said of the picture itself counts: "the dog on the left of the sofa",
 * "looks to the left", "its left paw", "left-handed" say nothing of where in the picture it is.
 */
import { matchNoun, sentenceStart } from './english-counts.ts';
import { ADJECTIVES, AFTER_NOUN, isNext, PICTURE, type Word, wordsFrom } from './english-words.ts';

/** Where a thing is said to be; `across` and `down` where the words say so. */
export interface Place {
  readonly across: 'left' | 'right' | null;
  readonly down: 'top' | 'bottom' | null;
  readonly start: number;
  readonly end: number;
  /** "the dog" and not "a dog": it may be told from others of its kind by its side, not by its place. */
  readonly definite: boolean;
  /** How many are said to be there; null where it is not said. */
  readonly count: number | null;
}
interface Phrase extends Pick<Place, 'across' | 'down'> {
  /** Index behind its last word. */
  readonly end: number;
}

const ACROSS = /^(?:(?:upper|top|lower|bottom|far|extreme)-)?(left|right)(?:-hand)?$/;
const DOWN: Readonly<Record<string, 'top' | 'bottom'>> = { top: 'top', upper: 'top', bottom: 'bottom', lower: 'bottom' };
const PART = new Set(['side', 'half', 'edge', 'part', 'portion', 'corner', 'third', 'hand']);
const BE = new Set(['is', 'are', 'was', 'were', 'sits', 'sit', 'stands', 'stand', 'lies', 'lie', 'appears', 'appear', 'sitting', 'standing', 'lying', 'located', 'positioned', 'visible', 'shown', 'placed']); // prettier-ignore
const PREPOSITION = new Set(['with', 'of', 'to', 'by', 'near', 'behind', 'beside', 'from', 'has', 'have', 'next', 'under', 'above', 'below', 'between', 'over', 'inside', 'like', 'for', 'on', 'in', 'at']); // prettier-ignore

/** "on the left", "in the upper right corner of the image"; null where it is said of something else than the picture. */
function readPlace(words: readonly Word[], from: number): Phrase | null {
  if (!/^(?:on|in|at)$/.test(words[from]?.word ?? '') || words[from + 1]?.word !== 'the') return null;
  let at = from + 2;
  let across: Phrase['across'] = null;
  let down: Phrase['down'] = null;
  while (words[at] && isNext(words[at]) && /^(?:far|extreme|very)$/.test(words[at]!.word)) at++;
  const compound = /^(upper|top|lower|bottom)-/.exec(words[at]?.word ?? '')?.[1];
  if (compound) down = DOWN[compound]!;
  else if (isNext(words[at]) && Object.hasOwn(DOWN, words[at]!.word)) down = DOWN[words[at++]!.word]!;
  const side = isNext(words[at]) ? ACROSS.exec(words[at]!.word) : null;
  if (side) {
    across = side[1] as 'left' | 'right';
    at++;
  }
  if (!across && !down) return null;
  while (isNext(words[at]) && PART.has(words[at]!.word)) at++;
  const ofPicture = words[at]?.word === 'of' && (PICTURE.has(words[at + 2]?.word ?? '') || PICTURE.has(words[at + 1]?.word ?? ''));
  if (ofPicture) at += PICTURE.has(words[at + 1]!.word) ? 2 : 3;
  else if (words[at]?.word === 'of' && isNext(words[at])) return null;
  // Of up and down alone nobody knows whether the picture is meant: "a ladder with a cat at the top".
  if (!across && !ofPicture) return null;
  const next = words[at];
  if (!next || !isNext(next) || ofPicture || AFTER_NOUN.has(next.word) || /^(?:there|a|an|the|we|you|two|three|four|one)$/.test(next.word)) {
    // "on the left and right": both sides.
    const other = words.slice(at, at + 4).map(({ word }) => word);
    return /^(?:and|or)$/.test(other[0] ?? '') && other.some((word) => ACROSS.test(word)) ? null : { across, down, end: at };
  }
  return null;
}

interface Determined {
  readonly definite: boolean;
  readonly count: number | null;
  /** Index of the determiner or number. */
  readonly first: number;
}
/** What stands before a noun: "a", "the two", "three small"; null where it can't be told or another noun governs it. */
function readBefore(words: readonly Word[], noun: number): Determined | null {
  let at = noun;
  while (at > 0 && isNext(words[at]) && ADJECTIVES.has(words[at - 1]!.word)) at--;
  let count: number | null = null;
  if (at > 0 && isNext(words[at]) && words[at - 1]!.number !== null) count = words[--at]!.number;
  const before = at > 0 && isNext(words[at]) ? words[at - 1]!.word : '';
  const definite = /^(?:the|this|that|these|those|his|her|its|their|both)$/.test(before);
  if (/^(?:no|not|without|another|other|each|every|any)$/.test(before) || before.endsWith("'s")) return null;
  const first = definite || /^(?:a|an|some|several|many)$/.test(before) ? at - 1 : at;
  if (first === at && count === null && !isFresh(words, at)) return null;
  if (first > 0 && !isFresh(words, first) && PREPOSITION.has(words[first - 1]!.word)) return null;
  return { definite, count, first };
}
/** At the beginning of a sentence or after a comma. */
const isFresh = (words: readonly Word[], at: number): boolean => at === 0 || !/^\s+$/.test(words[at]!.gap);

/** Places that a text gives of a label. */
export function placesInEnglish(words: readonly Word[], form: readonly string[]): Place[] {
  const places: Place[] = [];
  for (const at of wordsFrom(words, form[0]!.charCodeAt(0))) {
    const end = matchNoun(words, at, form, null);
    if (end < 0) continue;
    const said = readBefore(words, at);
    if (!said) continue;
    const behind = placeBehind(words, end);
    const place = behind ?? placeBefore(words, said.first, end);
    if (!place) continue;
    const first = Math.min(said.first, place.from);
    const last = Math.max(end, place.end) - 1;
    places.push({ across: place.across, down: place.down, definite: said.definite, count: said.count, start: words[first]!.start, end: words[last]!.end });
  }
  return places;
}
/** "a dog on the left", "a dog is on the left". */
function placeBehind(words: readonly Word[], end: number): (Phrase & { from: number }) | null {
  let from = end;
  while (isNext(words[from]) && BE.has(words[from]!.word)) from++;
  if (!isNext(words[from])) return null;
  const place = readPlace(words, from);
  return place && { ...place, from };
}
/** "On the left, a dog", "On the left there is a dog": the place begins the sentence, and the thing follows at once. */
function placeBefore(words: readonly Word[], noun: number, end: number): (Phrase & { from: number }) | null {
  const next = words[end];
  // "On the left, a dog house": the noun may be part of another.
  if (next && isNext(next) && !AFTER_NOUN.has(next.word)) return null;
  const from = sentenceStart(words, noun);
  const place = readPlace(words, from);
  if (!place || place.end > noun) return null;
  const between = words
    .slice(place.end, noun)
    .map(({ word }) => word)
    .join(' ');
  return /^(?:there (?:is|are)|is|are|sits?|stands?|lies?|we (?:can )?see|you (?:can )?see|i (?:can )?see)?$/.test(between) ? { ...place, from } : null;
}
