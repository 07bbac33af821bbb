/** Which Japanese counters go with which things. "3匹の首輪" are the collars of three animals, and no three collars: a counter counts only what it is made for. */

const ends = (list: string): RegExp => new RegExp(`(?:${list.trim().split(/\s+/).join('|')})$`, 'u');
const PERSON = ends(
  '人 人物 男性 女性 男 女 男の子 女の子 子供 子ども こども 子 大人 少年 少女 赤ちゃん 赤ん坊 選手 者 員 客 警官 医師 教師 学生 生徒 児 老人 若者',
);
const BIRD = ends(
  '鳥 とり 鶏 ニワトリ にわとり カラス からす 鳩 ハト スズメ 雀 アヒル ガチョウ 白鳥 カモ 鴨 ペンギン フラミンゴ オウム インコ フクロウ ワシ 鷲 タカ 鷹 カモメ ツル 鶴 うさぎ ウサギ 兎',
);
const ANIMAL =
  ends(`犬 いぬ イヌ 猫 ねこ ネコ 馬 うま ウマ 牛 うし ウシ 羊 ひつじ ヒツジ 豚 ぶた ブタ 魚 さかな 虎 トラ ライオン 象 ゾウ 熊 クマ 鹿 シカ 猿 サル 山羊 ヤギ 蛇 ヘビ 亀 カメ
  蛙 カエル 蝶 チョウ 蜂 ハチ ネズミ リス キツネ タヌキ キリン シマウマ カバ サイ パンダ コアラ カンガルー イルカ クジラ 動物 うさぎ ウサギ 兎`);
const LONG = ends(
  '木 傘 瓶 ビン びん ボトル 鉛筆 ペン バナナ 柱 花 薔薇 バラ ろうそく ロウソク 棒 ネクタイ にんじん ニンジン 人参 きゅうり キュウリ 大根 スプーン フォーク ナイフ 箸 ロープ ギター 旗 電柱 煙突 指',
);
const FLAT = ends('皿 お皿 紙 写真 板 シャツ Tシャツ 窓 絵 葉 葉っぱ 切手 カード タオル 毛布 鏡 ポスター 看板 旗');
const MACHINE = ends(
  '車 自動車 乗用車 自転車 バイク オートバイ バス トラック タクシー カメラ テレビ パソコン コンピューター モニター ピアノ ベッド 電車 冷蔵庫 電話 スマートフォン',
);
const CLASSES: readonly (readonly [counters: RegExp, things: RegExp])[] = [
  [/^[人名]$/u, PERSON],
  [/^[匹頭]$/u, ANIMAL],
  [/^羽$/u, BIRD],
  [/^本$/u, LONG],
  [/^枚$/u, FLAT],
  [/^[台両]$/u, MACHINE],
  [/^[軒棟]$/u, ends('家 いえ 建物 店 ビル 小屋 住宅')],
  [/^脚$/u, ends('椅子 いす イス テーブル 机 ベンチ スツール')],
  [/^冊$/u, ends('本 雑誌 ノート 辞書 絵本 手帳')],
  [/^杯$/u, ends('グラス カップ コーヒー お茶 ジョッキ')],
  [/^[隻艘]$/u, ends('船 ボート ヨット 舟 フェリー')],
  [/^機$/u, ends('飛行機 ヘリコプター 航空機 ドローン 戦闘機')],
  [/^着$/u, ends('服 コート スーツ ドレス ジャケット')],
  [/^[株]$/u, ends('木 植物 花 苗')],
  [/^輪$/u, ends('花 バラ 薔薇')],
];

/** Whether this counter counts this thing; 個 and つ count all that is no person and no animal. */
export function counts(counter: string, label: string): boolean {
  if (/^[個コこ]$|^つ$/u.test(counter)) return !PERSON.test(label) && !ANIMAL.test(label) && !BIRD.test(label);
  return CLASSES.some(([counters, things]) => counters.test(counter) && things.test(label));
}
