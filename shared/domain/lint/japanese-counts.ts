/**
 * Reads how many of a thing a Japanese sentence says there are: 三匹の犬, 犬が3匹いる, りんごが三つ. Ordinals (3匹目, 第3), guesses (3匹ほど, 2、3匹), parts (3匹のうち1匹),
 * shares (1匹ずつ) and names of which the thing is only a part (子犬, 犬小屋) are no statement.
 */
import type { Counted, Mention } from './english-counts.ts';
import { counts } from './japanese-nouns.ts';

const DIGITS: Readonly<Record<string, number>> = { 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const KANA: Readonly<Record<string, readonly [count: number, counter: string]>> = {
  ひとり: [1, '人'],
  ふたり: [2, '人'],
  ひとつ: [1, 'つ'],
  ふたつ: [2, 'つ'],
  みっつ: [3, 'つ'],
  よっつ: [4, 'つ'],
  いつつ: [5, 'つ'],
  むっつ: [6, 'つ'],
  ななつ: [7, 'つ'],
  やっつ: [8, 'つ'],
  ここのつ: [9, 'つ'], // prettier-ignore
};
const NUMBER = '[0-9０-９]{1,3}|[一二三四五六七八九十百〇]{1,5}';
const COUNTER = '匹|頭|羽|人|名|個|コ|つ|本|枚|台|両|軒|棟|脚|冊|杯|隻|艘|機|着|株|輪';
/** No digit, kanji numeral, 第, decimal point, currency or 数 ("some") may stand before. */
const COUNTED = new RegExp(
  `(?<![0-9０-９一二三四五六七八九十百千万〇第数何約.．,，、~〜～\\-−ー$¥￥])(?:(${NUMBER})(${COUNTER})|(${Object.keys(KANA).join('|')}))`,
  'gu',
);
/** Behind a counter: which ones of a row, about, shares, capacities. */
const NOT_A_COUNT =
  /^(?:目|め|以上|以下|以内|未満|ほど|程|くらい|ぐらい|程度|前後|近く|ずつ|だけ|のうち|の内|中|も|とも|分|用|乗り|掛け|がけ|入り|組|家族|前|連れ|きり|か|または|、[0-9０-９一二三四五六七八九十])/u;
const GUESS_BEFORE = /(?:約|およそ|おおよそ|だいたい|少なくとも|最大|最低|あと|もう|他に|ほかに|別の|残りの|うち)$/u;
/** Colours and sizes between a number and a noun; they make it a number of some of them. */
const ADJECTIVE =
  /^(?:(?:赤|青|白|黒|黄色|茶色|緑|緑色|紫|ピンク|灰色|金色|銀色|オレンジ色?)(?:い|の)|(?:大き|小さ)(?:い|な)|(?:長|短|丸|若|古|新し|可愛|かわい)い)/u;
/** What may follow a noun that stands for itself. の makes it part of another name. */
const AFTER_NOUN = /^(?:が|は|を|と|も|に|で|や|へ|から|です|だ|、|。|,|\.|！|!|\s|$)/u;
const EXISTS = /^(?:(?:い|あ)(?:る|ます|て|り|ました|た)|写|映|見え|並|です|だ(?:。|$)|置|座|すわ|立|寝|飛|停|止|咲|泳|歩|走|眠|、|。|$)/u;
const OPEN = /数[匹頭羽人名個本枚台軒脚冊杯隻機]|何[匹頭羽人名個本枚台軒脚冊杯隻機]か|たくさん|多く|大勢|いくつか|複数|大量|無数|群れ|様々|さまざま/u;
/** Wished for, remembered, or only painted on a wall: such a sentence leaves open how many are there. */
const IMAGINED = /描かれ|印刷|プリント|彫られ|刺繍|ポスター|壁画|看板に|ステッカー|必要|そうな|だろう|かつて|以前|昔/u;
const MORE = /(?:もう|あと|さらに|他|ほか|別の|残り|もう一)/u;
const JAPANESE_LABEL = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々A-Za-z]*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]$/u;
const QUOTED = /「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|“[^“”\n]{1,300}”|"[^"\n]{1,300}"/gu;
const SENTENCE = /[^。！!？?\n]+[。！!？?\n]?/gu;

/** Whether a label is one that Japanese rules can read. */
export const isJapanese = (label: string): boolean => JAPANESE_LABEL.test(label.trim());
/** The text with questions and quotes blanked out, offsets kept. */
export const japaneseStatements = (text: string): string =>
  text.replace(QUOTED, blank).replace(SENTENCE, (sentence) => (/(?:[？?]|か。)$/u.test(sentence) ? blank(sentence) : sentence));
const blank = (part: string): string => '￼'.repeat(part.length);

/** A number in kanji or digits, half or full width; null for what is no number up to 999. */
export function japaneseNumber(text: string): number | null {
  const plain = text.normalize('NFKC');
  if (/^\d+$/.test(plain)) return Number(plain);
  const match = /^(?:([一二三四五六七八九]?)百)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九〇]?)$/u.exec(plain);
  if (!match || plain === '') return null;
  const digit = (letter: string | undefined, none: number) => (letter === undefined ? 0 : letter === '' ? none : DIGITS[letter]!);
  return digit(match[1], 1) * 100 + digit(match[2], 1) * 10 + digit(match[3], 0);
}

/** Whether a noun that ends or begins here is whole: 子犬 is no 犬. */
export function beginsNoun(text: string, at: number, label: string): boolean {
  const before = text[at - 1];
  if (before === undefined || !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u.test(before)) return true;
  const first = label[0]!;
  if (/\p{Script=Hiragana}/u.test(first)) return /[はがをにでとのもや]/u.test(before);
  return /\p{Script=Hiragana}/u.test(before) && !/[おご]/u.test(before);
}

const clauseStart = (text: string, at: number): number =>
  Math.max(0, ...['。', '、', '\n', '！', '!', '.', ','].map((mark) => text.lastIndexOf(mark, at - 1) + 1));
const sentenceOf = (text: string, at: number): number => Math.max(0, ...['。', '\n', '！', '!', '.'].map((mark) => text.lastIndexOf(mark, at - 1) + 1));
/** Whether the sentence says before where or which: then it may be of some of them. 画像に and 写真には say nothing. */
function isRestricted(text: string, at: number): boolean {
  const before = text.slice(sentenceOf(text, at), at).replace(/(?:この)?(?:画像|写真|画面|絵|図)(?:の中)?(?:に|で|の)(?:は)?/gu, '');
  return /[にでの](?:は|、)?|うち/u.test(before);
}

/** What a text says of how many there are of a label. `text` as `japaneseStatements` gives it. */
export function countJapanese(text: string, label: string): Counted {
  const mentions: Mention[] = [];
  let open = false;
  let more = false;
  if (!text.includes(label)) return { mentions, open, more };
  open = OPEN.test(text);
  more = MORE.test(text);
  for (const match of text.matchAll(COUNTED)) {
    const [count, counter] = match[3] === undefined ? [japaneseNumber(match[1]!), match[2]!] : KANA[match[3]]!;
    if (count === null || !counts(counter, label)) continue;
    const end = match.index + match[0].length;
    const rest = text.slice(end);
    if (NOT_A_COUNT.test(rest) || GUESS_BEFORE.test(text.slice(0, match.index))) {
      if (!/^(?:目|め|用|乗り|掛け|がけ|入り|分|前)/u.test(rest)) open = true;
      continue;
    }
    const sentence = text.slice(sentenceOf(text, match.index)).split(/[。\n！!]/u)[0]!;
    if (IMAGINED.test(sentence)) {
      open = true;
      continue;
    }
    const mention = beforeNoun(text, match.index, end, label, count) ?? behindNoun(text, match.index, end, label, count);
    if (mention) mentions.push(mention);
    else more = true;
  }
  return { mentions, open, more };
}

/** 三匹の犬 */
function beforeNoun(text: string, start: number, end: number, label: string, count: number): Mention | null {
  if (text[end] !== 'の') return null;
  const adjective = ADJECTIVE.exec(text.slice(end + 1))?.[0] ?? '';
  const noun = end + 1 + adjective.length;
  if (!text.startsWith(label, noun) || !AFTER_NOUN.test(text.slice(noun + label.length))) return null;
  const after = text.slice(noun + label.length);
  const some = adjective !== '' || isRestricted(text, start) || /^[がは][^。、]{0,20}[にで]/u.test(after);
  return { count, start, end: noun + label.length, some };
}
/** 犬が3匹いる */
function behindNoun(text: string, start: number, end: number, label: string, count: number): Mention | null {
  const from = clauseStart(text, start);
  const before = text.slice(from, start);
  const match = /(?:が|は|も)?(?:全部で|合わせて|合計)?$/u.exec(before)!;
  const noun = from + match.index - label.length;
  if (noun < from || !text.startsWith(label, noun) || !beginsNoun(text, noun, label) || !EXISTS.test(text.slice(end))) return null;
  // The noun may be told closer before it: 茶色い犬が2匹.
  const qualified = noun > from && !/[はが、]$/u.test(text.slice(from, noun));
  return { count, start: noun, end, some: qualified || isRestricted(text, noun) };
}
