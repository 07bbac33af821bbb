import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuestionList } from './question-list.ts';

test('lines are questions, each once, without blank ones', () => {
  expect(readQuestionList('How many?\r\n\r\n  What colour?  \nHow many?\n', 'list.txt')).toEqual(['How many?', 'What colour?']);
  expect(readQuestionList('Is it red, or is it blue?\nWhat?')).toEqual(['Is it red, or is it blue?', 'What?']);
});
test('a table is read by its heading, with quotes', () => {
  expect(readQuestionList('id,question\n1,"Red, or ""blue""?"\n2,"Two\nlines?"\n', 'q.csv')).toEqual(['Red, or "blue"?', 'Two lines?']);
  expect(readQuestionList('質問\t種類\n何匹いますか。\t数\n')).toEqual(['何匹いますか。']);
  expect(readQuestionList('How many?,7\nWhich?,8', 'no-heading.csv')).toEqual(['How many?', 'Which?']);
});
test('JSON lists, objects and lines are read', () => {
  expect(readQuestionList('["How many?","Which?"]')).toEqual(['How many?', 'Which?']);
  expect(readQuestionList('{"version":"1","items":[{"id":"a","question":"How many?"},{"id":"b","question":"Which?"}]}')).toEqual(['How many?', 'Which?']);
  expect(readQuestionList('{"prompt":"How many?","n":1}\n{"prompt":"Which?"}\n')).toEqual(['How many?', 'Which?']);
});
test('anything at all is read without an error, into lines that are not blank', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'a.csv', 'a.json'), (text, name) => {
      for (const question of readQuestionList(text, name)) expect(question.trim()).toBe(question);
    }),
  );
});
