/** How two people's answers to the same question agree. */
import { answerTokens, tokenF1 } from '../../text/answer-tokens.ts';
import type { QuestionType } from '../model.ts';

export interface AnswerAgreement {
  /** Equal once case, punctuation, English articles and spaces are taken off. */
  readonly exact: boolean;
  /** Token F1, 0 to 1 (see `tokenF1`). */
  readonly f1: number;
  /** What each chose, for questions with fixed answers; null for others. Feeds kappa. */
  readonly choices: readonly [string, string] | null;
}

/** Compares two answers to a question of this type; the order of the two does not matter, but for that of `choices`. */
export function compareAnswers(question: string, type: QuestionType | undefined, a: string, b: string): AnswerAgreement {
  const [left, right] = [answerTokens(a), answerTokens(b)];
  const exact = left.join(' ') === right.join(' ');
  const choices = type === 'true-false' || type === 'multiple-choice' ? ([choiceOf(question, type, a), choiceOf(question, type, b)] as const) : null;
  return { exact: exact || (choices !== null && choices[0] === choices[1]), f1: tokenF1(left, right), choices };
}

const YES = /^(?:yes|yeah|yep|true|correct|right|はい|ええ|うん|そうです|正しい|その通り|真)/u;
const NO = /^(?:no|nope|false|incorrect|wrong|not|いいえ|いえ|違い|ちがい|誤り|正しくな|間違|偽)/u;
/** A letter or figure that names a choice, at the beginning of an answer: "B", "(B)", "b) a cat", "２．". */
const LEADING = /^[(（]?([a-z0-9])(?:[).）:．、]|$)/u;
/** The choices that a question lists. */
const LISTED = /(?:^|[\s(（,、])([a-z0-9])[).）:．]\s*([^\n]*?)(?=[\s,、]+[(（]?[a-z0-9][).）:．]|\n|$)/gu;

/** The category of an answer: yes or no, the letter of the listed choice, or the answer itself without case and punctuation. */
export function choiceOf(question: string, type: 'true-false' | 'multiple-choice', answer: string): string {
  const said = answer.normalize('NFKC').trim().toLowerCase();
  const plain = answerTokens(answer).join(' ');
  if (type === 'true-false') {
    if (NO.test(said)) return 'no';
    return YES.test(said) ? 'yes' : plain;
  }
  const letter = LEADING.exec(said)?.[1];
  if (letter !== undefined) return letter;
  for (const [, name, text] of question.normalize('NFKC').toLowerCase().matchAll(LISTED)) {
    if (plain !== '' && answerTokens(text!).join(' ') === plain) return name!;
  }
  return plain;
}
