/** Finding words as they are typed, in text of any language. Marks of points in answers are never part of what is found. */
import { answerParts, markedSets } from '../domain/point-mark.ts';

export interface FindOptions {
  readonly find: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}
/** Where it stands, in UTF-16 units. */
export interface Found {
  readonly at: number;
  readonly length: number;
}

/** Letters and digits of scripts that put spaces between words; a Japanese or Chinese character ends a word of these. */
const WORD = '[[\\p{L}\\p{N}\\p{M}_]--[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々〆]]';
const startsWord = new RegExp(`^${WORD}`, 'v');
const endsWord = new RegExp(`${WORD}$`, 'v');

/** The expression that finds it; null for nothing to find. */
export function findPattern({ find, matchCase, wholeWord }: FindOptions): RegExp | null {
  if (find === '') return null;
  const literal = find.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const before = wholeWord && startsWord.test(find) ? `(?<!${WORD})` : '';
  const after = wholeWord && endsWord.test(find) ? `(?!${WORD})` : '';
  return new RegExp(before + literal + after, matchCase ? 'gv' : 'giv');
}

/** Every place in a text, in order, that does not touch a mark of points. */
export function findAll(text: string, pattern: RegExp): Found[] {
  const found: Found[] = [];
  let start = 0;
  for (const part of answerParts(text)) {
    if ('setId' in part) {
      start += part.setId.length + 3;
      continue;
    }
    for (const match of part.text.matchAll(pattern)) found.push({ at: start + match.index, length: match[0].length });
    start += part.text.length;
  }
  return found;
}

/** The text with these places replaced. Null when marks of points would come or go by it. */
export function replaceAt(text: string, places: readonly Found[], by: string): string | null {
  let result = '';
  let end = 0;
  for (const { at, length } of places) {
    result += text.slice(end, at) + by;
    end = at + length;
  }
  result += text.slice(end);
  return markedSets(result).join() === markedSets(text).join() ? result : null;
}
