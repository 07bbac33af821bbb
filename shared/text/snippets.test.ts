import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandAt, expandTyped } from './snippets.ts';

const snippets = [
  { key: ';bg', text: 'In the background' },
  { key: 'ttl', text: 'The text says' },
  { key: ';b', text: 'blurred' },
  { key: 'はい', text: '背景には' },
  { key: ';bg', text: 'a second one of the same key' },
];
const typed = (text: string) => expandTyped(text, text.length, snippets)?.text ?? null;

test('a key turns into its phrase at a space, a full stop or a line end', () => {
  expect(typed(';bg ')).toBe('In the background ');
  expect(typed('A dog. ;bg,')).toBe('A dog. In the background,');
  expect(typed('ttl\n')).toBe('The text says\n');
  expect(typed('犬がいる。はい、')).toBe('犬がいる。背景には、');
  expect(expandTyped('x ;bg y', 6, snippets)).toEqual({ text: 'x In the background y', caret: 20, snippet: snippets[0] });
});

test('nothing happens inside a word, before the end of one, or at letters', () => {
  expect(typed(';bg')).toBeNull();
  expect(typed('bottl ')).toBeNull();
  expect(typed(' ')).toBeNull();
  expect(typed('')).toBeNull();
});

test('the longest key counts, the first of two equal ones, and a key that goes on is waited for', () => {
  expect(typed('x;bg ')).toBe('xIn the background ');
  expect(
    expandTyped('a.', 2, [
      { key: 'a', text: 'one' },
      { key: 'a.b', text: 'two' },
    ]),
  ).toBeNull();
  expect(
    expandAt('a.b', 3, [
      { key: 'b', text: 'one' },
      { key: 'a.b', text: 'two' },
    ])?.text,
  ).toBe('two');
});

test('the rest of the text stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const text = `${before};bg ${after}`;
      const found = expandTyped(text, before.length + 4, snippets);
      expect(found?.text).toBe(`${before}In the background ${after}`);
      expect(found?.text.slice(found.caret)).toBe(after);
    }),
  );
});
