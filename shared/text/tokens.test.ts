import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bertPieces, clipMerges } from '../../scripts/vocabularies.mjs';
import { createBertTokenizer } from './bert-tokens.ts';
import { createClipTokenizer } from './clip-tokens.ts';
import { lengthHint } from './length-hint.ts';

const clip = createClipTokenizer(clipMerges());
const bert = createBertTokenizer(bertPieces());

test('CLIP’s ids are the ones its own tokenizer gives', () => {
  expect(clip('a photo of a cat')).toEqual([49406, 320, 1125, 539, 320, 2368, 49407]);
  expect(clip('A  Photo of\na CAT ')).toEqual([49406, 320, 1125, 539, 320, 2368, 49407]);
  expect(clip('')).toEqual([49406, 49407]);
  expect(clip('a diagram')).toEqual([49406, 320, 22697, 49407]);
  expect(clip('hello world!')).toEqual([49406, 3306, 1002, 256, 49407]);
  expect(clip("it's")).toEqual(clip('it’s'));
});

test('CLIP spells letters that it has no piece for in bytes', () => {
  expect(clip('犬').slice(1, -1).length).toBeGreaterThan(0);
  expect(clip('😀')).toHaveLength(3);
  expect(clip('é')).not.toContain(undefined);
});

test('BERT’s ids are the ones its own tokenizer gives', () => {
  expect(bert('a photo of a cat')).toEqual([101, 1037, 6302, 1997, 1037, 4937, 102]);
  expect(bert('Hello, World!')).toEqual([101, 7592, 1010, 2088, 999, 102]);
  expect(bert('unaffable')).toEqual([101, 14477, 20961, 3468, 102]);
  expect(bert('Café')).toEqual(bert('cafe'));
  expect(bert('日本')).toHaveLength(4);
  expect(bert('x'.repeat(101))).toEqual([101, 100, 102]);
});

test('every text has ids, whatever is in it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      for (const ids of [clip(text), bert(text)]) {
        expect(ids.length).toBeGreaterThanOrEqual(2);
        expect(ids.every((id) => Number.isInteger(id) && id >= 0 && id < 49_408)).toBe(true);
      }
    }),
  );
});

test('Molmo’s hint counts characters in steps of 15', () => {
  expect(lengthHint('')).toBe(0);
  expect(lengthHint('x'.repeat(1249))).toBe(83);
  expect(lengthHint('x'.repeat(1250))).toBe(83);
  expect(lengthHint('x'.repeat(1260))).toBe(84);
});
