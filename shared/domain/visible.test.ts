import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionArbitrary, AUTHOR_ID, IMAGE_ID, opsOf } from '../testing/random-work.ts';
import { addCaption, addPoint, addPointSet, addThread } from './authoring.ts';
import type { LoggedEvent } from './events.ts';
import { newId } from './ids.ts';
import { type Doc, emptyDoc } from './model.ts';
import { applyOps, type Op } from './ops.ts';
import * as review from './review.ts';
import { touchesHidden, viewOf, visibleDoc, visibleEvents } from './visible.ts';

const [ada, ben, lea] = [newId(), newId(), newId()] as const;
const after = (doc: Doc, ...edits: ((doc: Doc) => readonly Op[])[]): Doc => edits.reduce((now, edit) => applyOps(now, edit(now)).doc, doc);
const blind = { kind: 'annotate', blind: true } as const;
const work = (by: string) => [
  () => addCaption(by, `By ${by}`),
  () => addThread(by, 'How many?', 'Two.'),
  () => addPointSet(by, 'dog'),
  (doc: Doc) => addPoint(doc, doc.pointSet.find((set) => set.authorId === by)!.id, 1, 2),
];
const shared = () =>
  after(
    emptyDoc(IMAGE_ID),
    () => review.addAssignment(lea, ada, blind),
    () => review.addAssignment(lea, ben, blind),
    ...work(ada),
    ...work(ben),
  );

test('who works blind sees their own rows and nothing of another annotator’s', () => {
  const doc = shared();
  const seen = visibleDoc(doc, viewOf(doc, ada, 'annotator'));
  for (const kind of ['caption', 'thread', 'pointSet'] as const) expect(seen[kind].map((row) => row.authorId)).toEqual([ada]);
  expect([seen.turn.length, seen.point.length, seen.assignment.length]).toEqual([2, 1, 1]);
  expect(JSON.stringify(seen)).not.toContain(ben);
});

test('reviewers, leads and people whose work is not blind see all of it', () => {
  const doc = shared();
  for (const role of ['reviewer', 'lead'] as const) expect(visibleDoc(doc, viewOf(doc, ada, role))).toBe(doc);
  expect(viewOf(doc, lea, 'annotator')).toBeNull();
  const open = after(emptyDoc(IMAGE_ID), () => review.addAssignment(lea, ada, { kind: 'annotate', blind: false }));
  expect(viewOf(open, ada, 'annotator')).toBeNull();
});

test('a reviewer’s comment on one’s own rows is seen, and no comment on or by another annotator', () => {
  const doc = after(
    shared(),
    (now) => review.addComment(lea, { targetKind: 'caption', targetId: now.caption.find((row) => row.authorId === ada)!.id }, 'to Ada'),
    (now) => review.addComment(lea, { targetKind: 'caption', targetId: now.caption.find((row) => row.authorId === ben)!.id }, 'to Ben'),
    () => review.addComment(ben, { targetKind: 'image', targetId: IMAGE_ID }, 'from Ben'),
    () => review.addComment(lea, { targetKind: 'image', targetId: IMAGE_ID }, 'to both'),
  );
  expect(visibleDoc(doc, viewOf(doc, ada, 'annotator')).comment.map((row) => row.text)).toEqual(['to Ada', 'to both']);
});

test('an edit made on what is seen fits the whole, and one of what is hidden is known', () => {
  const doc = shared();
  const view = viewOf(doc, ada, 'annotator');
  const seen = visibleDoc(doc, view);
  const own = addPoint(seen, seen.pointSet[0]!.id, 50, 50);
  expect(touchesHidden(doc, own, view)).toBe(false);
  const whole = applyOps(doc, own);
  expect(whole.conflicts).toEqual([]);
  expect(visibleDoc(whole.doc, view)).toEqual(applyOps(seen, own).doc);
  const others = doc.caption.find((row) => row.authorId === ben)!;
  expect(touchesHidden(doc, [{ op: 'remove', kind: 'caption', row: others }], view)).toBe(true);
  expect(touchesHidden(doc, [{ op: 'remove', kind: 'caption', row: others }], null)).toBe(false);
});

test('whatever others do, seen work is what one’s own edits make of it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), actionArbitrary), { maxLength: 30 }), (steps) => {
      // The random author is Ada; Ben’s rows are made by the same actions under another name.
      let whole = after(
        emptyDoc(IMAGE_ID),
        () => review.addAssignment(lea, AUTHOR_ID, blind),
        () => review.addAssignment(lea, ben, blind),
      );
      const isContentOp = (op: Op) => !['status', 'assignment', 'comment', 'dismissal'].includes(op.kind);
      for (const [mine, action] of steps) {
        const view = viewOf(whole, mine ? AUTHOR_ID : ben, 'annotator');
        const seen = visibleDoc(whole, view);
        const ops = opsOf(seen, action).filter(isContentOp);
        const signed = mine ? ops : (JSON.parse(JSON.stringify(ops).replaceAll(AUTHOR_ID, ben)) as Op[]);
        const before = visibleDoc(whole, viewOf(whole, mine ? ben : AUTHOR_ID, 'annotator'));
        expect(touchesHidden(whole, signed, view)).toBe(false);
        const applied = applyOps(whole, signed);
        expect(applied.conflicts).toEqual([]);
        whole = applied.doc;
        expect(visibleDoc(whole, viewOf(whole, mine ? ben : AUTHOR_ID, 'annotator'))).toEqual(before);
      }
    }),
    { numRuns: 100 },
  );
});

test('the history shows one’s own edits and what was said of the state, and nothing another annotator did', () => {
  const doc = after(shared(), () => review.addComment(lea, { targetKind: 'image', targetId: IMAGE_ID }, 'Go on.'));
  const part = doc.assignment.find(({ personId }) => personId === ada)!;
  const given = part.createdAt;
  const event = (seq: number, userId: string, ops: readonly Op[]): LoggedEvent => ({
    id: newId(),
    seq,
    imageId: IMAGE_ID,
    rev: seq,
    userId,
    deviceId: ada,
    at: given + seq,
    groupId: newId(),
    action: 'edit',
    refGroupId: null,
    ops,
  });
  const events = [
    event(1, ada, addCaption(ada, 'mine')),
    event(2, ben, addCaption(ben, 'theirs')),
    event(3, lea, [...review.startReview(doc), ...addCaption(lea, 'corrected')]),
    event(4, lea, [{ op: 'add', kind: 'comment', row: doc.comment[0]! }]),
    event(5, lea, addCaption(lea, 'another')),
    event(6, lea, [{ op: 'add', kind: 'assignment', row: part }]),
    // What was said before it was given was not said of this work.
    event(-1, lea, review.acceptImage(emptyDoc(IMAGE_ID))),
  ];
  const seen = visibleEvents(events, doc, viewOf(doc, ada, 'annotator'));
  expect(seen.map(({ seq, ops }) => [seq, ops.map((op) => op.kind)])).toEqual([
    [1, ['caption']],
    [3, ['status']],
    [4, ['comment']],
    [6, ['assignment']],
  ]);
  expect(JSON.stringify(seen)).not.toContain('"blind":true');
  expect(visibleEvents(events, doc, null)).toHaveLength(7);
});
