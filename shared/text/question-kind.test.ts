import { expect, test } from 'vitest';
import { suggestKind } from './question-kind.ts';

test.each([
  ['How many dogs are there?', 'counting', 'counting'],
  ['犬は何匹いますか？', 'counting', 'counting'],
  ['コインはいくつありますか', 'counting', 'counting'],
  ['What does the sign say?', 'reading', 'ocr'],
  ['What is written on the box?', 'reading', 'ocr'],
  ['看板に何と書いてありますか？', 'reading', 'ocr'],
  ['Where is the cat?', 'pointing', 'grounding'],
  ['Point to the red cup', 'pointing', 'grounding'],
  ['猫はどこにいますか？', 'pointing', 'grounding'],
  ['Is the dog asleep?', 'true-false', null],
  ['犬は寝ていますか？', 'true-false', null],
  ['Which of these is largest? A) cup B) plate', 'multiple-choice', null],
  ['What colour is the car?', null, 'attribute'],
  ['車は何色ですか？', null, 'attribute'],
  ['What breed is the dog?', null, 'entity'],
  ['What kind of dog is it?', null, 'entity'],
  ['What is the highest value in the chart?', null, 'structured-data'],
  ['Why is she smiling?', null, null],
  ['', null, null],
])('%s', (question, questionType, ability) => {
  expect(suggestKind(question)).toEqual({ questionType, ability });
});
