/** Rules about questions and answers. */
import { sameQuestion } from '../../text/same-question.ts';
import { countWords } from '../../text/count.ts';
import type { Doc, Turn } from '../model.ts';
import { markedSets, readableAnswer } from '../point-mark.ts';
import { openingOf, yesOrNo } from './answer-forms.ts';
import type { LintFinding, LintRule } from './rule.ts';
import { at, pointedLabels, quote, rewrite, sentencesOf, unmarked, type WrittenText } from './texts.ts';

/** Words that loaders count or replace: LLaVA, LLaMA-Factory, ms-swift, Qwen, InternVL. */
const LOADER_TOKEN = /<\/?(?:image|img|video|audio|bbox|ref-object|box|ref|quad|ImageHere)>|<\|(?:image|video|vision|box|object_ref|quad|im)_[a-z_]{1,12}\|>/gi;
/** What stands in Molmo's texts for points. */
const PLACEHOLDER = /<\|POINT\|>/gi;
const SELF =
  /^\s*(?:as an? (?:ai\b|(?:large )?language model|artificial intelligence)|i(?:'|’)?m (?:sorry|an ai)\b|sure[,!] here)|^\s*(?:AI|人工知能|言語モデル)(?:として|ですので|なので)/iu;
const LATIN = /\p{Script=Latin}/gu;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu;
/** An image with this many answers that begin alike is read as a pattern. */
const ALIKE_ON_IMAGE = 3;
/** An answer of so many words (CJK: characters halved) that stands in a caption was copied from it, not given. */
const COPIED_WORDS = 8;

const turnText = (turn: Turn): WrittenText => ({ kind: 'turn', id: turn.id, role: turn.role, text: turn.text });
const whole = (code: string, turn: Turn, params: LintFinding['params'] = {}): LintFinding => ({ code, subjectKind: 'turn', subjectId: turn.id, params });
/** Questions with the answer right after each, both written. */
export function answered(doc: Doc): { question: Turn; answer: Turn }[] {
  const last = new Map<string, Turn>();
  return doc.turn.flatMap((turn) => {
    const before = last.get(turn.threadId);
    last.set(turn.threadId, turn);
    const isPair = turn.role === 'answer' && before?.role === 'question' && turn.text.trim() !== '' && before.text.trim() !== '';
    return isPair ? [{ question: before, answer: turn }] : [];
  });
}
const plainWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
/** The script that most of a text is in, where it is long enough to tell. */
function scriptOf(text: string): 'latin' | 'japanese' | null {
  const latin = text.match(LATIN)?.length ?? 0;
  const japanese = text.match(JAPANESE)?.length ?? 0;
  if (japanese >= 6 && japanese > latin) return 'japanese';
  // A few words in Latin letters are names and what is written in the picture.
  return latin >= 24 && japanese === 0 ? 'latin' : null;
}

const HOW_MANY = /\bhow many\b|\bnumber of\b|いくつ|何[個人匹本枚台頭羽冊軒脚杯着隻機]/iu;

export const questionRules: readonly LintRule[] = [
  {
    code: 'loader-token',
    group: 'questions',
    severity: 'error',
    blocks: 'export',
    check: (doc) =>
      sentencesOf(doc).flatMap((text) =>
        [...text.text.matchAll(LOADER_TOKEN)].map((match) => at('loader-token', text, match.index, match.index + match[0].length, { token: match[0] })),
      ),
    fix: (doc, finding) => rewrite(doc, finding, (text) => text.replace(LOADER_TOKEN, (token) => token.replace(/[<>|/]/g, ''))),
  },
  {
    code: 'point-placeholder',
    group: 'questions',
    severity: 'error',
    blocks: 'export',
    check: (doc) =>
      sentencesOf(doc).flatMap((text) =>
        [...text.text.matchAll(PLACEHOLDER)].map((match) => at('point-placeholder', text, match.index, match.index + match[0].length)),
      ),
    fix: (doc, finding) =>
      rewrite(doc, finding, (text) =>
        text
          .replace(PLACEHOLDER, '')
          .replace(/ {2,}/g, ' ')
          .replace(/ +([,.;:!?、。])/g, '$1'),
      ),
  },
  {
    code: 'mark-without-points',
    group: 'questions',
    severity: 'error',
    blocks: 'submit',
    quiet: true,
    check: (doc) => {
      const filled = new Set(doc.point.map((point) => point.setId));
      const labels = new Map(doc.pointSet.map((set) => [set.id, set]));
      return doc.turn.flatMap((turn) =>
        turn.role === 'answer' && turn.text.includes('<@')
          ? [...new Set(markedSets(turn.text))]
              .filter((id) => !filled.has(id))
              .map((id) => whole('mark-without-points', turn, { phrase: labels.get(id)?.label ?? '' }))
          : [],
      );
    },
  },
  {
    code: 'count-without-points',
    group: 'questions',
    severity: 'hint',
    blocks: 'never',
    quiet: true,
    check: (doc) => {
      if (pointedLabels(doc).length > 0) return [];
      return answered(doc).flatMap(({ question, answer }) =>
        HOW_MANY.test(question.text) && !answer.text.includes('<@') ? [whole('count-without-points', answer, { question: quote(question.text) })] : [],
      );
    },
  },
  {
    code: 'role-order',
    group: 'questions',
    severity: 'error',
    blocks: 'export',
    check: (doc) => {
      const last = new Map<string, Turn['role']>();
      return doc.turn.flatMap((turn) => {
        const expected = (last.get(turn.threadId) ?? 'answer') === 'answer' ? 'question' : 'answer';
        last.set(turn.threadId, turn.role);
        return turn.role === expected || turn.text.trim() === '' ? [] : [whole('role-order', turn, { text: quote(turn.text) })];
      });
    },
  },
  {
    code: 'answer-by-machine',
    group: 'questions',
    severity: 'warning',
    blocks: 'submit',
    check: (doc) =>
      doc.turn.flatMap((turn) => {
        const match = turn.role === 'answer' ? SELF.exec(turn.text) : null;
        return match ? [at('answer-by-machine', turnText(turn), 0, match[0].length, { words: quote(match[0]) })] : [];
      }),
  },
  {
    code: 'answers-alike',
    group: 'questions',
    severity: 'hint',
    blocks: 'never',
    check: (doc, { commonOpenings }) => {
      const byOpening = new Map<string, Turn[]>();
      for (const { answer } of answered(doc)) {
        const opening = openingOf(answer.text);
        if (opening !== null) byOpening.set(opening, [...(byOpening.get(opening) ?? []), answer]);
      }
      return [...byOpening].flatMap(([opening, turns]) => {
        const told = commonOpenings.has(opening) ? turns : turns.slice(ALIKE_ON_IMAGE - 1);
        return told.map((turn) => whole('answers-alike', turn, { opening }));
      });
    },
  },
  {
    code: 'question-repeated',
    group: 'questions',
    severity: 'warning',
    blocks: 'never',
    check: (doc) => {
      const authors = new Map(doc.thread.map((thread) => [thread.id, thread.authorId]));
      const questions = doc.turn.filter((turn) => turn.role === 'question' && turn.text.trim() !== '');
      return questions.flatMap((turn, index) => {
        const before = questions
          .slice(0, index)
          .find((other) => authors.get(other.threadId) === authors.get(turn.threadId) && sameQuestion(other.text, turn.text) === 'same');
        return before ? [whole('question-repeated', turn, { question: quote(turn.text) })] : [];
      });
    },
  },
  {
    code: 'answer-from-caption',
    group: 'questions',
    severity: 'hint',
    blocks: 'never',
    check: (doc) => {
      if (doc.caption.length === 0) return [];
      const captions = doc.caption.map((caption) => ` ${plainWords(caption.text)} `);
      return answered(doc).flatMap(({ answer }) => {
        const said = readableAnswer(doc, answer);
        const words = countWords(said) - (said.match(JAPANESE)?.length ?? 0) / 2;
        if (words < COPIED_WORDS) return [];
        const plain = plainWords(said);
        const isCopied = captions.some((caption) => caption.includes(plain.search(JAPANESE) >= 0 ? plain : ` ${plain} `));
        return isCopied ? [whole('answer-from-caption', answer, { text: quote(said) })] : [];
      });
    },
  },
  {
    code: 'yes-bias',
    group: 'questions',
    severity: 'hint',
    blocks: 'never',
    quiet: true,
    check: (doc, { yesShare, settings }) => {
      if (yesShare === null || yesShare <= settings.yesShare) return [];
      return answered(doc)
        .filter(({ question, answer }) => yesOrNo(question, answer) === 'yes')
        .map(({ answer }) => whole('yes-bias', answer, { share: Math.round(yesShare * 100), most: Math.round(settings.yesShare * 100) }));
    },
  },
  {
    code: 'answer-language',
    group: 'questions',
    severity: 'hint',
    blocks: 'never',
    check: (doc) =>
      answered(doc).flatMap(({ question, answer }) => {
        const asked = scriptOf(unmarked(question.text));
        const said = scriptOf(unmarked(answer.text));
        return asked !== null && said !== null && asked !== said ? [whole('answer-language', answer, { question: quote(question.text) })] : [];
      }),
  },
];
