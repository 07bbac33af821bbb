/** Rules that hold what is written against what is pointed at. Where both readings are possible they are silent: a false alarm costs more than a miss. */
import { IRREGULAR_SINGULARS, labelForm } from '../../text/label-form.ts';
import type { Doc } from '../model.ts';
import { readableAnswer } from '../point-mark.ts';
import { spatialWordsOf } from '../proposal.ts';
import { type Counted, countEnglish, englishForm, type Mention, statedWords } from './english-counts.ts';
import { numberOf, PICTURE, type Word, wordsOf } from './english-words.ts';
import { type Place, placesInEnglish } from './english-sides.ts';
import { countJapanese, isJapanese, japaneseNumber, japaneseStatements } from './japanese-counts.ts';
import { counts as isCounterOf } from './japanese-nouns.ts';
import { placesInJapanese } from './japanese-sides.ts';
import { answered } from './questions.ts';
import type { LintFinding, LintRule } from './rule.ts';
import { at, pointedLabels, sentencesOf, unmarked, type WrittenText } from './texts.ts';

/** What was pointed at under one name, whoever did it. */
interface Thing {
  readonly label: string;
  readonly english: readonly string[] | null;
  /** The label that stands for it in "Show points". */
  readonly setId: string;
  /** How many there may be by the points: each person's count, and with the labels that are kinds of it ("red car" of "car"). */
  readonly counts: readonly number[];
  readonly points: readonly { readonly xPct: number; readonly yPct: number }[];
}

const things = new WeakMap<Doc, Thing[]>();
/** Labels that were pointed at or said to be absent; one that was only begun says nothing yet. */
function thingsOf(doc: Doc): Thing[] {
  let list = things.get(doc);
  if (!list) {
    const sets = pointedLabels(doc).filter((set) => set.label.trim() !== '' && (set.presence === 'absent' || set.points.length > 0));
    const forms = new Map(sets.map((set) => [set.id, labelForm(set.label)]));
    const byForm = Map.groupBy(sets, (set) => forms.get(set.id)!);
    list = [...byForm].flatMap(([form, own]) => {
      // "dog on the left" is no name of a thing.
      if (spatialWordsOf(form).length > 0) return [];
      const kinds = sets.filter(
        (set) => forms.get(set.id) !== form && (forms.get(set.id)!.endsWith(` ${form}`) || (isJapanese(form) && forms.get(set.id)!.endsWith(form))),
      );
      const sum = (some: typeof sets) => some.reduce((all, set) => all + set.points.length, 0);
      const authors = [...new Set(own.map((set) => set.authorId))];
      const counts = authors.flatMap((id) => {
        const mine = own.filter((set) => set.authorId === id);
        return [...mine.map((set) => set.points.length), sum(mine), sum(mine) + sum(kinds.filter((set) => set.authorId === id))];
      });
      const { label, id: setId } = own[0]!;
      return [
        {
          label,
          english: englishForm(label),
          setId,
          counts: [...new Set(kinds.length > 0 ? [...counts, sum(kinds)] : counts)],
          points: own.flatMap((set) => set.points),
        },
      ];
    });
    things.set(doc, list);
  }
  return list;
}

/** All sums of some of the numbers: "two dogs here, three dogs there" are two, three or five. */
function sums(numbers: readonly number[]): Set<number> {
  const found = new Set<number>();
  // Beyond ten numbers anything can be a sum.
  for (const number of numbers.slice(0, 10)) for (const sum of [0, ...found]) found.add(sum + number);
  return found;
}

/** The mention that can't be true of these counts, or null. `asAnswer`: what it is said of may be narrowed by the question. */
function contradiction({ mentions, open, more }: Counted, counts: readonly number[], asAnswer: boolean): Mention | null {
  if (open || mentions.length === 0 || mentions.length > 10) return null;
  const most = Math.max(...counts);
  const tooMany = mentions.find(({ count }) => count > 1 && count > most);
  if (tooMany) return tooMany;
  if (more || asAnswer || mentions.some(({ some }) => some)) return null;
  const none = mentions.find(({ count }) => count === 0);
  if (none) return mentions.length === 1 && Math.min(...counts) > 0 ? none : null;
  const possible = sums(mentions.map(({ count }) => count));
  const largest = mentions.reduce((a, b) => (b.count > a.count ? b : a));
  const isBelow = Math.min(...counts) > Math.max(...possible) && !counts.some((count) => possible.has(count));
  return largest.count > 1 && isBelow ? largest : null;
}

/** Without one of these nothing is counted or placed: most sentences need not be read. */
const MAY_COUNT =
  /[0-9０-９一二三四五六七八九十]|\b(?:t(?:wo|hree|en|w(?:elve|enty)|hirt|hirteen)|four|five|six|seven|eight|nine|eleven|fift|fort|pair of|no)|(?:ひと|ふた|みっ|よっ|いつ|むっ|なな|やっ|ここの)[つり]/iu;
const MAY_PLACE = /\b(?:on|in|at) the (?:\w+[ -]){0,2}(?:left|right|top|bottom|upper|lower)|[左右]/iu;

function countFindings(doc: Doc): LintFinding[] {
  const known = thingsOf(doc);
  if (known.length === 0) return [];
  return sentencesOf(doc).flatMap((text) => {
    if (text.role === 'question' || !MAY_COUNT.test(text.text)) return [];
    const reader = readerOf(doc, text);
    return known.flatMap((thing) => {
      const counted = read(reader, thing, countEnglish, countJapanese);
      const mention = counted && contradiction(counted, thing.counts, text.role === 'answer');
      if (!mention) return [];
      const params = { words: text.text.slice(mention.start, mention.end), said: mention.count, label: thing.label, points: thing.counts[0]! };
      return [at('count-contradicts-points', text, mention.start, mention.end, params, thing.setId)];
    });
  });
}
interface Reader {
  readonly words: () => Word[];
  readonly japanese: () => string;
  /** Whether a noun can be in the text at all, by its first letters; plurals that no rule makes share but one. */
  readonly mayName: (noun: string) => boolean;
}
const readers = new WeakMap<Doc, Map<string, Reader>>();
/** Reads a text once for all labels and rules, and only as far as they need it. */
function readerOf(doc: Doc, text: WrittenText): Reader {
  let own = readers.get(doc);
  if (!own) readers.set(doc, (own = new Map()));
  const known = own.get(text.id);
  if (known) return known;
  const plain = unmarked(text.text);
  const lower = plain.toLowerCase();
  let words: Word[] | undefined;
  let japanese: string | undefined;
  const reader: Reader = {
    words: () => (words ??= statedWords(plain)),
    japanese: () => (japanese ??= japaneseStatements(plain)),
    mayName: (noun) => lower.includes(noun.slice(0, IRREGULAR_SINGULARS.has(noun) ? 1 : Math.max(2, noun.length - 1))),
  };
  own.set(text.id, reader);
  return reader;
}
/** What the text says by one of the two readings, or null where it can't name the thing. */
function read<T>(reader: Reader, thing: Thing, english: (words: Word[], form: readonly string[]) => T, japanese: (text: string, label: string) => T): T | null {
  if (thing.english) return reader.mayName(thing.english.at(-1)!) ? english(reader.words(), thing.english) : null;
  return isJapanese(thing.label) ? japanese(reader.japanese(), thing.label) : null;
}

/** Points this far beyond the middle, in percent, are clearly on the other side. */
const CLEARLY = 15;
/** Whether all points, or most of a number that is told, lie clearly on the other side than the words say. */
function isElsewhere(place: Place, thing: Thing): boolean {
  const { points } = thing;
  if (points.length === 0) return false;
  // "the dog on the left" of several is told from the others by it, wherever they all are.
  if (points.length > 1 && place.definite && (place.count ?? 1) === 1) return false;
  const far = (axis: 'xPct' | 'yPct', low: boolean) => {
    const beyond = (value: number, by: number) => (low ? value > 50 + by : value < 50 - by);
    if (points.every((point) => beyond(point[axis], CLEARLY))) return true;
    const mean = points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    const most = points.filter((point) => beyond(point[axis], 5)).length;
    return place.count === points.length && points.length > 2 && beyond(mean, 10) && most * 3 >= points.length * 2;
  };
  return (place.across !== null && far('xPct', place.across === 'left')) || (place.down !== null && far('yPct', place.down === 'top'));
}

function sideFindings(doc: Doc): LintFinding[] {
  const known = thingsOf(doc).filter((thing) => thing.points.length > 0);
  if (known.length === 0) return [];
  return sentencesOf(doc).flatMap((text) => {
    if (text.role === 'question' || !MAY_PLACE.test(text.text)) return [];
    const reader = readerOf(doc, text);
    return known.flatMap((thing) => {
      const places = read(reader, thing, placesInEnglish, placesInJapanese) ?? [];
      // A thing that is said to be on both sides is on both.
      const sides = new Set(places.map((place) => place.across));
      const wrong = sides.has('left') && sides.has('right') ? undefined : places.find((place) => isElsewhere(place, thing));
      if (!wrong) return [];
      const params = { words: text.text.slice(wrong.start, wrong.end), label: thing.label, points: thing.points.length };
      return [at('side-contradicts-points', text, wrong.start, wrong.end, params, thing.setId)];
    });
  });
}

/** A question for a number of one thing, without a word that narrows it. */
function asksHowMany(question: string, thing: Thing): boolean {
  const plain = question.normalize('NFKC').trim();
  if (!thing.english) {
    const match =
      /^(?:この)?(?:(?:画像|写真|絵)(?:の中)?(?:に|には|で|の))?、?(.+?)(?:は|が)(?:全部で|何)?(いくつ|何([個人匹本枚台頭羽冊軒脚杯隻機]))(?:いますか|ありますか|いる|ある|写っていますか|見えますか|ですか)?[？?。]?$/u.exec(
        plain.replace(/全部で/gu, ''),
      );
    return match?.[1] === thing.label && (match[3] === undefined || isCounterOf(match[3], thing.label));
  }
  const words = wordsOf(plain).map(({ word }) => word);
  if (words[0] !== 'how' || words[1] !== 'many') return false;
  const noun = labelForm(words.slice(2, 2 + thing.english.length).join(' '));
  if (noun !== thing.english.join(' ')) return false;
  const rest = words
    .slice(2 + thing.english.length)
    .filter(
      (word) =>
        !/^(?:are|is|there|do|does|can|you|be|see|seen|count|shown|visible|appear|the|this|that|in|total|altogether|here)$/.test(word) && !PICTURE.has(word),
    );
  return rest.length === 0;
}
/** The one number of an answer; null where there is none, or more than one. */
function theNumber(answer: string): number | null {
  const english = wordsOf(answer).flatMap(({ word }) => numberOf(word) ?? []);
  const japanese = [...answer.matchAll(/([0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5})(?=[個人匹本枚台頭羽冊軒脚杯隻機つ])(?!.目)/gu)].map((match) =>
    japaneseNumber(match[1]!),
  );
  const found = japanese.length > 0 ? japanese : english;
  const hedged = /\b(?:about|around|approximately|roughly|nearly|almost|at least|more than|over|or|to)\b|約|およそ|くらい|ぐらい|ほど|以上/iu.test(answer);
  return found.length === 1 && !hedged ? found[0]! : null;
}

function answerFindings(doc: Doc): LintFinding[] {
  const known = thingsOf(doc);
  if (known.length === 0) return [];
  return answered(doc).flatMap(({ question, answer }) => {
    const thing = known.find((one) => asksHowMany(question.text, one));
    const said = thing ? theNumber(readableAnswer(doc, answer)) : null;
    if (!thing || said === null || thing.counts.includes(said)) return [];
    return [
      {
        code: 'answer-counts-otherwise',
        subjectKind: 'turn',
        subjectId: answer.id,
        params: { said, label: thing.label, points: thing.counts[0]! },
        otherId: thing.setId,
      },
    ];
  });
}

export const contradictionRules: readonly LintRule[] = [
  { code: 'count-contradicts-points', group: 'contradictions', severity: 'warning', blocks: 'submit', check: countFindings },
  { code: 'side-contradicts-points', group: 'contradictions', severity: 'warning', blocks: 'submit', check: sideFindings },
  { code: 'answer-counts-otherwise', group: 'contradictions', severity: 'error', blocks: 'submit', check: answerFindings },
];
