import { expect, test } from 'vitest';
import { answerTokens, tokenF1 } from '../../text/answer-tokens.ts';
import { choiceOf, compareAnswers } from './answers.ts';

test('case, punctuation, articles, wide letters and spaces do not make answers differ', () => {
  expect(compareAnswers('What is it?', undefined, 'The  Cat.', 'a cat')).toEqual({ exact: true, f1: 1, choices: null });
  expect(compareAnswers('何?', undefined, '白い猫です。', '白い猫です').exact).toBe(true);
  expect(compareAnswers('数は?', undefined, '３', '3').exact).toBe(true);
});

test('a point within a number stays, a comma within one does not', () => {
  expect(answerTokens('1.5 km')).toEqual(['1.5', 'km']);
  expect(answerTokens('12,000 people.')).toEqual(['12000', 'people']);
  expect(compareAnswers('How tall?', undefined, '1.5', '15').exact).toBe(false);
});

test('token F1 counts shared words as often as they stand in both', () => {
  // 2 shared of 3 and 4: 4/7.
  expect(tokenF1(answerTokens('red and blue'), answerTokens('red red blue balls'))).toBeCloseTo(4 / 7, 12);
  // By characters in Japanese: 赤 い 車 against 赤 い 大 き な 車, 3 shared of 3 and 6.
  expect(tokenF1(answerTokens('赤い車'), answerTokens('赤い大きな車'))).toBeCloseTo(6 / 9, 12);
  expect([tokenF1([], []), tokenF1([], ['x'])]).toEqual([1, 0]);
});

test('yes and no are found in sentences of both languages', () => {
  const said = (answer: string) => choiceOf('Is it a dog?', 'true-false', answer);
  expect(['Yes, it is.', 'true', 'はい、犬です。'].map(said)).toEqual(['yes', 'yes', 'yes']);
  expect(['No', 'False.', 'いいえ', '違います'].map(said)).toEqual(['no', 'no', 'no', 'no']);
  expect(said('maybe')).toBe('maybe');
});

test('a choice is known by its letter and by its words', () => {
  const question = 'Which animal is it? A) a cat B) a dog C) a horse';
  expect(['B', '(b)', 'B) a dog', 'a dog', 'Dog.'].map((answer) => choiceOf(question, 'multiple-choice', answer))).toEqual(['b', 'b', 'b', 'b', 'b']);
  expect(choiceOf(question, 'multiple-choice', 'a cow')).toBe('cow');
  expect(compareAnswers(question, 'multiple-choice', 'B', 'dog').exact).toBe(true);
});
