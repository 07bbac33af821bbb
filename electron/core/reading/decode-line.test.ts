import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLine } from './decode-line.ts';
import { inReadingOrder } from './reading-order.ts';

const CHARACTERS = ['a', 'b', 'c'];
/** Blank, the characters, the space. */
const CLASSES = CHARACTERS.length + 2;
function steps(classes: readonly number[], score = 0.8): Float32Array {
  const data = new Float32Array(classes.length * CLASSES).fill(0.01);
  classes.forEach((best, at) => (data[at * CLASSES + best] = score));
  return data;
}

test('repeats are one character unless a blank is between them', () => {
  expect(decodeLine(steps([1, 1, 0, 1, 2, 2, 0, 0, 4, 3]), CLASSES, CHARACTERS).text).toBe('aab c');
  expect(decodeLine(steps([0, 0]), CLASSES, CHARACTERS)).toEqual({ text: '', score: 0 });
  expect(decodeLine(steps([1, 2], 0.5), CLASSES, CHARACTERS).score).toBeCloseTo(0.5);
});

test('any text comes back from the steps that spell it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 12, maxLength: 12 }),
      (letters, widths) => {
        const spelled = letters.flatMap((letter, at) => [...Array.from({ length: widths[at]! }, () => letter), 0]);
        expect(decodeLine(steps(spelled), CLASSES, CHARACTERS).text).toBe(letters.map((letter) => CHARACTERS[letter - 1]).join(''));
      },
    ),
  );
});

test('lines are read row by row from the top, each from the left', () => {
  const line = (text: string, x: number, y: number, height = 6) => ({ text, score: 1, corners: [x, y, x + 10, y, x + 10, y + height, x, y + height] });
  const given = [line('d', 60, 31), line('b', 50, 11), line('c', 5, 30), line('a', 5, 10, 8)];
  expect(inReadingOrder(given).map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  expect(inReadingOrder([])).toEqual([]);
});
