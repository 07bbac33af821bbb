import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as authoring from '../domain/authoring.ts';
import type { ImageRecord } from '../domain/image.ts';
import { applyOps } from '../domain/ops.ts';
import type { Doc } from '../domain/model.ts';
import { labelSets, readableAnswer } from '../domain/point-mark.ts';
import { AUTHOR_ID, actionArbitrary, opsOf, startDoc } from '../testing/random-work.ts';
import type { Row, Xy } from './columns.ts';
import type { EmbeddedImage } from './format.ts';
import { molmoFolders } from './tables/molmo.ts';
import { pixmoParquet } from './tables/pixmo.ts';

const image = { id: '01890000-0000-7000-8000-000000000001', name: 'a.jpg', sha256: 'ab'.repeat(32), widthPx: 4, heightPx: 4 } as ImageRecord;
const embedded: EmbeddedImage = { value: { bytes: Uint8Array.of(1), path: 'x.jpg' }, sha256: 'cd'.repeat(32), widthPx: 4, heightPx: 4 };

class Draft {
  doc: Doc = startDoc();
  do(make: (doc: Doc) => Parameters<typeof applyOps>[1]): this {
    this.doc = applyOps(this.doc, make(this.doc)).doc;
    return this;
  }
}
const pixmo = (doc: Doc) => pixmoParquet.map({ image, doc }, embedded, 'train');
const molmo = (doc: Doc) => molmoFolders.map({ image, doc }, embedded, 'train');
const reasons = (mapped: { findings: readonly { reason: string }[] }) => mapped.findings.map((finding) => finding.reason);
function pointing(draft: Draft, label: string, points: [number, number][], presence: 'present' | 'absent' = 'present'): Draft {
  draft.do(() => authoring.addPointSet(AUTHOR_ID, label, presence));
  const set = draft.doc.pointSet.at(-1)!;
  for (const [x, y] of points) draft.do((doc) => authoring.addPoint(doc, set.id, x, y));
  return draft;
}

test('a caption is a row with its own text as the transcript; a blank one is none', () => {
  const { doc } = new Draft().do(() => authoring.addCaption(AUTHOR_ID, ' Two dogs.\n')).do(() => authoring.addCaption(AUTHOR_ID, ' \u3000\n'));
  expect(pixmo(doc).rows['cap']).toEqual([
    { image_url: `sha256:${image.sha256}`, image_sha256: embedded.sha256, image: embedded.value, caption: 'Two dogs.', transcripts: ['Two dogs.'] },
  ]);
  expect(molmo(doc).rows['cap']).toEqual([{ image_url: `sha256:${image.sha256}`, image: embedded.value, caption: 'Two dogs.', transcripts: ['Two dogs.'] }]);
  expect(pixmo(doc).findings).toEqual([]);
});

test('half a surrogate pair becomes the replacement character, as UTF-8 would make of it', () => {
  const { doc } = new Draft().do(() => authoring.addCaption(AUTHOR_ID, 'a\ud83d b'));
  expect(pixmo(doc).rows['cap']![0]!['caption']).toBe('a\ufffd b');
});

test("points are in Molmo's order with full coordinates; absent is an empty list; unfinished is left out and told", () => {
  const draft = pointing(new Draft(), 'dog', [
    [50.04, 1],
    [50.01, 2],
    [3.123456789, 99],
  ]);
  pointing(draft, 'cat', [], 'absent');
  pointing(draft, 'begun', []);
  draft.do((doc) => authoring.editPointSet(doc, doc.pointSet[0]!.id, { method: 'counting' }));
  const mapped = pixmo(draft.doc);
  expect(mapped.rows['points']!.map(({ label, points, count, collection_method }) => ({ label, points, count, collection_method }))).toEqual([
    {
      label: 'dog',
      points: [
        { x: 3.123456789, y: 99 },
        { x: 50.04, y: 1 },
        { x: 50.01, y: 2 },
      ],
      count: 3,
      collection_method: 'counting',
    },
    { label: 'cat', points: [], count: 0, collection_method: 'pointing' },
  ]);
  expect(mapped.findings).toEqual([{ reason: 'points-unfinished', detail: 'begun' }]);
});

test('prepared points are one row an image and method, with lists of equal length over its labels', () => {
  const draft = pointing(pointing(pointing(new Draft(), 'dog', [[1, 2]]), 'ball', [], 'absent'), 'coin', [[5, 6]]);
  draft.do((doc) => authoring.editPointSet(doc, doc.pointSet[2]!.id, { method: 'counting' }));
  const { rows } = molmo(draft.doc);
  expect(rows['points-pointing']).toMatchObject([
    { label: ['dog', 'ball'], points: [[{ x: 1, y: 2 }], []], count: [1, 0], collection_method: ['pointing', 'pointing'] },
  ]);
  expect(rows['points-counting']).toMatchObject([{ label: ['coin'], count: [1] }]);
});

test('labels that trap a reader stay in the data and are told', () => {
  const draft = pointing(pointing(new Draft(), 'the "big" <dog>', [[1, 2]]), 'THE "BIG" <dog>', [[3, 4]]);
  const many = pointing(
    new Draft(),
    'coin',
    Array.from({ length: 41 }, (_, i): [number, number] => [i, i]),
  );
  expect(pixmo(draft.doc).rows['points']).toHaveLength(2);
  expect(reasons(pixmo(draft.doc))).toEqual(['label-unsafe', 'label-unsafe', 'label-repeated']);
  expect(reasons(molmo(many.doc))).toEqual(['many-points']);
  many.do((doc) => authoring.editPointSet(doc, doc.pointSet[0]!.id, { label: '  ' }));
  expect([pixmo(many.doc).rows['points'], reasons(pixmo(many.doc))]).toEqual([[], ['label-blank']]);
});

test('a conversation is a row a pair; later turns are told, halves are left out and told, untouched pairs are neither', () => {
  const draft = new Draft().do(() => authoring.addThread(AUTHOR_ID, 'What is it?', 'A dog.'));
  const thread = draft.doc.thread[0]!.id;
  draft.do(() => authoring.addTurns(thread, 'Which breed?', 'A collie.'));
  draft.do(() => authoring.addTurns(thread, 'And then?', ' '));
  draft.do(() => authoring.addThread(AUTHOR_ID));
  draft.do(() => authoring.addThread(AUTHOR_ID, '', 'Blue.'));
  const mapped = pixmo(draft.doc);
  expect(mapped.rows['ask-model-anything']!.map(({ question, answer }) => [question, answer])).toEqual([
    ['What is it?', 'A dog.'],
    ['Which breed?', 'A collie.'],
  ]);
  expect(mapped.findings).toEqual([
    { reason: 'later-turn', detail: 'Which breed?' },
    { reason: 'question-unanswered', detail: 'And then?' },
    { reason: 'answer-unasked', detail: 'Blue.' },
  ]);
});

test('whatever was done to a document, every written thing is in a row or in a finding, and rows fit their columns', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 60 }), (actions) => {
      let doc = startDoc();
      for (const action of actions) doc = applyOps(doc, opsOf(doc, action)).doc;
      const mapped = pixmo(doc);
      const leftOut = (reason: string) => reasons(mapped).filter((one) => one === reason).length;
      const rows = mapped.rows['points']!;
      expect(rows.length + leftOut('points-unfinished') + leftOut('absent-with-points') + leftOut('label-blank')).toBe(labelSets(doc).length);
      const pointed = rows.reduce((sum, row) => sum + (row['count'] as number), 0);
      expect(pointed).toBe(rows.reduce((sum, row) => sum + (row['points'] as readonly Xy[]).length, 0));
      expect(mapped.rows['cap']).toHaveLength(doc.caption.filter((caption) => caption.text.trim() !== '').length);
      const written = doc.turn.filter((turn) => readableAnswer(doc, turn).trim() !== '').length;
      expect(mapped.rows['ask-model-anything']!.length * 2 + leftOut('question-unanswered') + leftOut('answer-unasked')).toBe(written);
      for (const format of [pixmoParquet, molmoFolders]) {
        const all = format.map({ image, doc }, embedded, 'train');
        for (const table of format.tables) {
          const names = table.columns.map((column) => column.name).sort();
          for (const row of all.rows[table.name]!) expect(Object.keys(row).sort()).toEqual(names);
        }
      }
      const grouped = [...molmo(doc).rows['points-pointing']!, ...molmo(doc).rows['points-counting']!];
      const labels = (list: readonly Row[]) => list.flatMap((row) => row['label'] as string | readonly string[]).sort();
      expect(labels(grouped)).toEqual(labels(rows));
    }),
    { numRuns: 300 },
  );
});
