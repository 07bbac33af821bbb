import { expect, test } from 'vitest';
import { tokenizeWith } from './tokenize.ts';

/** A tokenizer that gives each letter its place in the alphabet between two marks. */
const encode = (text: string) => [100, ...[...text].map((letter) => letter.charCodeAt(0) - 96), 101];
const rows = (shape: object, texts: string[]) => {
  const { ids, mask } = tokenizeWith(encode, { pad_to_context: false, pad_id: 0, context_length: 6, ...shape })(texts);
  const [n, length] = ids.dims as [number, number];
  return Array.from({ length: n }, (_, at) => [ids, mask].map(({ data }) => Array.from(data.slice(at * length, (at + 1) * length), Number)));
};

test('texts are padded to the longest and the mask says what is text', () => {
  expect(rows({}, ['ab', 'a'])).toEqual([
    [
      [100, 1, 2, 101],
      [1, 1, 1, 1],
    ],
    [
      [100, 1, 101, 0],
      [1, 1, 1, 0],
    ],
  ]);
});
test('a text that is too long is cut and keeps its end mark', () => {
  expect(rows({}, ['abcdefgh'])[0]![0]).toEqual([100, 1, 2, 3, 4, 101]);
});
test('a tower of a fixed length gets that length', () => {
  expect(rows({ pad_to_context: true, pad_id: 9 }, ['a'])[0]).toEqual([
    [100, 1, 101, 9, 9, 9],
    [1, 1, 1, 0, 0, 0],
  ]);
});
test('OpenVision’s end mark is taken off, also of a text that was cut', () => {
  expect(rows({ strip_sep: true, pad_to_context: true }, ['ab', 'abcdefgh']).map(([ids]) => ids)).toEqual([
    [100, 1, 2, 0, 0, 0],
    [100, 1, 2, 3, 4, 0],
  ]);
});
