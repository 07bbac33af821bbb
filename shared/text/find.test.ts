import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../domain/ids.ts';
import { markedSets, pointMark } from '../domain/point-mark.ts';
import { findAll, findPattern, replaceAt } from './find.ts';

const found = (text: string, find: string, more: { matchCase?: boolean; wholeWord?: boolean } = {}) =>
  findAll(text, findPattern({ find, matchCase: false, wholeWord: false, ...more })!).map(({ at, length }) => text.slice(at, at + length));

test('letters are found in any case unless the case matters', () => {
  expect(found('A cat, a CAT, concatenated', 'cat')).toEqual(['cat', 'CAT', 'cat']);
  expect(found('A cat, a CAT', 'CAT', { matchCase: true })).toEqual(['CAT']);
  expect(found('Über über', 'ÜBER')).toEqual(['Über', 'über']);
});

test('a whole word is one with nothing of a word beside it; Japanese needs no spaces', () => {
  expect(found('cat concatenated cats cat.', 'cat', { wholeWord: true })).toEqual(['cat', 'cat']);
  expect(found('2cat cat2 cat_', 'cat', { wholeWord: true })).toEqual([]);
  expect(found('白猫がcatを見る', 'cat', { wholeWord: true })).toEqual(['cat']);
  expect(found('白い猫と黒猫', '猫', { wholeWord: true })).toEqual(['猫', '猫']);
  expect(found('C++ and C+', 'C++', { wholeWord: true })).toEqual(['C++']);
});

test('what looks like an expression is found as it is typed', () => {
  expect(found('a.b a*b (a) [x] $1 \\d', 'a.b')).toEqual(['a.b']);
  for (const typed of ['a*b', '(a)', '[x]', '$1', '\\d']) expect(found('a.b a*b (a) [x] $1 \\d', typed)).toEqual([typed]);
});

test('a mark of points is neither found nor broken nor made', () => {
  const id = newId();
  const text = `The cat ${pointMark(id)} sits by <@ nothing`;
  expect(found(text, id.slice(0, 4))).toEqual([]);
  expect(found(text, '<@')).toEqual(['<@']);
  const broken = `<${pointMark(id)}>`;
  expect(replaceAt('x', [{ at: 0, length: 1 }], broken)).toBeNull();
  expect(replaceAt(text, [{ at: 4, length: 3 }], 'dog')).toBe(`The dog ${pointMark(id)} sits by <@ nothing`);
});

test('whatever is replaced, the marks stay the same and nothing else changes', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom('猫', 'ab', '<@', '>', '🐕'),
    fc.constant(null).map(() => pointMark(newId())),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.string({ minLength: 1, maxLength: 2 }), fc.string({ maxLength: 4 }), (parts, find, by) => {
      const text = parts.join('');
      const places = findAll(text, findPattern({ find, matchCase: true, wholeWord: false })!);
      const after = replaceAt(text, places, by);
      if (after === null) return;
      expect(markedSets(after)).toEqual(markedSets(text));
      expect(after.length).toBe(text.length + places.length * (by.length - find.length));
    }),
  );
});
