/** Honest captions and answers as people write them, with what they pointed at, for the test that rules leave good work alone. */
import type { Written } from './testing.ts';

const across = (count: number, from = 10, to = 90): [number, number][] =>
  Array.from({ length: count }, (_, at) => [from + ((to - from) * at) / Math.max(1, count - 1), 20 + ((at * 37) % 60)]);

/** Captions alone. */
const english = `
A brown dog sleeps on a striped rug next to a cold fireplace.
Two of the five chairs at the table are pulled out, as if somebody had just got up.
The left dog looks to the right, the other one has its eyes shut.
A 4K monitor shows a spreadsheet; beside it stands a mug with "No. 1 Dad" on it.
Steam rises from a bowl of noodles with half an egg, some nori and a few slices of pork.
About ten people wait at the stop for bus 42, most of them looking at their phones.
A sign says "Open 7 days a week" over the door of a shop that is plainly closed.
The photo was taken at around 3:30 pm, to judge by the station clock.
A cat, no longer a kitten, stares at the camera from inside a cardboard box.
Three-quarters of the pizza is gone; one slice with olives is left on the tray.
A man with glasses and a moustache holds a small white dog in his left arm.
Nothing stands on the shelf but a vase, two candles of different heights and a radio.
The bridge has two levels: trains run below, and cars cross on the upper deck.
A child's drawing of a house with four windows is stuck to the fridge with a magnet.
Rows upon rows of vines climb the hill; in the distance a church tower can be made out.
She wears a denim jacket over a white T-shirt and carries a tote bag on her right shoulder.
The plate on the far left holds sushi, and the one beside it a heap of ginger.
Somebody has written "Wash me!" into the dust on the rear window of the van.
A worn leather sofa, once red, takes up nearly the whole width of the room.
The timetable lists trains to Kyoto, Osaka and Nara; the 10:15 is ten minutes late.
A waterfall drops perhaps thirty metres into a green pool where nobody swims.
Several boats are moored along the quay, one of them half full of water.
On the right-hand page of the open book there is a map, on the left one a poem.
The chessboard is set up, but one of the black knights has been replaced by a bottle cap.
An elderly couple share a bench; he reads the newspaper, and she feeds the pigeons.
Blue hour in a city: lit windows, wet asphalt, and the red tail lights of a line of cars.
A plate of spaghetti with tomato sauce, a fork stuck upright in the middle.
The cyclist, number 17, has just overtaken a rider in yellow on the last bend.
A whiteboard is covered with arrows, boxes and the words "ask Tom?? -> later".
A close-up of a honeybee on a sunflower, its legs yellow with pollen.
A bunch of keys, five or six of them, lies on top of a sealed envelope.
The tiger has turned its back to us; only its ears and its tail can be seen clearly.
Laundry hangs from the balcony on the second floor: towels, socks and a football shirt.
A street musician plays the saxophone in front of an empty shop, his case open before him.
The tide is out, and the boats lie on their sides in the mud.
In the mirror one sees the photographer's hands and the edge of a door.
Two teenagers share a pair of earphones on a crowded train.
The label reads "Best before 12/2024", which is smudged but legible.
This is a black-and-white photograph of a tram stop with a long queue.
A wedding cake of three tiers, decorated with sugar roses, stands under a glass dome.
Snow covers everything except the chimney, out of which thin smoke rises straight up.
The goalkeeper dives to his left, but the ball is already behind the line.
Half a dozen eggs in a carton, one of them cracked.
A yellow taxi waits at the lights; a woman crosses in front of it without looking.
The clock on the tower shows five to twelve, while the sun says it is evening.
A table laid for two, with four glasses, a bread basket and a burning candle.
The floor is tiled in a pattern of stars, worn away where most people walk.
A black cat walks along a wall, and its shadow looks like that of a much larger animal.
A tractor has left deep tracks in the field; puddles in them reflect the sky.
There is no snow on the south face, but the north side is completely white.`;
const japanese = `
茶色い犬が、火の消えた暖炉の前のラグで眠っている。
テーブルの周りの椅子のうち二脚が引かれていて、誰かが席を立ったばかりのように見える。
左の犬は右を向き、もう一匹は目を閉じている。
4Kのモニターに表が映り、その横に「世界一のパパ」と書かれたマグカップがある。
湯気の立つ丼には、半分に切った卵と海苔、数枚のチャーシューがのっている。
バス停には十人ほどが並び、ほとんどがスマートフォンを見ている。
閉まっている店の入口の上に「年中無休」という看板が出ている。
駅の時計から考えると、午後三時半ごろに撮られた写真のようだ。
段ボール箱の中から、もう子猫とは言えない大きさの猫がこちらを見つめている。
ピザはほとんど食べられていて、オリーブののった一切れだけが残っている。
眼鏡をかけた男性が、小さな白い犬を左腕に抱いている。
棚には花瓶と、高さの違うろうそくが二本、それにラジオだけが置かれている。
橋は二階建てで、下を電車が、上を車が走っている。
窓が四つある家を描いた子どもの絵が、冷蔵庫に貼られている。
丘の斜面にぶどう畑が続き、遠くに教会の塔が見える。
女性は白いシャツの上にデニムのジャケットを着て、右肩に布の袋をかけている。
いちばん左の皿には寿司、その隣には生姜が盛られている。
ワゴン車の後ろの窓のほこりに「洗って」と指で書かれている。
かつては赤かったと思われる革のソファが、部屋の幅いっぱいに置かれている。
時刻表によると、10時15分発の電車は10分遅れている。
高さ三十メートルほどの滝が、誰も泳いでいない緑色の滝つぼに落ちている。
岸壁に何隻かの船がつながれ、そのうちの一隻には水がたまっている。
開かれた本の右のページには地図が、左のページには詩が載っている。
チェス盤の黒いナイトの一つが、びんの王冠で代用されている。
老夫婦がベンチに座り、夫は新聞を読み、妻は鳩に餌をやっている。
夕暮れの街で、ぬれたアスファルトに車の赤い尾灯が映っている。
トマトソースのスパゲッティの真ん中に、フォークが一本立てられている。
ゼッケン17番の選手が、最後の曲がり角で黄色い服の選手を抜いたところだ。
ホワイトボードは矢印と四角で埋まり、隅に「あとで聞く？」と書かれている。
ひまわりに止まったミツバチを大きく写したもので、足に花粉がついている。
封筒の上に、五、六本の鍵の束が置かれている。
虎はこちらに背を向けていて、耳と尾しかはっきり見えない。
二階のベランダに、タオルや靴下、サッカーのシャツが干されている。
空き店舗の前で、路上の音楽家がサックスを吹いている。
潮が引いて、船が泥の上に傾いている。
鏡には撮影者の手と、ドアの端が映っている。
混んだ電車の中で、二人の高校生が一組のイヤホンを分け合っている。
ラベルには「賞味期限 2024.12」と印刷されているが、少しにじんでいる。
長い列のできた路面電車の停留所を写した白黒写真。
三段のウェディングケーキが、ガラスの覆いの下に置かれている。
煙突のほかはすべて雪に覆われ、細い煙がまっすぐ立ちのぼっている。
ゴールキーパーは左に飛んだが、ボールはすでに線を越えている。
卵が六個入ったパックで、そのうち一個にひびが入っている。
信号待ちの黄色いタクシーの前を、女性が横切っている。
塔の時計は正午の五分前を指しているが、光は夕方のものだ。
二人分の食器が並んだテーブルに、グラスが四つとパンのかごがある。
床のタイルは星の模様で、人がよく通るところだけすり減っている。
黒猫が塀の上を歩き、その影はずっと大きな動物のように見える。
畑にトラクターの深い跡が残り、水たまりに空が映っている。
南側の斜面に雪はないが、北側は真っ白だ。`;

/** Questions with their answers. */
const asked: readonly (readonly [question: string, answer: string])[] = [
  ['What is the man holding?', 'A small white dog, in his left arm.'],
  ['How many chairs are pulled out?', 'Two of the five.'],
  ['Is the shop open?', 'No, the shutters are down, although the sign says otherwise.'],
  ['What time is it?', 'The station clock shows 3:30.'],
  ['Which bus are they waiting for?', 'Bus 42, going by the sign above the stop.'],
  ['Why is the ground wet?', 'It has probably rained; the sky is still dark and people carry umbrellas.'],
  ['Where is the radio?', 'On the shelf, between the vase and the candles.'],
  ['What does the label say?', '“Best before 12/2024”.'],
  ['Are there any people in the picture?', 'Only the photographer’s hands, in the mirror.'],
  ['How old is the cyclist?', 'That cannot be told from the picture.'],
  ['What colour is the van?', 'White, under a layer of dust.'],
  ['Is the cat inside or outside the box?', 'Inside, with its front paws over the edge.'],
  ['Which team is winning?', 'The scoreboard reads 3–1 for the visitors.'],
  ['What could you cook with this?', 'Noodles, for instance: there are eggs, nori and pork.'],
  ['Does the bridge carry cars?', 'Yes, on its upper deck.'],
  ['Who wrote the poem?', 'The page does not give a name.'],
  ['What is unusual about the chessboard?', 'A bottle cap stands in for one of the black knights.'],
  ['How far away is the church?', 'Perhaps a kilometre or two, behind the vineyards.'],
  ['Is it summer?', 'Most likely, since the trees are green and people wear shorts.'],
  ['What is written on the whiteboard?', 'Arrows, boxes, and “ask Tom?? -> later”.'],
  ['What is the woman carrying?', 'A tote bag on her right shoulder.'],
  ['How many tiers does the cake have?', 'Three.'],
  ['What happened to the egg?', 'It is cracked.'],
  ['Which page shows the map?', 'The right-hand one.'],
  ['Would a wheelchair get in?', 'Not easily, as there are two steps and no ramp.'],
  ['男性は何を抱いていますか？', '小さな白い犬を左腕に抱いています。'],
  ['店は開いていますか？', 'いいえ、シャッターが下りています。'],
  ['何時ですか？', '駅の時計は三時半を指しています。'],
  ['どのバスを待っていますか？', '停留所の表示によると42番です。'],
  ['地面がぬれているのはなぜですか？', '雨が降ったからだと思われます。'],
  ['ラジオはどこにありますか？', '棚の上の、花瓶とろうそくの間です。'],
  ['ラベルには何と書かれていますか？', '「賞味期限 2024.12」です。'],
  ['人は写っていますか？', '鏡に撮影者の手だけが映っています。'],
  ['選手は何歳ですか？', '写真からは分かりません。'],
  ['車は何色ですか？', 'ほこりをかぶった白です。'],
  ['猫は箱の中にいますか？', 'はい、前足を縁にかけています。'],
  ['どちらが勝っていますか？', '得点板によると3対1でビジターです。'],
  ['橋を車は通れますか？', 'はい、上の段を通れます。'],
  ['詩を書いたのは誰ですか？', 'ページには名前がありません。'],
  ['チェス盤の変わった点は何ですか？', '黒いナイトの一つがびんの王冠です。'],
  ['季節はいつですか？', '木々が緑なので、おそらく夏です。'],
  ['女性は何を持っていますか？', '右肩に布の袋をかけています。'],
  ['ケーキは何段ですか？', '三段です。'],
  ['卵はどうなっていますか？', '一個にひびが入っています。'],
  ['地図はどちらのページにありますか？', '右のページです。'],
];

/** Texts about things that were pointed at: what is easily misread stands beside the points that it must not be held against. */
const pointed: readonly Written[] = [
  { captions: ['Two of the three dogs are asleep, and the third one watches the door.'], labels: { dog: across(3) } },
  { captions: ['The left dog looks to the right; the right dog looks away from it.'], labels: { dog: across(2) } },
  { captions: ['A few sheep graze near the gate, two lambs among them.'], labels: { sheep: across(7), lamb: across(2) } },
  { captions: ['Two men in yellow jackets mend a net, another man carries a crate.'], labels: { man: across(3) } },
  { captions: ['To the left of the sofa stands a lamp.'], labels: { lamp: [[80, 40]], sofa: [[90, 50]] } },
  { captions: ['A dog house for two dogs stands in the garden.'], labels: { 'dog house': [[50, 50]] } },
  { captions: ['The car on the left is red, the one on the right blue; a third car is hidden by the bus.'], labels: { car: across(3) } },
  { captions: ['Four glasses, two of them empty, stand on a table laid for two.'], labels: { glass: across(4) } },
  { captions: ['She holds the cup in her left hand and a spoon in her right.'], labels: { cup: [[70, 50]], spoon: [[30, 50]] } },
  { captions: ['A pair of shoes stands under the chair.'], labels: { shoe: across(2), chair: [[50, 40]] } },
  { captions: ['There are three boats at anchor and two more tied to the quay.'], labels: { boat: across(5) } },
  { captions: ['Bus 42 and a tram wait side by side.'], labels: { bus: [[30, 50]], tram: [[70, 50]] } },
  {
    captions: ['On the left, two children build a sand castle; three others play in the water.'],
    labels: { child: [...across(2, 10, 30), ...across(3, 60, 90)] },
  },
  { captions: ['No birds are in the sky, only kites.'], labels: { kite: across(4), bird: null } },
  { captions: ['The 24-hour shop has one window broken.'], labels: { window: across(4) } },
  { captions: ['三匹の犬のうち二匹が眠り、一匹がドアを見ている。'], labels: { 犬: across(3) } },
  { captions: ['左の犬は右を向き、右の犬は左を向いている。'], labels: { 犬: across(2) } },
  { captions: ['ソファの左にランプがある。'], labels: { ランプ: [[80, 40]], ソファ: [[90, 50]] } },
  { captions: ['羊が何頭か草を食べていて、そのそばに子羊が二頭いる。'], labels: { 羊: across(7), 子羊: across(2) } },
  { captions: ['カップを左手に、スプーンを右手に持っている。'], labels: { カップ: [[70, 50]], スプーン: [[30, 50]] } },
  { captions: ['グラスが四つあり、そのうち二つは空だ。'], labels: { グラス: across(4) } },
  { captions: ['船が三隻停泊し、さらに二隻が岸につながれている。'], labels: { 船: across(5) } },
  { captions: ['二人用のテーブルに椅子が四脚ある。'], labels: { テーブル: [[50, 50]], 椅子: across(4) } },
  { questions: [['How many dogs are asleep?', 'Two.']], labels: { dog: across(3) } },
  { questions: [['How many dogs are there?', 'Three, of which two are asleep.']], labels: { dog: across(3) } },
  { questions: [['How many red cars are there?', 'One.']], labels: { car: across(3) } },
  { questions: [['犬は何匹いますか？', '三匹います。']], labels: { 犬: across(3) } },
  { questions: [['眠っている犬は何匹いますか？', '二匹です。']], labels: { 犬: across(3) } },
  { questions: [['椅子はいくつありますか？', '四脚あります。']], labels: { 椅子: across(4) } },
  { captions: ['Cars are parked on both sides of the street, about twenty of them.'], labels: { car: across(19) } },
];

/** Harder ones: depicted, remembered, wished for, part of another thing. */
const tricky: readonly Written[] = [
  { captions: ['The score is 3-2 and the shirt says 555-0199.'] },
  { captions: ['The years 1999-2000 are carved in stone.'] },
  { captions: ['The image shows a dog.'] },
  { questions: [['What is it?', 'The image shows a dog on a rug.']] },
  { captions: ['えっと驚いた顔の男性が立っている。'] },
  { captions: ['うーんと伸びをする猫。'] },
  { captions: ['あのーという声が聞こえそうな表情の人。'] },
  { captions: ['Route 66 passes two dogs and a dog in a car.'], labels: { dog: across(3) } },
  { captions: ['Both dogs are on the left, and the cat on the right sleeps.'], labels: { dog: across(2, 10, 20), cat: [[80, 40]] } },
  { captions: ['A dog on the right of the picture looks at a cat on the left.'], labels: { dog: [[80, 10]], cat: [[20, 40]] } },
  { captions: ['In the top left corner of the poster a bird is printed.'], labels: { bird: [[70, 60]] } },
  { captions: ['On the left bank of the river, a man fishes.'], labels: { man: [[80, 60]] } },
  { captions: ['A man on the left wing of the stage bows.'], labels: { man: [[80, 60]] } },
  { captions: ['A woman sits at the top of the stairs.'], labels: { woman: [[50, 80]] } },
  { captions: ['A boat at the bottom of the lake can be seen through the water.'], labels: { boat: [[50, 20]] } },
  { captions: ['In the upper part of the wall a window is open.'], labels: { window: [[50, 90]] } },
  { captions: ['There are two more dogs behind the fence than in front of it.'], labels: { dog: across(4) } },
  { captions: ['The two-dog sled team has eight dogs in all.'], labels: { dog: across(8) } },
  { captions: ['Ten years ago there were two houses here; now there are nine.'], labels: { house: across(9) } },
  { captions: ['Five people are painted on the wall, and one person walks past.'], labels: { person: [[50, 50]] } },
  { captions: ['Three dogs would fit into the basket, but only one dog is in it.'], labels: { dog: [[50, 50]] } },
  { captions: ['It takes two people to carry the sofa.'], labels: { person: [[50, 50]] } },
  { captions: ['A poster of four cats hangs over a cat.'], labels: { cat: [[50, 50]] } },
  { captions: ['Two cats, one of them a statue.'], labels: { cat: [[50, 50]] } },
  { captions: ['箱の左に猫がいて、右には何もない。'], labels: { 猫: [[80, 50]] } },
  { captions: ['川の左岸に人がいる。'], labels: { 人: [[80, 50]] } },
  { captions: ['ポスターの左に鳥が描かれている。'], labels: { 鳥: [[80, 50]] } },
  { captions: ['以前は家が二軒あったが、今は九軒ある。'], labels: { 家: across(9) } },
  { captions: ['壁に五人の人が描かれ、その前を一人の人が歩いている。'], labels: { 人: [[50, 50]] } },
  { captions: ['犬が三匹入りそうなかごに、犬が一匹だけいる。'], labels: { 犬: [[50, 50]] } },
  { captions: ['ソファを運ぶには二人の人が必要だ。'], labels: { 人: [[50, 50]] } },
];

const lines = (text: string): Written[] =>
  text
    .trim()
    .split('\n')
    .map((caption) => ({ captions: [caption] }));

/** All of them, each the work of one image. */
export const honestTexts: readonly Written[] = [...lines(english), ...lines(japanese), ...asked.map((pair) => ({ questions: [pair] })), ...pointed, ...tricky];
