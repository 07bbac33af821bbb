import { expect, test } from 'vitest';
import { markAt, stepLength, wordBeside } from './answer-steps.ts';

const A = '01890000-0000-7000-8000-00000000000a';
const B = '01890000-0000-7000-8000-00000000000b';
const text = `The <@${A}> sits👩‍👩‍👧<@${B}>`;

test('a mark and a family are one step each', () => {
  expect(stepLength(text, 4, 1)).toBe(39);
  expect(stepLength(text, 43, -1)).toBe(39);
  expect(stepLength(text, 4, -1)).toBe(1);
  expect(stepLength(text, text.length - 39, -1)).toBe('👩‍👩‍👧'.length);
  expect([stepLength(text, 0, -1), stepLength(text, text.length, 1)]).toEqual([0, 0]);
});

test('a mark is found from both of its sides', () => {
  expect([markAt(text, 4, 1), markAt(text, 43, -1), markAt(text, 43, 1), markAt(text, text.length, -1)]).toEqual([A, A, null, B]);
});

test('a mark moves past a word, with the space on the way, or past another mark', () => {
  expect(wordBeside(`The <@${A}> sits`, A, -1)).toBe(0);
  expect(wordBeside(`The <@${A}> sits`, A, 1)).toBe(9);
  expect(wordBeside(`<@${B}><@${A}>`, A, -1)).toBe(0);
  expect(wordBeside(`<@${A}>`, A, 1)).toBeNull();
});
