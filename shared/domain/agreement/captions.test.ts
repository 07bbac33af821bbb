import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimsOf } from '../../text/claims.ts';
import { claimLikeness, compareCaptions } from './captions.ts';

const likeness = (a: string, b: string) => claimLikeness(claimsOf(a)[0]!, claimsOf(b)[0]!);

test('claims that say the same in other words are alike', () => {
  expect(likeness('Two brown dogs look out of the window', 'two dogs are looking out of a window')).toBeGreaterThan(0.7);
  expect(likeness('赤い車が左に止まっている', '左に赤い車がある')).toBeGreaterThan(0.5);
});

test('a denial, another number and the other side are never the same claim', () => {
  expect(likeness('a red car stands here', 'no red car stands here')).toBe(0);
  expect(likeness('two red cars in the street', 'three red cars in the street')).toBe(0);
  expect(likeness('a red car on the left side', 'a red car on the right side')).toBe(0);
  expect(likeness('赤い車が左にある', '赤い車が右にある')).toBe(0);
});

test('the overlap of captions counts claims that both make', () => {
  const a = 'Two dogs look out of a window. A rope hangs on the pole.';
  const b = 'Two dogs are looking out of the window. The wall is painted white. A tree stands behind the house.';
  expect(compareCaptions(a, b).claims).toEqual({ matched: 1, onlyA: 1, onlyB: 2 });
});

test('a caption agrees with itself, and the order of two does not matter', () => {
  const word = fc.constantFrom('dog', 'two', 'red', 'car', 'left', '. ', ', ', 'and', 'no', '犬', '白い', '。', 'window');
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const own = compareCaptions(a, a);
      expect([own.claims.onlyA, own.claims.onlyB, 2 * own.words.shared]).toEqual([0, 0, own.words.all]);
      const [there, back] = [compareCaptions(a, b), compareCaptions(b, a)];
      expect(there.claims).toEqual({ matched: back.claims.matched, onlyA: back.claims.onlyB, onlyB: back.claims.onlyA });
      expect(there.words).toEqual(back.words);
    }),
    { numRuns: 200 },
  );
});
