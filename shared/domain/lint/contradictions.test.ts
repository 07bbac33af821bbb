import { describe, expect, test } from 'vitest';
import { japaneseNumber } from './japanese-counts.ts';
import { lintDoc } from './lint.ts';
import { context, spots, written } from './testing.ts';

/** What the caption's numbers are said to contradict: the words that were found. */
function counted(caption: string, labels: Record<string, number>): string[] {
  const doc = written({
    captions: [caption],
    labels: Object.fromEntries(Object.entries(labels).map(([label, count]) => [label, count === 0 ? null : spots(count)])),
  });
  return lintDoc(doc, context(), ({ code }) => code === 'count-contradicts-points').map(({ params }) => String(params['words']));
}
function placed(caption: string, label: string, points: readonly (readonly [number, number])[]): string[] {
  const doc = written({ captions: [caption], labels: { [label]: points } });
  return lintDoc(doc, context(), ({ code }) => code === 'side-contradicts-points').map(({ params }) => String(params['words']));
}

describe('a number in the caption that the points contradict is found', () => {
  test.each<[string, Record<string, number>, string]>([
    ['Three dogs run.', { dog: 2 }, 'Three dogs'],
    ['There are three dogs in the image.', { dog: 2 }, 'three dogs'],
    ['There are three dogs in the image.', { dogs: 5 }, 'three dogs'],
    ['Two dogs lean out of a window.', { Dog: 3 }, 'Two dogs'],
    ['A man walks 4 dogs.', { dog: 3 }, '4 dogs'],
    ['Two of the three dogs sleep.', { dog: 2 }, 'three dogs'],
    ['Three brown dogs.', { dog: 1 }, 'Three brown dogs'],
    ['A pair of dogs sleeps.', { dog: 1 }, 'A pair of dogs'],
    ['Twenty-one cups stand there.', { cup: 20 }, 'Twenty-one cups'],
    ['Twenty one cups stand there.', { cup: 20 }, 'Twenty one cups'],
    ['There are no dogs in the image.', { dog: 2 }, 'no dogs'],
    ['Three dogs.', { dog: 0 }, 'Three dogs'],
    ['Four people talk.', { person: 3 }, 'Four people'],
    ['Two men and three women talk.', { woman: 2, man: 2 }, 'three women'],
    ['Three traffic lights.', { 'traffic light': 2 }, 'Three traffic lights'],
    ['Three Dogs\nTwo cats', { dog: 2, cat: 2 }, 'Three Dogs'],
    ['三匹の犬が走る。', { 犬: 2 }, '三匹の犬'],
    ['犬が3匹いる。', { 犬: 2 }, '犬が3匹'],
    ['犬が３匹います。', { 犬: 5 }, '犬が３匹'],
    ['画像には犬が2匹写っています。', { 犬: 3 }, '犬が2匹'],
    ['りんごが三つあります。', { りんご: 2 }, 'りんごが三つ'],
    ['ふたりの女性が話している。', { 女性: 3 }, 'ふたりの女性'],
    ['椅子が十二脚並んでいる。', { 椅子: 11 }, '椅子が十二脚'],
    ['白い犬が3匹いる。', { 犬: 2 }, '犬が3匹'],
    ['車が5台停まっている。', { 車: 0 }, '車が5台'],
  ])('%s %j', (caption, labels, words) => {
    expect(counted(caption, labels)).toEqual([words]);
  });
});

describe('no number is found to contradict where another reading fits', () => {
  test.each<[string, Record<string, number>]>([
    // They agree.
    ['Three dogs run.', { dog: 3 }],
    ['三匹の犬', { 犬: 3 }],
    ['Two dogs on the left and three dogs on the right.', { dog: 5 }],
    ['左に犬が2匹、右に犬が3匹いる。', { 犬: 5 }],
    ['Two red cars and one blue car.', { car: 3 }],
    ['Three cars.', { car: 1, 'red car': 2 }],
    // Parts, and more than the number says.
    ['Two of the three dogs sleep.', { dog: 3 }],
    ['One of the dogs sleeps.', { dog: 3 }],
    ['Two of the dogs sleep.', { dog: 3 }],
    ['One of three dogs sleeps.', { dog: 3 }],
    ['Two dogs sit and another dog runs.', { dog: 3 }],
    ['Two dogs sit, and a third dog runs.', { dog: 3 }],
    ['Two dogs are on the left, two on the right.', { dog: 4 }],
    ['Two dogs sleep; the others run.', { dog: 6 }],
    ['Two brown dogs.', { dog: 3 }],
    ['Two dogs on the sofa.', { dog: 3 }],
    ['On the sofa, two dogs sleep.', { dog: 3 }],
    ['Two dogs wearing hats.', { dog: 5 }],
    ['One dog sleeps.', { dog: 4 }],
    ['Both dogs sleep.', { dog: 3 }],
    ['犬3匹のうち2匹が寝ている。', { 犬: 3 }],
    ['3匹のうち1匹の犬が寝ている。', { 犬: 3 }],
    ['犬が2匹ずつ並ぶ。', { 犬: 6 }],
    ['ソファに犬が2匹いる。', { 犬: 3 }],
    ['茶色い犬が2匹いる。', { 犬: 3 }],
    // Guesses and amounts.
    ['About ten dogs run.', { dog: 8 }],
    ['At least two dogs run.', { dog: 4 }],
    ['More than three dogs.', { dog: 2 }],
    ['Two or three dogs run.', { dog: 2 }],
    ['Two to four dogs run.', { dog: 3 }],
    ['2-3 dogs run.', { dog: 2 }],
    ['2–3 dogs run.', { dog: 2 }],
    ['Dozens of dogs run. Three dogs sleep.', { dog: 24 }],
    ['A dozen dogs run.', { dog: 13 }],
    ['Two dozen dogs run.', { dog: 22 }],
    ['Several dogs; three dogs are white.', { dog: 7 }],
    ['A couple of dogs.', { dog: 3 }],
    ['犬が3匹ほどいる。', { 犬: 2 }],
    ['約3匹の犬がいる。', { 犬: 2 }],
    ['2、3匹の犬がいる。', { 犬: 2 }],
    ['2〜3匹の犬がいる。', { 犬: 2 }],
    ['犬が数匹いる。', { 犬: 5 }],
    ['犬が3匹以上いる。', { 犬: 7 }],
    // Denied, imagined, asked, quoted.
    ['There are not three dogs.', { dog: 2 }],
    ["There aren't two dogs here.", { dog: 1 }],
    ['It looks like two dogs.', { dog: 1 }],
    ['A bowl for two dogs.', { dog: 1 }],
    ['Are there three dogs?', { dog: 2 }],
    ['The sign says "three dogs welcome".', { dog: 1 }],
    ['看板に「三匹の犬」と書いてある。', { 犬: 1 }],
    ['犬は3匹いますか？', { 犬: 2 }],
    ['No dogs allowed on the grass.', { dog: 1 }],
    ['There are no other dogs.', { dog: 1 }],
    // Part of another name, and other numbers.
    ['Three dog houses.', { dog: 1 }],
    ["Three dogs' bowls.", { dog: 1 }],
    ["The three dog's bowl.", { dog: 1 }],
    ['Two hot dogs lie on a plate.', { dog: 1 }],
    ['Three toy dogs.', { dog: 1 }],
    ['A three-dog sled.', { dog: 1 }],
    ['Two pairs of glasses.', { glasses: 3 }],
    ['A pair of scissors.', { scissors: 1 }],
    ['A 4K TV and a 3D printer.', { tv: 1, printer: 1 }],
    ['In 2024 cars were parked here.', { car: 3 }],
    ['It costs $5 cups included.', { cup: 1 }],
    ['Bus 12 buses past.', { bus: 1 }],
    ['Page 3 dogs.', { dog: 1 }],
    ['The clock shows 3:30 dogs sleep.', { dog: 1 }],
    ['1.5 dogs', { dog: 1 }],
    ['On 3 May 2020, dogs ran.', { dog: 1 }],
    ['1,000 dogs', { dog: 1 }],
    ['3匹目の犬', { 犬: 1 }],
    ['第3の犬', { 犬: 1 }],
    ['三匹の子犬がいる。', { 犬: 1 }],
    ['三匹の犬小屋', { 犬: 1 }],
    ['子犬が3匹いる。', { 犬: 1 }],
    ['3匹の首輪が見える。', { 首輪: 2 }],
    ['二人の写真がある。', { 写真: 1 }],
    ['女性が3匹の犬を連れている。', { 女性: 1, 犬: 3 }],
    ['男性が2本持っている。', { 男性: 1 }],
    ['三人掛けの椅子', { 椅子: 1 }],
    ['三匹の犬の置物', { 犬: 1 }],
    ['2024年3月の車', { 車: 1 }],
    ['3000円の車', { 車: 1 }],
    ['3時の犬', { 犬: 1 }],
    ['2本足の犬', { 犬: 1 }],
    // Nobody has said how many there are by points.
    ['Three cats.', { dog: 2 }],
  ])('%s %j', (caption, labels) => {
    expect(counted(caption, labels)).toEqual([]);
  });

  test('a label that was only begun says nothing', () => {
    const doc = written({ captions: ['Three dogs.'], labels: { dog: [] } });
    expect(lintDoc(doc, context(), ({ group }) => group === 'contradictions')).toEqual([]);
  });
});

const LEFT = [[12, 40]] as const;
const RIGHT = [[88, 60]] as const;

describe('a side that the points contradict is found', () => {
  test.each<[string, string, readonly (readonly [number, number])[], string]>([
    ['The dog on the left looks right.', 'dog', RIGHT, 'The dog on the left'],
    ['A dog sits on the left.', 'dog', RIGHT, 'A dog sits on the left'],
    ['On the left, a brown dog sleeps on the floor.', 'dog', RIGHT, 'On the left, a brown dog'],
    ['On the right side of the image there is a dog.', 'dog', LEFT, 'On the right side of the image there is a dog'],
    [
      'Three dogs on the left.',
      'dog',
      [
        [70, 1],
        [80, 1],
        [90, 1],
      ],
      'Three dogs on the left',
    ],
    ['A dog in the upper left corner.', 'dog', RIGHT, 'A dog in the upper left corner'],
    ['A kite at the top of the picture.', 'kite', [[50, 95]], 'A kite at the top of the picture'],
    ['左側に犬がいる。', '犬', RIGHT, '左側に犬'],
    [
      '画像の左に3匹の犬がいます。',
      '犬',
      [
        [70, 1],
        [80, 1],
        [90, 1],
      ],
      '画像の左に3匹の犬',
    ],
    ['犬が右側に座っている。', '犬', LEFT, '犬が右側に座'],
  ])('%s', (caption, label, points, words) => {
    expect(placed(caption, label, points)).toEqual([words]);
  });
});

describe('no side is found to contradict where another reading fits', () => {
  test.each<[string, string, readonly (readonly [number, number])[]]>([
    ['The dog on the left looks right.', 'dog', LEFT],
    ['The left dog looks right.', 'dog', RIGHT],
    ['A left-handed man.', 'man', RIGHT],
    ['The dog looks to the left.', 'dog', RIGHT],
    ['The dog is to the left of the sofa.', 'dog', RIGHT],
    ['The dog on the left of the sofa sleeps.', 'dog', RIGHT],
    ['The dog on the left side of the sofa.', 'dog', RIGHT],
    ['A man with a dog on the left.', 'dog', RIGHT],
    ['A man on the left holds a dog.', 'dog', RIGHT],
    ['On the left, a man holds a dog.', 'dog', RIGHT],
    ['On the left, a dog house stands.', 'dog', RIGHT],
    ['The dog lies on the left paw.', 'dog', RIGHT],
    ['A bird on the left wing of the plane.', 'bird', RIGHT],
    ['A dog is on the right track.', 'dog', LEFT],
    ['No dog on the left.', 'dog', RIGHT],
    ['Dogs on the left and on the right.', 'dog', RIGHT],
    ['There are dogs on the left and right.', 'dog', RIGHT],
    ['Is the dog on the left?', 'dog', RIGHT],
    ['The sign says "dog on the left".', 'dog', RIGHT],
    [
      'The dog on the left is smaller.',
      'dog',
      [
        [70, 1],
        [90, 1],
      ],
    ],
    ['A dog on the left.', 'dog', [[60, 50]]],
    ['A ladder with a cat at the top.', 'cat', [[50, 90]]],
    ['The cat at the bottom of the stairs.', 'cat', [[50, 10]]],
    ['A cat sits on top of the wall.', 'cat', [[50, 90]]],
    ["The dog's bowl is on the left.", 'dog', RIGHT],
    ['犬が左を向いている。', '犬', RIGHT],
    ['ソファの左側に犬がいる。', '犬', RIGHT],
    ['左手で犬を持つ。', '犬', RIGHT],
    ['左利きの男性がいる。', '男性', RIGHT],
    ['犬が左に曲がる。', '犬', RIGHT],
    ['犬の左に猫がいる。', '猫', RIGHT],
    ['左側に犬はいない。', '犬', RIGHT],
    ['左側に子犬がいる。', '犬', RIGHT],
    ['左側に犬がいますか？', '犬', RIGHT],
    ['左側に犬を抱いた男性がいる。', '犬', RIGHT],
  ])('%s', (caption, label, points) => {
    expect(placed(caption, label, points)).toEqual([]);
  });
});

describe('an answer with another number than the points is found', () => {
  const answered = (question: string, answer: string, label: string, count: number) =>
    lintDoc(written({ questions: [[question, answer]], labels: { [label]: spots(count) } }), context(), ({ group }) => group === 'contradictions').map(
      ({ code }) => code,
    );
  test.each([
    ['How many dogs are there?', 'Three.', 'dog', 2],
    ['How many dogs can you see in the image?', 'There are 3.', 'dogs', 4],
    ['犬は何匹いますか？', '3匹です。', '犬', 2],
    ['この画像に犬は何匹写っていますか？', '三匹', '犬', 4],
    ['りんごはいくつありますか？', '3つあります。', 'りんご', 4],
  ])('%s %s', (question, answer, label, count) => {
    expect(answered(question, answer, label, count)).toEqual(['answer-counts-otherwise']);
  });
  test.each([
    ['How many dogs are there?', 'Three.', 'dog', 3],
    ['How many dogs are on the left?', 'Three.', 'dog', 5],
    ['How many brown dogs are there?', 'Three.', 'dog', 5],
    ['How many dogs are there?', 'About three.', 'dog', 5],
    ['How many dogs are there?', 'Two or three.', 'dog', 5],
    ['How many dogs are there?', 'Two brown ones and three white ones.', 'dog', 5],
    ['How many dogs are sleeping?', 'One.', 'dog', 5],
    ['ソファに犬は何匹いますか？', '3匹です。', '犬', 5],
    ['犬は何匹いますか？', '約3匹です。', '犬', 5],
    ['犬の首輪は何本ありますか？', '3本です。', '犬', 5],
  ])('not: %s %s', (question, answer, label, count) => {
    expect(answered(question, answer, label, count)).toEqual([]);
  });
});

test('kanji numerals are read up to 999', () => {
  expect(['十', '十二', '二十', '二十一', '百', '三百五', '９', '〇'].map(japaneseNumber)).toEqual([10, 12, 20, 21, 100, 305, 9, 0]);
  expect(['', '二三', '千', '百万'].map(japaneseNumber)).toEqual([null, null, null, null]);
});
