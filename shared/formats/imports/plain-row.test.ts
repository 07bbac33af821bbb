import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainRow } from './plain-row.ts';
import { defaultOptions } from './record.ts';
import { CAPTION_FIELDS, HASH_FIELDS, IMAGE_FIELDS, PAIRS, QUESTION_LISTS } from './row-fields.ts';
import { anyRow, wholeRow } from './rows.ts';

const place = { where: 'line 1', options: defaultOptions };
const fields = [
  'file_name',
  'image',
  'path',
  'name',
  'image_url',
  'text',
  'caption',
  'title',
  'width',
  'height',
  'id',
  'count',
  'source',
  'licence',
  'image_id',
  'labels',
  'points',
  'label',
  'messages',
  'a_file_name',
  'depth_map',
  'question_id',
  'captions',
  ...IMAGE_FIELDS,
  ...CAPTION_FIELDS,
  ...HASH_FIELDS,
  ...QUESTION_LISTS,
  ...PAIRS.flat(),
];
const value = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a/b.jpg', ' c.png ', 'x%20y.jpg', 'z.jpg#3', 'https://h/d%20e.jpg?q', 'file:///r.jpg', 'C:\\p.jpg', 'A dog.', '  ', ''),
  },
  fc.constant('a'.repeat(64)),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(640, 0, -1, 3.5, null, true, '480'),
  fc.constantFrom<object[]>([], ['q.jpg', 'r.jpg'], [{ x: 1, y: 2 }], { path: 'o.jpg' }, [{ role: 'user', content: 'What?' }]),
);
const row = fc.oneof(
  // Such as the plan is for, with one field more or none.
  fc
    .tuple(fc.constantFrom(...IMAGE_FIELDS), fc.constantFrom(...CAPTION_FIELDS), value, value, fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 3 }))
    .map(([image, caption, one, two, more]) => ({ ...more, [image]: one, [caption]: two })),
  fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 6 }),
);

test('a row read by its plan is the row that was looked at as a whole', () => {
  fc.assert(
    fc.property(row, (made) => {
      const json = JSON.parse(JSON.stringify(made)) as Record<string, never>;
      expect(anyRow(json, place)).toEqual(wholeRow(json, place));
    }),
    { numRuns: 2000 },
  );
});

test('lists of file names and captions go by a plan, with what else they say kept', () => {
  expect(plainRow({ file_name: 'a/b.jpg', text: ' A dog. ', width: 640, height: 480, split: 'train', id: 7 }, 'line 3')).toEqual({
    where: 'line 3',
    image: { hashes: [], paths: ['a/b.jpg'], stems: [], url: null, size: { widthPx: 640, heightPx: 480 } },
    captions: ['A dog.'],
    threads: [],
    labels: [],
    notes: [],
    extra: { split: 'train' },
  });
  expect(plainRow({ file_name: 'a/b.jpg', text: 'A dog.', question: 'What?', answer: 'A dog.' }, 'line 3')).toBeNull();
});
