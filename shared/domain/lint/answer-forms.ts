/** How answers are given: yes or no, and with which words they begin. What is counted over the project is counted by these. */
import type { Turn } from '../model.ts';
import { suggestKind } from '../../text/question-kind.ts';

const YES = /^\s*(?:yes|yeah|yep|correct|true|that(?:'|’)s (?:right|correct))\b|^\s*(?:はい|ええ|そうです|正しいです)/iu;
const NO = /^\s*(?:no|nope|false|incorrect|not)\b|^\s*(?:いいえ|いえ[、。 ]|違います|ちがいます|正しくありません)/iu;

/** Whether the answer to a question that asks for yes or no says one of them. */
export function yesOrNo(question: Pick<Turn, 'text' | 'questionType'>, answer: Pick<Turn, 'text'>): 'yes' | 'no' | null {
  const asks = (question.questionType ?? suggestKind(question.text).questionType) === 'true-false';
  if (!asks) return null;
  return YES.test(answer.text) ? 'yes' : NO.test(answer.text) ? 'no' : null;
}

const WORDS = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const CJK_START = /^\s*[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/**
 * The first three words of an answer, in Japanese its first six characters; null where the answer is not much longer than that, for then its beginning
 * is all of it ("In the middle.").
 */
export function openingOf(answer: string): string | null {
  if (CJK_START.test(answer)) {
    const letters = answer.trim().replace(/[\s、。]/gu, '');
    return letters.length > 12 ? letters.slice(0, 6) : null;
  }
  const words = answer.toLowerCase().match(WORDS) ?? [];
  return words.length > 5 ? words.slice(0, 3).join(' ') : null;
}
