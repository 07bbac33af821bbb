import { expect, test } from 'vitest';
import { phraseBefore } from './phrase-before.ts';

const before = (text: string) => phraseBefore(text, text.length).phrase;

test('the word right before is the phrase, whatever the script', () => {
  expect(before('The dog')).toBe('dog');
  expect(before("the child's t-shirt")).toBe('t-shirt');
  expect(before('白いコーヒー')).toBe('コーヒー');
  expect(before('二匹の犬')).toBe('犬');
  expect(before('Über café')).toBe('café');
});

test('there is no phrase behind a space, a mark, punctuation or nothing', () => {
  for (const text of ['', 'The dog ', 'Yes.', 'The <@01890000-0000-7000-8000-000000000001>']) expect(before(text)).toBe('');
});

test('it says where the word begins', () => {
  expect(phraseBefore('The dog sits', 7)).toEqual({ from: 4, phrase: 'dog' });
  expect(phraseBefore('<@01890000-0000-7000-8000-000000000001>s', 40)).toEqual({ from: 39, phrase: 's' });
});
