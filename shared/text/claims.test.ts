import { expect, test } from 'vitest';
import { claimsOf, contentWords } from './claims.ts';

const texts = (text: string) => claimsOf(text).map((claim) => claim.text);

test('sentences and clauses become claims', () => {
  expect(texts('Two brown dogs lean out of a window, and both look down to the left. The upper dog rests its chin on the frame.')).toEqual([
    'Two brown dogs lean out of a window',
    'and both look down to the left.',
    'The upper dog rests its chin on the frame.',
  ]);
  expect(texts('A man with a red hat stands beside a blue car; nobody else is there')).toHaveLength(2);
});

test('a list of single words stays one claim, and so do numbers and abbreviations', () => {
  expect(texts('Red, green and blue balls')).toHaveLength(1);
  expect(texts('Mr. Smith is 1.5 m tall.')).toHaveLength(1);
});

test('Japanese is split at its own marks', () => {
  expect(texts('茶色い犬が二匹、窓から外を見ている。ロープが柱に結ばれている。')).toEqual([
    '茶色い犬が二匹',
    '窓から外を見ている。',
    'ロープが柱に結ばれている。',
  ]);
});

test('words are compared without their endings, numbers as digits', () => {
  expect(contentWords('Three dogs are leaning on the boxes')).toEqual(contentWords('3 dog leaned on a box'));
  expect(contentWords('A stopping baby carries cherries')).toEqual(contentWords('the baby stopped, carrying a cherry').toSpliced(0, 2, 'stop', 'baby'));
  expect(contentWords('白い犬が三匹いる')).toEqual(['白', '犬', '3', '匹']);
  expect(contentWords("There isn't a dog")).toEqual(['not', 'dog']);
  expect(contentWords('犬がいない')).toEqual(['犬']);
});

test('nothing said is no claim', () => {
  expect(['', '  ', '...', 'it is', '。'].map((text) => claimsOf(text).length)).toEqual([0, 0, 0, 0, 0]);
});
