import { expect, test } from 'vitest';
import { sameQuestion } from './same-question.ts';

test.each([
  ['How many dogs are there?', 'how many dogs are there', 'same'],
  ['How many dogs are there?', 'How many dogs can you see in this picture?', 'alike'],
  ['What colour is the car?', 'What is the colour of the car?', 'alike'],
  ['犬は何匹いますか？', '犬は何匹いますか', 'same'],
  ['犬は何匹いますか？', 'この写真に犬は何匹いますか？', 'alike'],
  ['How many dogs are there?', 'How many cats are there?', null],
  ['犬は何匹いますか？', '猫は何匹いますか？', null],
  ['What is it?', 'Who is it?', null],
  ['', '', null],
  ['?', '!', null],
])('“%s” and “%s”', (a, b, expected) => {
  expect(sameQuestion(a, b)).toBe(expected);
  expect(sameQuestion(b, a)).toBe(expected);
});
