/** Reads on which side of the picture a Japanese sentence puts a thing: 左側に犬がいる, 犬が右に写っている. 犬の左に, 左を向く, 左手 say nothing of it. */
import type { Place } from './english-sides.ts';
import { beginsNoun, japaneseNumber } from './japanese-counts.ts';

const SIDE = '(左|右)(?:側|端|の方|のほう|手側)?';
const PICTURE = '(?:(?:この)?(?:画像|写真|画面|絵|図)の)?';
const IS = '(?:い(?:る|ます|て)|あ(?:る|り)|写|映|見え|立|座|すわ|寝|置|並|停)';
/** "On the left": of the picture, and not of a thing before it. The thing follows at once, perhaps with its number or colour. */
const LEADING = new RegExp(
  `(?<=^|[。、！\\n￼])(?:${PICTURE})${SIDE}に(?:は)?、?(?:([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})(?:匹|頭|羽|人|名|個|つ|本|枚|台|軒|脚|冊|杯|隻|機)の|(?:赤|青|白|黒|黄色|茶色?|緑)(?:い|の))?`,
  'gu',
);

/** Places that a text gives of a label. `text` as `japaneseStatements` gives it. */
export function placesInJapanese(text: string, label: string): Place[] {
  if (!text.includes(label) || !/[左右]/u.test(text)) return [];
  const places: Place[] = [];
  const take = (side: string, start: number, end: number, count: number | null, definite: boolean) => {
    const rest = text.slice(end, end + 30).split(/[。、！\n]/u)[0]!;
    if (!/ない|ません|なく|両側|左右/u.test(rest)) places.push({ across: side === '左' ? 'left' : 'right', down: null, start, end, count, definite });
  };
  for (const match of text.matchAll(LEADING)) {
    const noun = match.index + match[0].length;
    if (!text.startsWith(label, noun)) continue;
    const after = text.slice(noun + label.length);
    const count = match[2] === undefined ? null : japaneseNumber(match[2]);
    if (new RegExp(`^(?:が|は)(?:[^。、]{0,12}?)${IS}`, 'u').test(after)) take(match[1]!, match.index, noun + label.length, count, false);
  }
  const trailing = new RegExp(`^(?:が|は)(?:${PICTURE})${SIDE}に${IS}`, 'u');
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    const match = trailing.exec(text.slice(at + label.length));
    if (match && beginsNoun(text, at, label) && !/[のとや]$/u.test(text.slice(0, at))) take(match[1]!, at, at + label.length + match[0].length, null, false);
  }
  return places;
}
