import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffText } from './diff.ts';

const short = (before: string, after: string) => diffText(before, after).map(({ kind, text }) => `${{ same: '=', added: '+', removed: '-' }[kind]}${text}`);

test('words that changed are shown whole', () => {
  expect(short('A gray cat sits.', 'A grey cat sits.')).toEqual(['=A ', '-gray', '+grey', '= cat sits.']);
  expect(short('two dogs', 'two brown dogs')).toEqual(['=two ', '+brown ', '=dogs']);
  expect(short('', 'new')).toEqual(['+new']);
  expect(short('old', '')).toEqual(['-old']);
  expect(short('same', 'same')).toEqual(['=same']);
});

test('Japanese is compared character by character', () => {
  expect(short('白い猫が見る。', '黒い猫を見る。')).toEqual(['-白', '+黒', '=い猫', '-が', '+を', '=見る。']);
  expect(short('猫catがいる', '猫dogがいる')).toEqual(['=猫', '-cat', '+dog', '=がいる']);
});

test('the parts give both texts back, whatever they are', () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom('a', 'b', 'dog ', ' ', '猫', 'の', '🐕', '\n', 'cat, '), fc.string({ maxLength: 3 })), { maxLength: 25 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffText(before, after);
      const of = (kind: 'added' | 'removed') =>
        parts
          .filter((part) => part.kind === 'same' || part.kind === kind)
          .map((part) => part.text)
          .join('');
      expect(of('removed')).toBe(before);
      expect(of('added')).toBe(after);
    }),
    { numRuns: 500 },
  );
});

test('two long texts that have nothing in common are still told apart', () => {
  const before = Array.from({ length: 3000 }, (_, i) => `a${i}`).join(' ');
  const after = Array.from({ length: 3000 }, (_, i) => `b${i}`).join(' ');
  expect(diffText(before, after).filter(({ kind }) => kind !== 'same').length).toBeGreaterThan(0);
});
