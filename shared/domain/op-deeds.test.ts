import { expect, test } from 'vitest';
import * as authoring from './authoring.ts';
import { newId } from './ids.ts';
import { type Doc, emptyDoc } from './model.ts';
import { deedsOfOps, type OpNames } from './op-deeds.ts';
import { applyOps, invertOps, type Op } from './ops.ts';
import * as review from './review.ts';
import { rowById } from './row-ops.ts';

const imageId = newId();
const me = newId();
const nobody: OpNames = { label: () => null, setOf: () => null, role: () => null };
const namesIn = (doc: Doc): OpNames => ({
  label: (id) => rowById(doc, 'pointSet', id)?.label ?? null,
  setOf: (id) => rowById(doc, 'point', id)?.setId ?? null,
  role: (id) => rowById(doc, 'turn', id)?.role ?? null,
});
const told = (ops: readonly Op[], names: OpNames) => deedsOfOps(ops, names).map(({ what, count, place, name }) => [what, count, place ?? name].join(' '));
const after = (doc: Doc, ops: readonly Op[]) => applyOps(doc, ops).doc;

test('points of one label are one deed with their number, and a move finds its label by what is there now', () => {
  const set = newId();
  const labelled = after(emptyDoc(imageId), authoring.addPointSet(me, 'dog', 'present', set));
  const add = [...authoring.addPoint(labelled, set, 1, 1), ...authoring.addPoint(labelled, set, 2, 2)];
  const doc = after(labelled, add);
  const move = doc.point.flatMap((point) => authoring.movePoint(doc, point.id, 9, 9));
  expect(told(add, namesIn(doc))).toEqual(['points-added 2 dog']);
  expect(told(move, namesIn(doc))).toEqual(['points-moved 2 dog']);
  expect(told(invertOps(add), namesIn(doc))).toEqual(['points-removed 2 dog']);
  expect(told(move, nobody)).toEqual(['points-moved 2 ']);
});

test('a label that is taken out with its points is named though nobody knows it any more', () => {
  const set = newId();
  const labelled = after(emptyDoc(imageId), authoring.addPointSet(me, 'cat', 'present', set));
  const doc = after(labelled, authoring.addPoint(labelled, set, 1, 1));
  expect(told(authoring.removePointSet(doc, set), nobody)).toEqual(expect.arrayContaining(['label-removed 1 cat', 'points-removed 1 cat']));
});

test('texts are told by their words and by where they stand', () => {
  const caption = newId();
  const add = authoring.addCaption(me, 'Two brown dogs', caption);
  const doc = after(emptyDoc(imageId), [...add, ...authoring.addThread(me, 'How many?', 'Two.')]);
  expect(told(add, nobody)).toEqual(['wrote 3 caption']);
  expect(told(authoring.setText(doc, 'caption', caption, 'Two brown dogs run away'), nobody)).toEqual(['wrote 2 caption']);
  expect(told(authoring.setText(doc, 'caption', caption, 'Two dogs'), nobody)).toEqual(['cut 1 caption']);
  expect(told(authoring.setText(doc, 'turn', doc.turn[0]!.id, 'How much?'), namesIn(doc))).toEqual(['rewrote 1 question']);
  expect(told(authoring.addThread(me, 'What is it?', 'A dog.'), nobody)).toEqual(['wrote 3 question', 'wrote 2 answer']);
  expect(told(authoring.removeCaption(doc, caption), nobody)).toEqual(['text-removed 1 caption']);
});

test('what is said about the work is told, and that work began is not', () => {
  const doc = emptyDoc(imageId);
  expect(told(authoring.setState(doc, 'submitted'), nobody)).toEqual(['state 1 submitted']);
  expect(told(authoring.setState(doc, 'draft'), nobody)).toEqual(['nothing 1 ']);
  expect(told(authoring.setExcluded(doc, true), nobody)).toEqual(['taken-out 1 ']);
  const comment = review.addComment(me, { targetKind: 'image', targetId: imageId }, 'Look.');
  const withComment = after(doc, comment);
  expect(told(comment, nobody)).toEqual(['commented 1 ']);
  expect(told(review.setResolved(withComment, withComment.comment[0]!.id, true), nobody)).toEqual(['comment-settled 1 ']);
  expect(told(review.addAssignment(me, me, { kind: 'annotate', blind: true }), nobody)).toEqual(['assigned 1 annotate']);
});
