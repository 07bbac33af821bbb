import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionArbitrary, AUTHOR_ID, IMAGE_ID, opsOf, startDoc } from '../testing/random-work.ts';
import { addCaption, asDraft, setText } from './authoring.ts';
import { newId } from './ids.ts';
import { assignmentStates, type Doc, emptyDoc, type ImageState, imageStates } from './model.ts';
import { applyOps, invertOps, type Op } from './ops.ts';
import * as review from './review.ts';

const [ada, ben] = [newId(), newId()] as const;
const after = (doc: Doc, ...edits: ((doc: Doc) => readonly Op[])[]): Doc => {
  let now = doc;
  for (const edit of edits) {
    const applied = applyOps(now, edit(now));
    expect(applied.conflicts).toEqual([]);
    now = applied.doc;
  }
  return now;
};
const give = (personId: string) => () => review.addAssignment(AUTHOR_ID, personId, { kind: 'annotate', blind: true });
const both = () => after(emptyDoc(IMAGE_ID), give(ada), give(ben));

test('an image that nobody was given is where its status says, in every state', () => {
  for (const state of imageStates) expect(review.stateOf(after(emptyDoc(IMAGE_ID), (doc) => review.changeState(doc, ada, state)))).toBe(state);
});

test('it is submitted only once every annotator submitted, and in work from the first one’s beginning', () => {
  const begun = after(both(), (doc) => review.setWorkState(doc, ada, 'draft'));
  expect(review.stateOf(both())).toBe('todo');
  expect(review.stateOf(begun)).toBe('draft');
  const one = after(begun, (doc) => review.setWorkState(doc, ada, 'submitted'));
  expect(review.stateOf(one)).toBe('draft');
  expect([review.workStateOf(one, ada), review.workStateOf(one, ben)]).toEqual(['submitted', 'todo']);
  expect(review.stateOf(after(one, (doc) => review.setWorkState(doc, ben, 'submitted')))).toBe('submitted');
});

test('the shown state of every status and pair of parts is what the rule says', () => {
  for (const status of imageStates) {
    for (const first of assignmentStates) {
      for (const second of assignmentStates) {
        const doc = both();
        const [a, b] = doc.assignment;
        const now: Doc = {
          ...doc,
          status: [{ ...doc.status[0]!, state: status }],
          assignment: [
            { ...a!, state: first },
            { ...b!, state: second },
          ],
        };
        const parts = [first, second];
        const done = (state: string) => state === 'submitted' || state === 'accepted';
        const wanted: ImageState = ['in-review', 'accepted', 'returned'].includes(status)
          ? status
          : parts.includes('returned')
            ? 'returned'
            : parts.every(done)
              ? 'submitted'
              : status === 'todo' && parts.every((state) => state === 'todo')
                ? 'todo'
                : 'draft';
        expect(review.stateOf(now), [status, ...parts].join(' ')).toBe(wanted);
      }
    }
  }
});

test('annotators of two copies say how far they are without a conflict, in either order', () => {
  const start = both();
  const [mine, theirs] = [review.setWorkState(start, ada, 'submitted'), review.setWorkState(start, ben, 'submitted')];
  for (const ops of [
    [...mine, ...theirs],
    [...theirs, ...mine],
  ]) {
    const applied = applyOps(start, ops);
    expect(applied.conflicts).toEqual([]);
    expect(review.stateOf(applied.doc)).toBe('submitted');
  }
});

test('two who said the same have no conflict; who said another thing has', () => {
  const start = emptyDoc(IMAGE_ID);
  const ops = review.setWorkState(start, null, 'submitted');
  expect(applyOps(start, [...ops, ...review.acceptImage(start)]).conflicts).toHaveLength(1);
  const twice = applyOps(start, [...ops, ...ops]);
  expect(twice.conflicts).toEqual([]);
  expect(twice.changes).toHaveLength(1);
});

test('what was returned says why until it is submitted again, also after an edit', () => {
  const submitted = after(
    emptyDoc(IMAGE_ID),
    () => addCaption(ada, 'Two dogs.'),
    (doc) => review.setWorkState(doc, ada, 'submitted'),
  );
  const returned = after(submitted, (doc) => review.returnImage(doc, 'missing-object'));
  expect(returned.status[0]).toMatchObject({ state: 'returned', returnReason: 'missing-object' });
  const edited = after(returned, (doc) => asDraft(doc, setText(doc, 'caption', doc.caption[0]!.id, 'Three dogs.'), ada));
  expect(edited.status[0]).toMatchObject({ state: 'draft', returnReason: 'missing-object' });
  const again = after(edited, (doc) => review.setWorkState(doc, ada, 'submitted'));
  expect(again.status[0]).toEqual({ id: IMAGE_ID, state: 'submitted', excluded: false });
});

test('of two annotators the one whose part was returned works on, the other’s part stays submitted', () => {
  const submitted = after(
    both(),
    (doc) => review.setWorkState(doc, ada, 'submitted'),
    (doc) => review.setWorkState(doc, ben, 'submitted'),
  );
  const returned = after(submitted, review.startReview, (doc) => review.returnImage(doc, 'too-short', ada));
  expect(returned.assignment.map((part) => part.state)).toEqual(['returned', 'submitted']);
  const again = after(returned, (doc) => review.setWorkState(doc, ada, 'submitted'));
  expect(review.stateOf(again)).toBe('submitted');
  const accepted = after(again, review.acceptImage);
  expect([review.stateOf(accepted), ...accepted.assignment.map((part) => part.state)]).toEqual(['accepted', 'accepted', 'accepted']);
});

test('a comment, an assignment or a reviewer’s correction puts nothing back to draft', () => {
  const submitted = after(
    emptyDoc(IMAGE_ID),
    () => addCaption(ada, 'Two dogs.'),
    (doc) => review.setWorkState(doc, ada, 'submitted'),
  );
  const comment = review.addComment(ben, { targetKind: 'image', targetId: IMAGE_ID }, 'Where is the cat?');
  expect(asDraft(submitted, comment, ben)).toEqual(comment);
  const inReview = after(submitted, review.startReview);
  const corrected = after(inReview, (doc) => asDraft(doc, setText(doc, 'caption', doc.caption[0]!.id, 'Two cats.'), ben));
  expect(review.stateOf(corrected)).toBe('in-review');
});

test('answers go with their comment, and what is resolved or an answer is not open', () => {
  const said = after(emptyDoc(IMAGE_ID), () => review.addComment(ben, { targetKind: 'image', targetId: IMAGE_ID }, ' Which one? '));
  const first = said.comment[0]!;
  const answered = after(
    said,
    (doc) => review.replyTo(doc, ada, first.id, 'The left one.'),
    (doc) => review.replyTo(doc, ben, doc.comment[1]!.id, 'Thanks.'),
  );
  expect(answered.comment.map((row) => [row.text, row.replyTo])).toEqual([
    ['Which one?', undefined],
    ['The left one.', first.id],
    ['Thanks.', first.id],
  ]);
  expect(review.openComments(answered)).toHaveLength(1);
  const resolved = after(answered, (doc) => review.setResolved(doc, first.id, true));
  expect(review.openComments(resolved)).toEqual([]);
  expect(review.openComments(after(resolved, (doc) => review.setResolved(doc, first.id, false)))).toHaveLength(1);
  expect(after(resolved, (doc) => review.removeComment(doc, first.id)).comment).toEqual([]);
  expect(review.addComment(ben, { targetKind: 'image', targetId: IMAGE_ID }, '  ')).toEqual([]);
});

test('the words of a comment are found where they moved to, the nearest of several, and not where they are gone', () => {
  expect(review.findQuote('a dog and a dog', { quote: 'dog', at: 12 })).toEqual({ from: 12, to: 15 });
  expect(review.findQuote('A red dog.', { quote: 'dog', at: 2 })).toEqual({ from: 6, to: 9 });
  expect(review.findQuote('A cat.', { quote: 'dog', at: 2 })).toBeNull();
  expect(review.findQuote('犬が二匹いる', { quote: '二匹', at: 0 })).toEqual({ from: 2, to: 4 });
});

test('every random edit of work and review can be taken back', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 25 }), (actions) => {
      let doc = startDoc();
      for (const action of actions) {
        const ops = opsOf(doc, action);
        const applied = applyOps(doc, ops);
        expect(applied.conflicts).toEqual([]);
        expect(applyOps(applied.doc, invertOps(ops)).doc).toEqual(doc);
        doc = applied.doc;
      }
    }),
    { numRuns: 150 },
  );
});
