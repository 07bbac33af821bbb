import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCaption, addPoint, addPointSet, setText } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Op } from '../../shared/domain/ops.ts';
import type { PersonRole } from '../../shared/domain/permissions.ts';
import * as review from '../../shared/domain/review.ts';
import { putPerson } from './db/people.ts';
import { readSettings, writeSettings } from './db/settings.ts';
import { createEdits, type Edits } from './edits.ts';
import { addImageRow, tempProject, type TempProject } from './testing/temp-project.ts';

let temp: TempProject;
beforeEach(() => void (temp = tempProject()));
afterEach(() => temp.remove());

interface Worker {
  readonly id: string;
  /** What the others wrote is read anew. */
  edits(): Edits;
}
function worker(name: string, role: PersonRole): Worker {
  const [id, deviceId] = [newId(), newId()];
  putPerson(temp.db, { id, name }, role);
  return { id, edits: () => createEdits({ db: temp.db, me: { userId: id, deviceId }, notify: () => {} }) };
}
function apply({ edits: of }: Worker, imageId: string, opsOf: (doc: ReturnType<Edits['load']>['doc']) => readonly Op[]) {
  const edits = of();
  const { rev, doc } = edits.load(imageId);
  return edits.apply({ eventId: newId(), groupId: newId(), imageId, baseRev: rev, ops: [...opsOf(doc)] }, 'w');
}
const submit = (by: Worker, imageId: string) => apply(by, imageId, (doc) => review.setWorkState(doc, by.id, 'submitted'));
/** A caption that says three dogs, and points of two. */
function contradict(by: Worker, imageId: string): { captionId: string } {
  const [captionId, setId] = [newId(), newId()];
  apply(by, imageId, () => [...addCaption(by.id, 'Three dogs.', captionId), ...addPointSet(by.id, 'dog', 'present', setId)]);
  for (const x of [20, 70]) apply(by, imageId, (doc) => addPoint(doc, setId, x, 50));
  return { captionId };
}
const heldBack = expect.objectContaining({ code: 'invalid', details: { key: 'held-back', code: 'count-contradicts-points', count: 1 } });
const stateOf = (by: Worker, imageId: string) => review.workStateOf(by.edits().load(imageId).doc, by.id);

test('whoever sends it, an image with a finding that holds it back is not handed in, and a dismissal or a fix lets it through', () => {
  const ada = worker('Ada', 'annotator');
  const [fixed, dismissed] = [addImageRow(temp.db), addImageRow(temp.db)];
  const [first, second] = [contradict(ada, fixed), contradict(ada, dismissed)];
  expect(() => submit(ada, fixed)).toThrow(heldBack);
  expect(stateOf(ada, fixed)).not.toBe('submitted');
  // Nor together with the mistake itself.
  expect(() =>
    apply(ada, fixed, (doc) => [...review.setWorkState(doc, ada.id, 'submitted'), ...setText(doc, 'caption', first.captionId, 'Four dogs.')]),
  ).toThrow(heldBack);
  apply(ada, fixed, (doc) => setText(doc, 'caption', first.captionId, 'Two dogs.'));
  expect(submit(ada, fixed).status).toBe('saved');
  // What is handed in stays right, unless it is taken back.
  expect(() => apply(ada, fixed, (doc) => setText(doc, 'caption', first.captionId, 'Nine dogs.'))).toThrow(heldBack);
  apply(ada, dismissed, () => review.addDismissal(ada.id, 'count-contradicts-points', second.captionId, 'One is hidden'));
  expect(submit(ada, dismissed).status).toBe('saved');
  expect(() => apply(ada, dismissed, (doc) => review.removeDismissal(doc, doc.dismissal[0]!.id))).toThrow(heldBack);
});

test('many at once are held back one by one, and the others are handed in', async () => {
  const lead = worker('Lea', 'lead');
  const ada = worker('Ada', 'annotator');
  const [bad, good] = [addImageRow(temp.db), addImageRow(temp.db)];
  contradict(ada, bad);
  apply(ada, good, () => addCaption(ada.id, 'Two dogs.'));
  // All work of the image goes with a lead's word, whoever wrote it.
  expect(await lead.edits().bulk([bad, good], { state: 'submitted' }, 'w')).toMatchObject({ changed: 1, held: 1, refused: [] });
  expect([stateOf(lead, bad), stateOf(lead, good)]).toEqual(['todo', 'submitted']);
});

test('a part is held back by its own work alone, blind or not, and a lead may say that it stands', () => {
  const lead = worker('Lea', 'lead');
  const [ada, ben] = [worker('Ada', 'annotator'), worker('Ben', 'annotator')];
  for (const blind of [false, true]) {
    const imageId = addImageRow(temp.db);
    for (const { id } of [ada, ben]) apply(lead, imageId, () => review.addAssignment(lead.id, id, { kind: 'annotate', blind }));
    const { captionId } = contradict(ben, imageId);
    apply(ada, imageId, () => addCaption(ada.id, 'A wall.'));
    expect(submit(ada, imageId).status, `blind ${blind}`).toBe('saved');
    expect(() => submit(ben, imageId), `blind ${blind}`).toThrow(heldBack);
    apply(lead, imageId, () => review.addDismissal(lead.id, 'count-contradicts-points', captionId, 'It is so'));
    expect(submit(ben, imageId).status, `blind ${blind}`).toBe('saved');
  }
});

test('a rule that a lead does not let hold back holds nothing back, and a reviewer who reopens an image hands nothing in', () => {
  const lead = worker('Lea', 'lead');
  const ada = worker('Ada', 'annotator');
  const imageId = addImageRow(temp.db);
  contradict(ada, imageId);
  apply(lead, imageId, review.acceptImage);
  expect(apply(lead, imageId, (doc) => review.changeState(doc, lead.id, 'submitted')).status).toBe('saved');
  const { lint } = readSettings(temp.db);
  writeSettings(temp.db, { lint: { ...lint, rules: { 'count-contradicts-points': { blocks: 'never' } } } });
  const other = addImageRow(temp.db);
  contradict(ada, other);
  expect(submit(ada, other).status).toBe('saved');
});
