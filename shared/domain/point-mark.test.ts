import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionArbitrary, AUTHOR_ID, opsOf, startDoc } from '../testing/random-work.ts';
import * as authoring from './authoring.ts';
import type { Doc } from './model.ts';
import { applyOps, invertOps, type Op } from './ops.ts';
import { isInline, labelSets, markedSets, markNumbers } from './point-mark.ts';

const apply = (doc: Doc, make: (doc: Doc) => readonly Op[]): Doc => applyOps(doc, make(doc)).doc;
const lost = (doc: Doc) => doc.pointSet.filter((set) => isInline(set) && !doc.turn.some((turn) => markedSets(turn.text).includes(set.id)));

/** An answer "a <mark> b <mark>" with a point at each mark. */
function marked(): Doc {
  let doc = apply(startDoc(), () => authoring.addThread(AUTHOR_ID, 'q', 'a one b two'));
  const answer = doc.turn[1]!.id;
  doc = apply(doc, (now) => authoring.addMark(now, AUTHOR_ID, answer, 8, 'two', undefined, 11));
  doc = apply(doc, (now) => authoring.addMark(now, AUTHOR_ID, answer, 2, 'one', undefined, 5));
  for (const set of doc.pointSet) doc = apply(doc, (now) => authoring.addPoint(now, set.id, 1, 2));
  return doc;
}

test('chips are numbered in the order of the sentence, whenever they were made', () => {
  const doc = marked();
  const numbers = markNumbers(doc);
  expect(doc.pointSet.map((set) => [set.label, numbers.get(set.id)])).toEqual([
    ['two', 2],
    ['one', 1],
  ]);
  expect(labelSets(doc)).toEqual([]);
});

test('whatever an answer becomes, no points are left behind, and the inverse gives all of it back', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.string(), (a, b, put) => {
      const doc = marked();
      const { id, text } = doc.turn[1]!;
      const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number];
      const ops = authoring.setAnswer(doc, id, text.slice(0, from) + put + text.slice(to));
      const after = applyOps(doc, ops);
      expect(after.conflicts).toEqual([]);
      expect(lost(after.doc)).toEqual([]);
      expect(applyOps(after.doc, invertOps(ops)).doc).toEqual(doc);
    }),
  );
});

test('sets whose mark is gone are tidied away, and no other', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 40 }), (actions) => {
      const doc = actions.reduce((now, action) => apply(now, (at) => opsOf(at, action)), marked());
      const ops = authoring.removeLostSets(doc, AUTHOR_ID);
      const after = applyOps(doc, ops);
      expect(after.conflicts).toEqual([]);
      expect(lost(after.doc)).toEqual([]);
      expect(after.doc.pointSet).toHaveLength(doc.pointSet.length - lost(doc).length);
    }),
  );
});
