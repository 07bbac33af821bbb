import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeText } from './merge.ts';

test('changes in different places of a text are both kept', () => {
  expect(mergeText('a dog sits', 'a dog sits still', 'the dog sits')).toBe('the dog sits still');
  expect(mergeText('a dog sits', 'a big dog sits', 'a dog sat')).toBe('a big dog sat');
});

test('where both changed the same words, mine stay', () => {
  expect(mergeText('a dog', 'a cat', 'a cow')).toBe('a cat');
});

test('with no change on one side the other is taken as it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      expect(mergeText(before, before, after)).toBe(after);
      expect(mergeText(before, after, before)).toBe(after);
      expect(mergeText(before, after, after)).toBe(after);
    }),
  );
});

test('what I typed is in the merged text as a whole, wherever the other side typed', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (before, a, b) => {
      const put = (at: number, what: string) => before.slice(0, at % before.length) + what + before.slice(at % before.length);
      expect(mergeText(before, put(a, '<mine>'), put(b, '[theirs]'))).toContain('mine');
    }),
  );
});
