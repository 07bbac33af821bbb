/**
 * The words that the caption guide looks for, English and Japanese side by side. Each list is one regular expression; none backtracks over more
 * than a few hundred characters, so that a check of the longest caption stays in milliseconds. Vague words (several, many, 数匹) count nothing,
 * and words with a second, common meaning stand here only in the surroundings that tell which one is meant ("left of", not "left").
 */
const word = (list: string): string => `(?<![\\p{L}\\p{N}])(?:${list.trim().replace(/\|?\s*\n\s*/g, '|')})(?![\\p{L}\\p{N}])`;
const either = (...parts: readonly string[]): RegExp => new RegExp(parts.map((part) => part.trim().replace(/\n\s*/g, '').replace(/\|$/, '')).join('|'), 'giu');

/** What may follow a number without being what is counted. */
const NOT_COUNTED =
  `of|or|and|in|on|at|to|by|the|a|an|is|are|was|were|be|with|from|for|as|but|than|that|which|who|above|below|behind|beside|over|under|after|before|
  another|other|side|hand|end|corner|can|could|may|might|must|should|would|will|has|have|sees|am|pm|percent|degrees?|o|p|way`.replace(/\s+/g, '');
const ENGLISH_NUMBER =
  `(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[- ]?)?(?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|thirteen|fourteen|fifteen|
  sixteen|seventeen|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:a|one|two|three|four|five)[ -](?:dozen|hundred|thousand)`.replace(
    /\n\s*/g,
    '',
  );
const JAPANESE_NUMBER = '(?:[0-9０-９]{1,6}|[一二三四五六七八九十百千]{1,6})';
/** Counters that are also parts of other words after 一 (一体, 一面, 一段) stand in the second list. */
const COUNTER = '匹|本|個|人(?!称|前)|枚|台|つ(?!角)|羽|頭|冊|軒|杯|足|組|対|列|箇所|[ヶケか]所|名(?!産|物)|隻|艘|機|株|輪|粒|束|皿|脚|種類|棟|切れ|房|膳|ペア';
const COUNTER_FROM_TWO = '面|体|段|着|片|点|丁';

/** Numbers of things. */
export const counts = either(
  // A year, a time of day or a part of a larger number counts nothing.
  `(?<![\\p{L}\\p{N}.:/-])(?<!\\b(?:no|any|every|some|each|this|that|the|which|in|since|from|of|by)\\s)(?:${ENGLISH_NUMBER}|\\d{1,3}(?:,\\d{3})?|\\d{4,6})
   \\s+(?!(?:${NOT_COUNTED})(?![\\p{L}\\p{N}]))\\p{L}[\\p{L}\\p{N}'’-]*`,
  // After "the" or "of" only what can't be meant otherwise: "the two dogs", "of three boats".
  `(?<=\\b(?:the|of|these|those|all|which|by|from|in)\\s)(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\\d{1,3})
   \\s+(?!(?:${NOT_COUNTED})(?![\\p{L}\\p{N}]))\\p{L}[\\p{L}\\p{N}'’-]*`,
  word(`an?\\s+(?:single|lone|pair\\s+of|couple\\s+of|trio\\s+of|dozen)\\s+\\p{L}+`),
  `${JAPANESE_NUMBER}(?:${COUNTER})`,
  `(?!一)${JAPANESE_NUMBER}(?:${COUNTER_FROM_TWO})`,
  'ひとつ|ふたつ|みっつ|よっつ|いつつ|むっつ|ななつ|やっつ|ここのつ|(?<!お)ひとり|ふたり',
);

/** What writing stands on: "a woman reading" says nothing of it, "a sign reading" does. */
const CARRIERS = `(?:text|signs?|label|caption|letters|lettering|words?|title|logo|banner|poster|board|inscription|headline|writing|plate|sticker|screen|shirt|page|placard)`;

/** Writing in the image: quoted, or said to be there, or said not to be there. */
export const text = either(
  `“[^“”\\n]{1,300}”|"[^"\\n]{1,300}"|‘[^‘’\\n]{1,200}’(?!\\p{L})|(?<![\\p{L}\\p{N}])'[^'\\n]{2,100}'(?![\\p{L}\\p{N}])|「[^「」\\n]{1,300}」|『[^『』\\n]{1,300}』`,
  word(`${CARRIERS}\\s+(?:(?:that|which)\\s+)?(?:also\\s+)?(?:says?|saying|reads?|reading|spells?|spelling)`),
  word(`labell?ed\\s+(?:as\\s+)?\\p{L}+|inscribed\\s+with|the\\s+words?\\s+\\p{L}+|the\\s+(?:number|letters?)\\s+[\\p{Lu}\\p{N}]+`),
  word(`no\\s+(?:visible\\s+|legible\\s+|readable\\s+)?(?:text|writing|lettering|words|letters)|without\\s+(?:any\\s+)?(?:text|writing|lettering)`),
  '(?:と|が)(?:書かれ|書いて|記され|印字され|印刷され|刻まれ|読め)|文字(?:は|が|も)[^。、\\n]{0,12}(?:ない|ありません|ません|見当たら)',
);

/** Where things are. */
export const positions = either(
  word(`(?:on|to|at|in|from|towards?|along)\\s+(?:the|its|his|her|their)\\s+(?:(?:far|very|extreme|upper|lower|top|bottom|near)[ -])?(?:left|right)
    (?:left|right)[- ](?:side|half|edge|corner|part|third|hand|foreground|background|of)
    (?:far|upper|lower|top|bottom|middle|cent(?:re|er))[- ](?:left|right)
    (?:in|at|near|to|towards?|around|from)\\s+the\\s+(?:very\\s+|exact\\s+)?(?:cent(?:re|er)|middle)
    (?:cent(?:re|er)|middle)\\s+of|cent(?:re|er)ed
    (?:at|near|on|along|across|from|towards?)\\s+the\\s+(?:very\\s+)?(?:top|bottom)
    (?:top|bottom)\\s+(?:of|edge|half|corner|third|row)|on\\s+top\\s+of
    upper|uppermost|topmost|lower|lowermost|above|below|beneath|under|underneath|behind|beside|alongside|between|inside
    in\\s+front\\s+of|next\\s+to|close\\s+to|near|nearby|adjacent\\s+to|opposite|across\\s+from|surrounded\\s+by|against\\s+(?:the|an?)|facing\\s+(?:left|right)
    foreground|corners?|edge\\s+of|edges\\s+of`),
  '左|右|手前|(?<![午以名])前(?:に|方|面)|の前|(?<!以)上(?:に(?!着)|部|方|側|の)|の上(?!に?、)|(?<![以地廊靴])下(?:に|部|方|側|の)|の下|真[上下ん横]中?|中央|中心',
  '隣|となり|横(?:に|の|で)|脇|そば|近く|後ろ|うしろ|背後|の間|(?<![時人期瞬])間に|隅|[^一-龠]端に|の端|奥(?:に|の|へ)|向かい|沿って',
);

/** What things are made of, how they feel, their parts and marks. */
export const details = either(
  word(`wooden|metal|metallic|plastic|glass|leather|brick|concrete|ceramic|porcelain|marble|cotton|woollen|woolen|knitted|cardboard|rubber|steel|iron|brass|copper|velvet|
    denim|lace|wicker|tiled|cobbled|gravel|smooth|rough|shiny|glossy|matte|fluffy|furry|curly|wavy|wrinkled|cracked|weathered|rusty|rusted|worn|faded|peeling|polished|dusty|
    dirty|muddy|wet|frayed|torn|scratched|chipped|embroidered|striped|stripes?|checked|checkered|chequered|dotted|spotted|speckled|patterned|floral|plaid|woven|braided|
    transparent|translucent|reflective|pointed|curved|rounded|rectangular|oval|slender|jagged|tangled|folded|crumpled|stained|foamy|frothy|grainy|textured|textures?|patterns?|
    handles?|rims?|lids?|collars?|sleeves?|buttons?|buckles?|straps?|zippers?|seams?|hems?|stitching|pockets?|knobs?|hinges?|spokes?|petals?|stems?|bark|whiskers|paws?|claws?|
    beaks?|feathers?|wings?|tails?|ears?|snout|muzzle|chin|eyelashes|eyebrows?|freckles|fingernails|cracks?|scratches|stains?|reflections?|grooves?|bolts?|screws?|nails|rivets?|
    stickers?|badges?|emblem|crumbs?|droplets?|bubbles?`),
  '木製|金属|プラスチック|ガラス|革製?|レンガ|煉瓦|コンクリート|陶器|磁器|石造り|布製?|毛糸|ゴム|鉄製?|真鍮|つや|艶|光沢|ざらざら|なめらか|滑らか|ふわふわ|もこもこ|縮れ|巻き毛|しわ|ひび|錆|さび|',
  '色[あ褪]せ|剥が|はがれ|汚れ|濡れ|破れ|ほつれ|擦り切れ|刺繍|縞|ストライプ|チェック柄|水玉|花柄|模様|編み|編ま|透明|丸い|丸み|四角|楕円|細長|細い|太い|薄い|厚い|尖|とがっ|曲が|ぎざぎざ|',
  '取っ手|持ち手|縁|ふた|蓋|襟|袖|ボタン|ベルト|ファスナー|縫い目|ポケット|つまみ|花びら|茎|樹皮|木目|ひげ|肉球|前足|爪|くちばし|羽根|しっぽ|尻尾|尾|耳|鼻|あご|首輪|まつげ|眉|質感|溝|ねじ|釘|シール|ロゴ|泡|水滴',
);

/** What is behind. */
export const background = either(
  word(`backgrounds?|backdrop|in\\s+the\\s+distance|distant|far\\s+away|horizon|skyline|sky|skies|walls?|far\\s+end|beyond|surroundings|scenery|landscape|
    behind\\s+(?:it|them|him|her|the|this|these|a|an)`),
  '背景|背後|遠く|遠景|遠方|奥(?:に|の|には)|地平線|水平線|(?:青|夜|曇り|夕焼け|星)空|空(?=[はがをにも、。])|壁|バックに|向こう|後ろ(?:に|の|は)|周囲|景色|風景',
);

/** How the picture is made and lit. What kind of picture it is counts; that it is one ("a photo of") does not. */
export const style = either(
  word(`close-?\\s?up|macro|aerial|bird's-eye|painting|watercolou?r|illustration|illustrated|drawing|sketch|cartoon|render(?:ed|ing)?|black[- ]and[- ]white|monochrome|
    monochromatic|sepia|greyscale|grayscale|vintage|retro|realistic|minimalist|lighting|lights?|lit|backlit|sunlight|sunlit|sunny|daylight|moonlight|shadows?|shaded|shade|bright|
    brightly|dim|dimly|glow|glows|glowing|vivid|vibrant|muted|pastel|palette|tones?|colou?rs|colou?rful|colou?red|saturated|contrast|contrasting|blurred|blurry|bokeh|
    depth\\s+of\\s+field|(?:in|out\\s+of|sharp|soft)\\s+focus|style|stylised|stylized|mood|atmosphere|composition|silhouettes?|overexposed|underexposed|low[- ]angle|high[- ]angle`),
  '画風|作風|イラスト|絵画|水彩|油絵|漫画|アニメ|白黒|モノクロ|セピア|色合い|色調|色彩|配色|色とりどり|カラフル|トーン|明るい|明るく|暗い|薄暗|日差し|日光|陽光|(?<!観)光(?!沢)|影|逆光|ぼけ|ボケ|ぼやけ|ピント|',
  '鮮やか|淡い|コントラスト|雰囲気|構図|画質|クローズアップ|接写|照明|レトロ',
);

/** Colours, of which it takes several to describe a picture's. */
export const colours = either(
  word(`red|reddish|orange|yellow|yellowish|green|greenish|blue|bluish|purple|pink|brown|brownish|black|white|whitish|gr[ea]y|gr[ea]yish|beige|gold|golden|silver|turquoise|teal|
    navy|maroon|crimson|tan|cream|ivory|violet|indigo|magenta|cyan|khaki|olive`),
  '赤(?!ちゃん|ん坊)|青(?!年|空)|黄(?!昏)|緑|(?<!面)白(?!黒)|(?<!白)黒(?!板)|灰色|グレー|茶色|紫|桃色|ピンク|オレンジ|橙|金色|銀色|ベージュ|紺|水色|クリーム色',
);
