import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGuide } from './guide.ts';
import { type GuideCheck, guideChecks } from './settings.ts';

const covered = (text: string): GuideCheck[] => guideChecks.filter((check) => checkGuide(text)[check].covered);
const why = (text: string, check: GuideCheck): string[] => checkGuide(text)[check].matches.map(({ start, end }) => text.slice(start, end));

const examples: Record<GuideCheck, { yes: readonly string[]; no: readonly string[] }> = {
  'first-glance': {
    yes: ['Two brown dogs lean out of a window', 'At 5.30 p.m. a train arrives. Yes.', '窓から二匹の犬が顔を出している。'],
    no: ['', 'Two dogs.', 'Dogs. They lean out of a white window.', '1girl, solo, brown hair, window, smile, cute', '犬。', '犬、窓、木、白、茶色、かわいい犬'],
  },
  counts: {
    yes: [
      'There are two dogs.',
      'The three boats lie there.',
      '12 eggs in a tray',
      'a pair of shoes',
      'twenty-four coins',
      'a dozen roses',
      '犬が二匹います',
      '鉛筆が3本ある',
      '卵が１２個',
      'ふたりの子供',
      '一人の女性',
    ],
    no: [
      'Dogs everywhere.',
      'one of the dogs',
      'one above the other',
      'no one is there',
      'taken in 1995 by him',
      'at 10:30 am',
      'several dogs',
      '犬がいる',
      '数匹の犬',
      '一番大きい犬',
      '雪が一面に積もる',
      '一体何だろう',
      '一方で',
    ],
  },
  text: {
    yes: [
      'The sign says stop',
      'It has "EXIT" on it',
      'with “Café” above',
      'a board that reads OPEN',
      'There is no visible text.',
      '「出口」と書かれている',
      '看板に営業中と書いてある',
      '文字は見当たらない',
    ],
    no: ['A woman reading a book', "The dog's tail and the cats' ears", 'She says nothing', '犬が走っている', 'とある街の看板'],
  },
  positions: {
    yes: [
      'a dog on the left',
      'The cup stands behind the bowl',
      'in the top right corner',
      'in front of the house',
      'the lower dog',
      '左に犬がいる',
      '机の上の本',
      '手前に皿',
      '画面の中央',
    ],
    no: ['The dog left the house', 'That is right', 'a tank top', 'two dogs', '犬が走る', '三匹以上の犬', '地下の店', '午前に撮影した'],
  },
  details: {
    yes: ['curly ears, a wooden frame, a white glass button and worn paint', 'x '.repeat(120), '木製の取っ手に細い縞の模様がある', 'あ'.repeat(250)],
    no: ['a wooden wooden wooden wooden box', 'two dogs in a window', '犬が二匹いる', 'あ'.repeat(200)],
  },
  background: {
    yes: ['In the background there are trees', 'under a cloudy sky', 'mountains in the distance', '背景には木がある', '青空の下', '奥には山', '空は曇っている'],
    no: ['two dogs in a window', '犬が二匹いる', '空いている席', '空の皿', '空港の中'],
  },
  style: {
    yes: [
      'a black-and-white portrait',
      'in soft light',
      'warm tones',
      'red, blue, green and yellow flags',
      '白黒の写真',
      '淡い色合い',
      '日差しが強い',
      '赤、青、緑、黄の旗',
    ],
    no: ['a photo of a dog', 'a brown dog', 'two dogs', '犬の写真', '面白い犬', '赤ちゃんと青年', '観光客がいる'],
  },
};

describe.each(guideChecks)('%s', (check) => {
  test.each(examples[check].yes)('is covered by: %s', (text) => expect(covered(text)).toContain(check));
  test.each(examples[check].no)('is not covered by: %s', (text) => expect(covered(text)).not.toContain(check));
});

test('says which words it goes by', () => {
  const text = 'Two brown cocker spaniels lean out of a window, one above the other. The sign reads "Zum Hund".';
  expect(why(text, 'counts')).toEqual(['Two brown']);
  expect(why(text, 'positions')).toEqual(['above']);
  expect(why(text, 'text')).toEqual(['sign reads', '"Zum Hund"']);
  expect(why(text, 'first-glance')).toEqual(['Two brown cocker spaniels lean out of a window, one above the other.']);
  expect(why('窓に犬が二匹いて、左の犬は「ポチ」と書かれた首輪をしている。', 'counts')).toEqual(['二匹']);
});

test('a whole caption covers what it speaks of and leaves the rest open', () => {
  const english = `Two brown cocker spaniels lean out of a window, one above the other, and both look down to the left. The upper dog rests its chin on the frame
    and its long curly ears hang over the sill; the lower dog stretches its neck past a white curtain. The wall is made of pale wooden boards, weathered grey near the
    corner, and a metal railing crosses the bottom of the picture`;
  expect(covered(english)).toEqual(['first-glance', 'counts', 'positions', 'details', 'background']);
  const japanese = '窓から茶色の犬が二匹、上下に並んで顔を出しています。上の犬は窓枠にあごを乗せ、縮れた長い耳が垂れています。壁は色あせた木製の板です。';
  expect(covered(japanese)).toEqual(['first-glance', 'counts', 'positions', 'details', 'background']);
});

test('never fails, and every match lies in the text', () => {
  const pieces = fc.constantFrom(
    'two ',
    'dogs',
    '二匹',
    '「',
    '」',
    '"',
    "'",
    '“',
    '.',
    '。',
    '\n',
    'left',
    '12',
    ' ',
    '空',
    '\ud83d',
    '😀',
    'the ',
    'labelled ',
    '文字は',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
      ),
      (text) => {
        const findings = checkGuide(text);
        for (const check of guideChecks) {
          let last = 0;
          for (const { start, end } of findings[check].matches) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
          }
        }
        expect(checkGuide(text)).toEqual(findings);
      },
    ),
  );
});
