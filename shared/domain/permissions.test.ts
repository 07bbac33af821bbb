import { expect, test } from 'vitest';
import { IMAGE_ID } from '../testing/random-work.ts';
import { contract } from '../rpc/contract.ts';
import { methodActions } from '../rpc/method-actions.ts';
import { addCaption, addPoint, addPointSet, addThread, removeCaption, setExcluded, setText } from './authoring.ts';
import { newId } from './ids.ts';
import { type Doc, emptyDoc, imageStates } from './model.ts';
import { applyOps, type Op } from './ops.ts';
import { actionsOf, imageActions, permits, permitsProject, personRoles, projectActions, refusalOf } from './permissions.ts';
import * as review from './review.ts';

const [ada, ben] = [newId(), newId()] as const;
const after = (doc: Doc, ...edits: ((doc: Doc) => readonly Op[])[]): Doc => edits.reduce((now, edit) => applyOps(now, edit(now)).doc, doc);

/** The table as a person reads it: role, action, and a letter for each state in which it is allowed. */
const LETTERS = { todo: 't', draft: 'd', submitted: 's', 'in-review': 'i', accepted: 'a', returned: 'r' } as const;
const TABLE = `
annotator write         t d s - - r
annotator write-others  t d - - - r
annotator comment       t d s i a r
annotator review        - - - - - -
annotator assign        - - - - - -
reviewer  write         t d s i a r
reviewer  write-others  t d s i a r
reviewer  comment       t d s i a r
reviewer  review        - - s i a r
reviewer  assign        - - - - - -
lead      write         t d s i a r
lead      write-others  t d s i a r
lead      comment       t d s i a r
lead      review        t d s i a r
lead      assign        t d s i a r
`;

test('every combination of role, action and state is decided as the table says', () => {
  const lines = personRoles.flatMap((role) =>
    imageActions.map(
      (action) => `${role.padEnd(9)} ${action.padEnd(13)} ${imageStates.map((state) => (permits(role, action, state) ? LETTERS[state] : '-')).join(' ')}`,
    ),
  );
  expect(lines.join('\n')).toBe(TABLE.trim());
});

test('the project is inspected and exported by reviewers, changed by leads, and by nobody without a role', () => {
  const allowed = personRoles.map((role) => [role, projectActions.filter((action) => permitsProject(role, action))]);
  expect(allowed).toEqual([
    ['annotator', []],
    ['reviewer', ['inspect', 'export']],
    ['lead', ['inspect', 'export', 'import', 'configure', 'release', 'people']],
  ]);
  for (const action of imageActions) for (const state of imageStates) expect(permits(null, action, state)).toBe(false);
  for (const action of projectActions) expect(permitsProject(null, action)).toBe(false);
});

test('every method of a lead names the right that it needs', () => {
  const without = Object.entries(contract).filter(([name, { role }]) => role === 'lead' && !(name in methodActions));
  expect(without.map(([name]) => name)).toEqual([]);
});

test('an edit needs what it does: own rows, others’ rows, comments, review, assignments', () => {
  const doc = after(
    emptyDoc(IMAGE_ID),
    () => addCaption(ada, 'Two dogs.'),
    () => addThread(ben, 'How many?', 'Two.'),
    () => addPointSet(ada, 'dog'),
    () => review.addComment(ben, { targetKind: 'image', targetId: IMAGE_ID }, 'Look again.'),
    () => review.addAssignment(ben, ada, { kind: 'annotate', blind: false }),
    () => review.addDismissal(ada, 'caption-short', IMAGE_ID, 'It is a plain wall.'),
  );
  const needs = (ops: readonly Op[], by = ada, of = doc) => [...actionsOf(of, ops, by)].sort().join(' ');
  const [caption, turn, set, comment, part] = [doc.caption[0]!, doc.turn[1]!, doc.pointSet[0]!, doc.comment[0]!, doc.assignment[0]!];
  expect(needs(setText(doc, 'caption', caption.id, 'Three dogs.'))).toBe('write');
  expect(needs(setText(doc, 'caption', caption.id, 'Three dogs.'), ben)).toBe('write-others');
  expect(needs(setText(doc, 'turn', turn.id, 'Three.'))).toBe('write-others');
  expect(needs(addPoint(doc, set.id, 1, 2))).toBe('write');
  expect(needs(addPoint(doc, set.id, 1, 2), ben)).toBe('write-others');
  expect(needs(addThread(ada, 'Which?', 'Both.'))).toBe('write');
  expect(needs([...removeCaption(doc, caption.id), ...setText(doc, 'turn', turn.id, '')])).toBe('write write-others');
  expect(needs(setExcluded(doc, true))).toBe('write');
  expect(needs(review.setWorkState(doc, ada, 'submitted'))).toBe('write');
  expect(needs(review.setWorkState(doc, ada, 'submitted'), ben)).toBe('review');
  expect(needs(review.acceptImage(doc))).toBe('review');
  expect(needs(review.returnImage(doc, 'language'))).toBe('review');
  expect(needs(review.startReview(doc))).toBe('review');
  const accepted = after(doc, review.acceptImage);
  expect(needs(review.setWorkState(accepted, ada, 'draft'), ada, accepted)).toBe('review');
  expect(needs(review.removeAssignment(doc, part.id))).toBe('assign');
  expect(needs(review.addAssignment(ada, ada, { kind: 'annotate', blind: false }))).toBe('assign');
  expect(needs(review.replyTo(doc, ada, comment.id, 'I did.'))).toBe('comment');
  expect(needs(review.setResolved(doc, comment.id, true))).toBe('comment');
  expect(needs(review.removeComment(doc, comment.id))).toBe('review');
  expect(needs(review.removeComment(doc, comment.id), ben)).toBe('comment');
  expect(needs(review.removeDismissal(doc, doc.dismissal[0]!.id), ben)).toBe('review');
});

test('who claims in an op to be the author of another’s row is not believed', () => {
  const doc = after(emptyDoc(IMAGE_ID), () => addCaption(ben, 'Two dogs.'));
  const claimed: Op = { op: 'remove', kind: 'caption', row: { ...doc.caption[0]!, authorId: ada } };
  expect([...actionsOf(doc, [claimed], ada)]).toEqual(['write-others']);
});

test('an annotator may comment on what is in review or accepted, and change nothing of it', () => {
  const doc = after(
    emptyDoc(IMAGE_ID),
    () => addCaption(ada, 'Two dogs.'),
    (now) => review.setWorkState(now, ada, 'submitted'),
  );
  const edit = (of: Doc) => setText(of, 'caption', of.caption[0]!.id, 'Three dogs.');
  const comment = review.addComment(ada, { targetKind: 'image', targetId: IMAGE_ID }, 'There are three.');
  expect(refusalOf('annotator', doc, edit(doc), ada)).toBeNull();
  for (const closed of [after(doc, review.startReview), after(doc, review.acceptImage)]) {
    expect(refusalOf('annotator', closed, edit(closed), ada)).toMatchObject({ action: 'write' });
    expect(refusalOf('annotator', closed, comment, ada)).toBeNull();
    expect(refusalOf('reviewer', closed, edit(closed), ben)).toBeNull();
  }
});
