/** What a question seems to ask for, by its words, in English and Japanese. A suggestion that a person accepts or not; it is never set by itself. */
import type { abilities } from '../domain/settings.ts';
import type { QuestionType } from '../domain/model.ts';

export interface QuestionKind {
  readonly questionType: Exclude<QuestionType, 'free'> | null;
  readonly ability: (typeof abilities)[number] | null;
}

/** Choices that are listed: A) … B) …, or 1. … 2. … */
const CHOICES = /(?:^|\s)[(（]?[aA1１][).）:．]\s*\S[\s\S]*[\s,、][(（]?[bB2２][).）:．]\s*\S/u;
/** A question that asks for more than yes or no. */
const ASKS_JA = /何|なに|なん|どこ|どれ|どの|どちら|どう|誰|だれ|いくつ|いつ|なぜ/u;

/** In this order: the first rule that fits says the type. */
const types: readonly (readonly [Exclude<QuestionType, 'free'>, (text: string) => boolean])[] = [
  ['multiple-choice', (text) => CHOICES.test(text) || /\bwhich (?:one )?of (?:these|the following)\b|次のうち|選んで/iu.test(text)],
  ['true-false', (text) => /\b(?:true or false|yes or no)\b|正しいですか|はいかいいえ/iu.test(text)],
  ['counting', (text) => /\bhow many\b|\bcount\b|\bnumber of\b|いくつ|何[個人匹本枚台頭羽冊軒脚杯足着隻]|数えて|数はいく/iu.test(text)],
  [
    'reading',
    (text) =>
      /\bwhat does .*\b(?:say|read)\b|\b(?:written|read|spell|spelled)\b|\bwhat(?:'s| is) the text\b|書いて|書かれ|読め|読んで|何と(?:いう|書)|文字/iu.test(
        text,
      ),
  ],
  ['pointing', (text) => /^(?:please )?(?:point|locate|show me|mark|click)\b|^where\b|どこ|指して|示して|場所は/iu.test(text)],
  [
    'true-false',
    (text) => /^(?:is|are|was|were|does|do|did|has|have|can|could|will)\b(?!.*\bor\b)/iu.test(text) || (/か[？?。]?$/u.test(text) && !ASKS_JA.test(text)),
  ],
];
const abilityRules: readonly (readonly [(typeof abilities)[number], RegExp])[] = [
  ['counting', /\bhow many\b|\bcount\b|\bnumber of\b|いくつ|何[個人匹本枚台頭羽冊軒脚杯足着隻]|数えて|数はいく/iu],
  ['structured-data', /\b(?:table|chart|graph|axis|axes|diagram|legend|column|row)s?\b|表の|表に|グラフ|図表|折れ線/iu],
  ['ocr', /\bwhat does .*\b(?:say|read)\b|\b(?:written|read|spell|spelled|text|words?)\b|["“「『].+["”」』]|書いて|書かれ|読め|読んで|文字/iu],
  ['grounding', /^(?:please )?(?:point|locate|show me|mark|click)\b|^where\b|どこ|指して|示して|場所は/iu],
  ['attribute', /\bcolou?rs?\b|\b(?:shape|size|material|pattern|texture|made of|wearing|how (?:big|tall|old|long))\b|何色|色は|形は|大きさ|素材|模様/iu],
  [
    'entity',
    /^who\b|\b(?:what (?:kind|type|sort|breed|species|brand|make|model)|name of|called)\b|^what (?:is|are) (?:this|that|these|those|the)\b|誰|だれ|何という|種類|品種|ブランド|何ですか/iu,
  ],
];

/** The type and the ability that the words speak for; null where they speak for none. */
export function suggestKind(question: string): QuestionKind {
  const text = question.trim().normalize('NFKC').replaceAll('’', "'");
  if (text.length < 4) return { questionType: null, ability: null };
  return {
    questionType: types.find(([, fits]) => fits(text))?.[0] ?? null,
    ability: abilityRules.find(([, rule]) => rule.test(text))?.[0] ?? null,
  };
}
