import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AUTHOR_ID, actionArbitrary, opsOf, startDoc } from '../testing/random-work.ts';
import * as authoring from './authoring.ts';
import { type Doc } from './model.ts';
import { applyOps } from './ops.ts';
import { diffItem, summarise } from './release-diff.ts';

const size = { widthPx: 300, heightPx: 400 };
const after = (doc: Doc, ...makes: ((doc: Doc) => Parameters<typeof applyOps>[1])[]) => makes.reduce((now, make) => applyOps(now, make(now)).doc, doc);
const kindsOf = (from: Doc | null, to: Doc | null) => diffItem(from, to, size, []).map(({ kind, count }) => [kind, count]);

test('each kind of change is told once, with what it was before', () => {
  const first = after(
    startDoc(),
    () => authoring.addCaption(AUTHOR_ID, 'A dog.'),
    () => authoring.addThread(AUTHOR_ID, 'Is it old?', 'Yes.'),
    () => authoring.addPointSet(AUTHOR_ID, 'dog'),
    (doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 10, 10),
    (doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 20, 20),
  );
  const [moved, gone] = first.point;
  const second = after(
    first,
    () =>
      [
        { op: 'set', kind: 'point', id: moved!.id, before: { xPct: 10, yPct: 10 }, after: { xPct: 10, yPct: 60 } },
        { op: 'remove', kind: 'point', row: gone! },
      ] as never,
    (doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 70, 70),
    () => authoring.addPointSet(AUTHOR_ID, 'cat', 'absent'),
    (doc) => authoring.setState(doc, 'accepted'),
    (doc) => [{ op: 'set', kind: 'turn', id: doc.turn[1]!.id, before: { text: 'Yes.' }, after: { text: 'No.' } }] as never,
  );
  const distances: number[] = [];
  const changes = diffItem(first, second, size, distances);
  expect(changes.map(({ kind, before, after: now, count }) => [kind, before, now, count])).toEqual([
    ['state', first.status[0]!.state, 'accepted', 1],
    ['answer-changed', 'Yes.', 'No.', 1],
    ['label-added', '', 'cat', 1],
    ['points-added', 'dog', 'dog', 1],
    ['points-removed', 'dog', 'dog', 1],
    ['points-moved', 'dog', 'dog', 1],
  ]);
  // 200 of 500 pixels of the diagonal.
  expect(distances).toEqual([0.4 * 100].map((value) => expect.closeTo(value)));
  expect(summarise('a', 'b', [{ imageId: 'x', name: 'x', sha256: '', changes }], distances, 10)).toMatchObject({
    images: 1,
    moved: { medianPct: expect.closeTo(40) },
  });
});

const compare = (a: readonly unknown[], b: readonly unknown[]) => (String(a) < String(b) ? -1 : 1);

test('nothing is told of a state against itself, and the way back has as many changes as the way there', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 20 }), fc.array(actionArbitrary, { maxLength: 20 }), (one, two) => {
      const first = after(startDoc(), ...one.map((action) => (doc: Doc) => opsOf(doc, action)));
      const second = after(first, ...two.map((action) => (doc: Doc) => opsOf(doc, action)));
      expect(diffItem(first, first, size, [])).toEqual([]);
      const opposite: Record<string, string> = { added: 'removed', removed: 'added' };
      const there = kindsOf(first, second).map(([kind, count]) => [
        String(kind)
          .replace(/added|removed/, (word) => opposite[word]!)
          .replace('image-removed', 'image-left')
          .replace('image-left', 'image-added'),
        count,
      ]);
      expect(there.filter(([kind]) => !String(kind).startsWith('image')).sort(compare)).toEqual(
        kindsOf(second, first)
          .filter(([kind]) => !String(kind).startsWith('image'))
          .sort(compare),
      );
    }),
    { numRuns: 60 },
  );
});

test('an image that came is told with all its work', () => {
  const doc = after(startDoc(), () => authoring.addCaption(AUTHOR_ID, 'A dog.'));
  expect(kindsOf(null, doc)).toEqual([
    ['image-added', 1],
    ['caption-added', 1],
  ]);
});
