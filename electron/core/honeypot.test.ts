import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCaption, setText } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../shared/domain/image.ts';
import type { Op } from '../../shared/domain/ops.ts';
import { assignRuleSchema } from '../../shared/domain/assign-plan.ts';
import * as review from '../../shared/domain/review.ts';
import { createAssignRunner, planFor } from './assign.ts';
import { imageIds, imagePage } from './db/images.ts';
import { putPerson } from './db/people.ts';
import { createEdits, type Edits } from './edits.ts';
import type { Project } from './project.ts';
import { setGold } from './quality/agreement/gold.ts';
import { onlookerOf, seenCards } from './seen-cards.ts';
import { addImageRow, tempProject, type TempProject } from './testing/temp-project.ts';

let temp: TempProject;
beforeEach(() => void (temp = tempProject()));
afterEach(() => temp.remove());

function worker(name: string, role: 'lead' | 'annotator') {
  const me = { userId: newId(), deviceId: newId() };
  putPerson(temp.db, { id: me.userId, name }, role);
  const project = { db: temp.db, me, notify: () => {} };
  const edits = () => createEdits(project);
  const apply = (imageId: string, opsOf: (doc: ReturnType<Edits['load']>['doc']) => readonly Op[]) => {
    const now = edits();
    const { rev, doc } = now.load(imageId);
    return now.apply({ eventId: newId(), groupId: newId(), imageId, baseRev: rev, ops: [...opsOf(doc)] }, 'w');
  };
  return { id: me.userId, project, edits, apply };
}
const filterOf = (change: object = {}) => imageFilterSchema.parse(change);

/** Forty images, one in ten with an accepted reference, given to two annotators. */
async function given() {
  const [lea, ada, ben] = [worker('Lea', 'lead'), worker('Ada', 'annotator'), worker('Ben', 'annotator')];
  const images = Array.from({ length: 40 }, (_, at) => addImageRow(temp.db, `${at}.jpg`));
  const gold = images.filter((_, at) => at % 10 === 0);
  for (const imageId of gold) {
    lea.apply(imageId, () => addCaption(lea.id, 'A known harbour with three boats.'));
    lea.apply(imageId, review.acceptImage);
  }
  expect(setGold(temp.db, gold, true, lea.id, 1)).toBe(gold.length);
  const rule = assignRuleSchema.parse({ personIds: [ada.id, ben.id], share: 0.5, people: 2, goldEvery: 8 });
  // What was accepted long ago is given too.
  await new Promise((resolve) => setTimeout(resolve, 3));
  const run = createAssignRunner(lea.edits());
  await run(
    lea.project as unknown as Project,
    { filter: filterOf({ states: ['todo'] }), rule },
    { id: newId(), signal: new AbortController().signal, progress: () => {} },
  );
  const golden = gold.filter((imageId) =>
    lea
      .edits()
      .load(imageId)
      .doc.assignment.some(({ personId }) => personId === ada.id),
  );
  expect(golden.length).toBeGreaterThan(0);
  return { lea, ada, golden };
}
/** All that an annotator is told of an image but which one it is. */
async function told(ada: ReturnType<typeof worker>, imageId: string): Promise<string> {
  const edits = ada.edits();
  const onlooker = await onlookerOf(ada.project);
  const card = imagePage(temp.db, filterOf({ assignedTo: ada.id }), 0, 100, onlooker).images.find(({ id }) => id === imageId)!;
  const { phash: _p, sha256: _s, name: _n, ...seen } = seenCards(ada.project, [card], onlooker)[0]!;
  const filters = [{ states: ['todo'] }, { states: ['accepted'] }, { has: ['caption'] }, { lacks: ['caption'] }, { text: 'harbour' }, { personId: ada.id }];
  const listed = filters.map((filter) => imageIds(temp.db, filterOf(filter), 0, 100, onlooker).includes(imageId));
  const all = { seen, listed, loaded: edits.load(imageId), history: edits.history(imageId, 100), at: edits.at(imageId, 5) };
  return JSON.stringify(all, (key, value: unknown) =>
    ['seq', 'addedAt', 'createdAt', 'editedAt', 'at'].includes(key) && typeof value === 'number' ? 0 : value,
  ).replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id');
}

test('an image with an accepted reference looks to its annotator as any other that they were given, from the first look to the end', async () => {
  const { lea, ada, golden } = await given();
  const mine = imageIds(temp.db, filterOf({ assignedTo: ada.id }), 0, 100, await onlookerOf(ada.project));
  const plain = mine.filter((id) => !golden.includes(id));
  expect(plain.length).toBeGreaterThan(20);
  const first = await told(ada, plain[0]!);
  for (const imageId of [...plain, ...golden]) expect(await told(ada, imageId)).toBe(first);
  // The same work on one of each.
  const pair = [plain[0]!, golden[0]!];
  for (const imageId of pair) {
    ada.apply(imageId, () => addCaption(ada.id, 'Two boats at a quay.'));
    ada.apply(imageId, (doc) => setText(doc, 'caption', doc.caption[0]!.id, 'Two boats at a long quay.'));
    expect(ada.apply(imageId, (doc) => review.setWorkState(doc, ada.id, 'submitted')).status).toBe('saved');
  }
  expect(await told(ada, pair[1]!)).toBe(await told(ada, pair[0]!));
  // The lead's state of it and the reference are what they were.
  expect(review.stateOf(lea.edits().load(pair[1]!).doc)).toBe('accepted');
  const undone = await Promise.all(
    pair.map((imageId) =>
      ada
        .edits()
        .undo(imageId, 'w')
        .then(({ status }) => status),
    ),
  );
  expect(undone).toEqual(['done', 'done']);
  expect(await ada.edits().bulk(pair, { state: 'submitted' }, 'w')).toMatchObject({ changed: 2, refused: [], held: 0 });
});

test('a plan over pages of a large project is the one that its images make at once, and what was given is not given again', async () => {
  const { lea } = await given();
  const rule = assignRuleSchema.parse({ personIds: [lea.id] });
  expect((await planFor(lea.project, { filter: filterOf(), rule })).images).toEqual([]);
  const more = Array.from({ length: 12 }, () => addImageRow(temp.db));
  expect((await planFor(lea.project, { filter: filterOf(), rule })).images.map(({ imageId }) => imageId).sort()).toEqual(more.sort());
  const stop = new AbortController();
  stop.abort();
  await expect(planFor(lea.project, { filter: filterOf(), rule }, stop.signal)).rejects.toThrow();
});
