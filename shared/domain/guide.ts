/**
 * The caption guide: which of its checks a text covers, and which words say so. It is a help to remember, no judge: plain rules over word lists,
 * the same for everybody, and every lit question can show why.
 *
 * | check        | covered when                                                                                     |
 * | first-glance | the first sentence has 5 words (10 characters in Japanese) and is no list of comma tags           |
 * | counts       | a number stands with what it counts: "two dogs", "12 eggs", 二匹, 3本                             |
 * | text         | something is quoted, or is said to be written, or there is said to be no text                    |
 * | positions    | a position is named: "on the left", "behind", 手前, 中央                                          |
 * | details      | 4 different words for material, texture, part or mark, or a text of 120 words (250 in Japanese)  |
 * | background   | background, sky, wall, distance, 背景, 奥に ...                                                   |
 * | style        | one word for style or light, or 4 different colours                                              |
 */
import { countWords } from '../text/count.ts';
import * as words from './guide-words.ts';
import { type GuideCheck, guideChecks } from './settings.ts';

/** A stretch of a text in UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}
export interface GuideFinding {
  readonly covered: boolean;
  /** What matched, in the order of the text, without overlaps. */
  readonly matches: readonly TextRange[];
  /** How many different words (for first-glance: words) were found, and how many it takes. */
  readonly found: number;
  readonly needed: number;
  /** The length of the text alone covers it. */
  readonly byLength: boolean;
}
export type GuideFindings = Readonly<Record<GuideCheck, GuideFinding>>;

const FIRST_WORDS = 5;
const FIRST_CHARACTERS = 10;
const DETAIL_WORDS = 4;
const LONG_WORDS = 120;
/** Japanese takes about two characters where English takes a word. */
const LONG_CHARACTERS = 250;
const COLOURS = 4;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/gu;

/** Looks for each check in a text. Deterministic; the same text always has the same findings. */
export function checkGuide(text: string): GuideFindings {
  const find: Record<GuideCheck, () => GuideFinding> = {
    'first-glance': () => firstGlance(text),
    counts: () => byWords(text, words.counts, 1),
    text: () => byWords(text, words.text, 1),
    positions: () => byWords(text, words.positions, 1),
    details: () => details(text),
    background: () => byWords(text, words.background, 1),
    style: () => style(text),
  };
  return Object.fromEntries(guideChecks.map((check) => [check, find[check]()])) as GuideFindings;
}

/** The first sentence as a range: up to a full stop that ends a sentence, or a line end, or the text's end. */
function firstSentence(text: string): TextRange {
  const start = text.length - text.trimStart().length;
  const rest = text.slice(start);
  // A stop inside a number or after an abbreviation's single letter ("U.S.") goes on.
  const end = /[。！？\n]|(?<!\b\p{L})[.!?](?=["”’)]?(?:\s|$))/u.exec(rest);
  return { start, end: start + (end ? end.index + (end[0] === '\n' ? 0 : 1) : rest.trimEnd().length) };
}

function firstGlance(text: string): GuideFinding {
  const range = firstSentence(text);
  const sentence = text.slice(range.start, range.end);
  const characters = sentence.match(CJK)?.length ?? 0;
  const japanese = characters * 2 > sentence.length;
  const found = japanese ? characters : countWords(sentence);
  const needed = japanese ? FIRST_CHARACTERS : FIRST_WORDS;
  const covered = found >= needed && !isTagList(sentence);
  return { covered, matches: covered ? [range] : [], found, needed, byLength: false };
}

/** Comma tags ("dog, window, two dogs, cute") are no sentence: at least four parts, nearly all of them of one or two words. */
function isTagList(sentence: string): boolean {
  const parts = sentence.split(/[,，、;；]/);
  if (parts.length < 4) return false;
  const short = parts.filter((part) => (part.match(CJK) ? part.trim().length <= 5 : countWords(part) <= 2));
  return short.length / parts.length > 0.7;
}

function details(text: string): GuideFinding {
  const finding = byWords(text, words.details, DETAIL_WORDS);
  const characters = text.match(CJK)?.length ?? 0;
  const byLength = !finding.covered && (countWords(text) - characters) / LONG_WORDS + characters / LONG_CHARACTERS >= 1;
  return { ...finding, covered: finding.covered || byLength, byLength };
}

function style(text: string): GuideFinding {
  const finding = byWords(text, words.style, 1);
  return finding.covered ? finding : byWords(text, words.colours, COLOURS);
}

function byWords(text: string, pattern: RegExp, needed: number): GuideFinding {
  const matches: TextRange[] = [];
  const different = new Set<string>();
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '') continue;
    matches.push({ start: match.index, end: match.index + match[0].length });
    different.add(match[0].toLowerCase());
  }
  return { covered: different.size >= needed, matches, found: different.size, needed, byLength: false };
}
