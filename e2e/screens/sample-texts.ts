/** What the pictures of the documentation show people writing, in both languages. */
export interface Texts {
  readonly person: string;
  readonly first: string;
  readonly caption: string;
  readonly questions: readonly (readonly [question: string, before: string, after: string])[];
  readonly labels: readonly [string, string];
  readonly absent: string;
  readonly others: readonly (readonly [name: string, caption: string])[];
  readonly coin: string;
}

export const texts: Readonly<Record<'en' | 'ja', Texts>> = {
  en: {
    person: 'Ada Lindqvist',
    first: 'Two brown dogs look out of an opening in a wooden wall.',
    caption:
      'Two brown cocker spaniels look out of an opening in a wall of weathered wooden boards, one above the other. Both turn their heads down to the left, and their long curly ears hang over the edge of the lower boards. In front of the wall, a white metal pole stands on the right and a pale rope runs across the picture. There is no text in the image.',
    questions: [
      ['How many dogs are there, and where?', 'Two. In the opening of the wall, one above the other, are the dogs', '; both look down to the left.'],
      ['What are the walls made of?', 'Of horizontal wooden boards that have turned grey.', ''],
    ],
    labels: ['dog', 'board'],
    absent: 'cat',
    others: [
      ['astronaut', 'A woman in an orange flight suit smiles at the camera, with a flag and a model of a shuttle behind her.'],
      ['brushes', 'Brushes with bristles of many colours lie side by side.'],
      ['cat', 'A tabby cat looks straight into the camera, its green eyes wide open.'],
      ['coffee', 'A cup of espresso on a red saucer stands on a dark wooden table.'],
      ['fig-bowl', 'A halved fig lies in a red bowl.'],
    ],
    coin: 'coin',
  },
  ja: {
    person: '青木 陽菜',
    first: '木の壁の開口部から、茶色い犬が二匹のぞいている。',
    caption:
      '古びた木の板の壁にあいた開口部から、茶色いコッカースパニエルが二匹、上下に並んで外をのぞいている。二匹とも顔を左下に向け、縮れた長い耳が下の板にかかっている。手前の右側には白い金属の棒が立ち、淡い色のロープが画面を横切っている。文字は写っていない。',
    questions: [
      ['犬は何匹いて、どこにいますか？', '二匹です。壁の開口部に、上下に並んだ犬', 'がいます。'],
      ['壁は何でできていますか？', '灰色に色あせた横張りの木の板です。', ''],
    ],
    labels: ['犬', '板'],
    absent: '猫',
    others: [
      ['astronaut', 'オレンジ色の飛行服を着た女性が、旗とシャトルの模型を背にほほえんでいる。'],
      ['brushes', '色とりどりの毛のブラシが並んでいる。'],
      ['cat', 'とら猫が緑色の目を見開いて、まっすぐカメラを見ている。'],
      ['coffee', '赤い皿にのったエスプレッソのカップが、濃い色の木の机に置かれている。'],
      ['fig-bowl', '赤い鉢に、半分に切ったいちじくが入っている。'],
    ],
    coin: '硬貨',
  },
};
