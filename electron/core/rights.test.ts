import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCaption, setExcluded, setText } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../shared/domain/image.ts';
import { imageStates, type ImageState } from '../../shared/domain/model.ts';
import type { Op } from '../../shared/domain/ops.ts';
import { type ImageAction, imageActions, permits, type PersonRole, personRoles, permitsProject, projectActions } from '../../shared/domain/permissions.ts';
import * as review from '../../shared/domain/review.ts';
import { methodActions } from '../../shared/rpc/method-actions.ts';
import type { Handlers } from '../../shared/rpc/server.ts';
import { imagePage } from './db/images.ts';
import type { Context } from './context.ts';
import { guarded } from './guarded.ts';
import { changePerson, putPerson } from './db/people.ts';
import { createEdits, type Edits } from './edits.ts';
import { findTexts } from './find-text.ts';
import { requireProject } from './rights.ts';
import { onlookerOf, seenCards } from './seen-cards.ts';
import { addImageRow, tempProject, type TempProject } from './testing/temp-project.ts';
import { verifyImage } from './verify.ts';

interface Worker {
  readonly id: string;
  readonly edits: Edits;
  readonly project: { readonly db: TempProject['db']; readonly me: { readonly userId: string; readonly deviceId: string } };
}
let temp: TempProject;
let workers: Record<PersonRole | 'other', Worker>;

function worker(name: string, role: PersonRole): Worker {
  const id = newId();
  putPerson(temp.db, { id, name }, role);
  const project = { db: temp.db, me: { userId: id, deviceId: newId() }, notify: () => {} };
  return { id, edits: createEdits(project), project };
}
/** One core has one person at a time; what another wrote is read anew. */
const as = (of: Worker): Edits => createEdits({ ...of.project, notify: () => {} });
const apply = (by: Worker, imageId: string, opsOf: (doc: ReturnType<Edits['load']>['doc']) => readonly Op[]) => {
  const edits = as(by);
  const { rev, doc } = edits.load(imageId);
  const ops = [...opsOf(doc)];
  return edits.apply({ eventId: newId(), groupId: newId(), imageId, baseRev: rev, ops }, 'w');
};

beforeEach(() => {
  temp = tempProject();
  workers = { lead: worker('Lea', 'lead'), reviewer: worker('Rui', 'reviewer'), annotator: worker('Ada', 'annotator'), other: worker('Ben', 'annotator') };
});
afterEach(() => temp.remove());

/** An image with a caption of each person, in a state. */
function imageIn(state: ImageState): string {
  const imageId = addImageRow(temp.db);
  apply(workers.lead, imageId, () => [...addCaption(workers.lead.id, 'By Lea.')]);
  for (const by of [workers.annotator, workers.reviewer]) apply(by, imageId, () => addCaption(by.id, 'Mine.'));
  const now = as(workers.lead).load(imageId).doc;
  const ops = review.changeState(now, workers.lead.id, state);
  if (ops.length > 0) apply(workers.lead, imageId, () => ops);
  return imageId;
}

const does: Record<ImageAction, (by: Worker, imageId: string) => ReturnType<typeof apply>> = {
  write: (by, imageId) => apply(by, imageId, (doc) => setText(doc, 'caption', doc.caption.find((row) => row.authorId === by.id)!.id, 'Changed.')),
  'write-others': (by, imageId) => apply(by, imageId, (doc) => setText(doc, 'caption', doc.caption.find((row) => row.authorId !== by.id)!.id, 'Changed.')),
  comment: (by, imageId) => apply(by, imageId, () => review.addComment(by.id, { targetKind: 'image', targetId: imageId }, 'Look.')),
  review: (by, imageId) => apply(by, imageId, (doc) => (doc.status[0]!.state === 'accepted' ? review.returnImage(doc, 'other') : review.acceptImage(doc))),
  assign: (by, imageId) => apply(by, imageId, () => review.addAssignment(by.id, by.id, { kind: 'annotate', blind: false })),
};

test('the core takes what the table allows and refuses what it refuses, for every role, action and state', () => {
  for (const state of imageStates) {
    for (const role of personRoles) {
      for (const action of imageActions) {
        const imageId = imageIn(state);
        const before = as(workers.lead).load(imageId);
        const run = () => does[action](workers[role], imageId).status;
        const name = [role, action, state].join(' ');
        if (permits(role, action, state)) expect(run(), name).toBe('saved');
        else {
          expect(run, name).toThrow(expect.objectContaining({ code: 'forbidden' }));
          expect(as(workers.lead).load(imageId), name).toEqual(before);
        }
      }
    }
  }
});

test('rights of the project are refused as the table says, and to nobody who is no longer active', () => {
  for (const role of personRoles) {
    for (const action of projectActions) {
      const ask = () => requireProject(workers[role].project, action);
      if (permitsProject(role, action)) expect(ask()).toBe(workers[role].project);
      else expect(ask).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
  }
  changePerson(temp.db, { id: workers.lead.id, role: 'lead', active: false });
  expect(() => requireProject(workers.lead.project, 'configure')).toThrow(expect.objectContaining({ details: { key: 'person-inactive' } }));
});

test('every method that needs a right is refused before its handler runs, and reaches it for those who have it', () => {
  const ran: string[] = [];
  const names = Object.keys(methodActions) as (keyof typeof methodActions)[];
  const handlers = guarded(Object.fromEntries(names.map((name) => [name, () => ran.push(name)])) as unknown as Handlers<Context>);
  const call = (name: (typeof names)[number], by: Worker) =>
    (handlers[name] as (input: unknown, context: Context, signal: AbortSignal) => unknown)(
      {},
      { app: { project: () => by.project } } as unknown as Context,
      new AbortController().signal,
    );
  for (const name of names) {
    for (const role of personRoles) {
      ran.length = 0;
      if (permitsProject(role, methodActions[name]!)) call(name, workers[role]);
      else expect(() => call(name, workers[role]), `${role} ${name}`).toThrow(expect.objectContaining({ code: 'forbidden' }));
      expect(ran, `${role} ${name}`).toEqual(permitsProject(role, methodActions[name]!) ? [name] : []);
    }
  }
});

test('a change of many images leaves those alone that the person may not change, and says how many', async () => {
  const [open, closed] = [imageIn('draft'), imageIn('accepted')];
  const result = await as(workers.annotator).bulk([open, closed], { excluded: true }, 'w');
  expect(result).toMatchObject({ changed: 1, refused: [closed] });
  const accepting = await as(workers.annotator).bulk([open], { state: 'accepted' }, 'w');
  expect(accepting).toMatchObject({ changed: 0, refused: [open] });
});

test('an annotator cannot undo into work that was accepted since', async () => {
  const imageId = imageIn('draft');
  apply(workers.annotator, imageId, (doc) => setExcluded(doc, true));
  apply(workers.lead, imageId, review.acceptImage);
  await expect(as(workers.annotator).undo(imageId, 'w')).rejects.toMatchObject({ details: { key: 'closed-accepted' } });
});

test('who works blind loads, finds and lists nothing of what others wrote, and cannot touch it', async () => {
  const imageId = addImageRow(temp.db, 'harbour.jpg');
  const { lead, annotator, other } = workers;
  for (const person of [annotator, other]) apply(lead, imageId, () => review.addAssignment(lead.id, person.id, { kind: 'annotate', blind: true }));
  apply(other, imageId, () => addCaption(other.id, 'A secret zebra.'));
  apply(annotator, imageId, () => addCaption(annotator.id, 'A plain dog.'));
  const hidden = as(lead)
    .load(imageId)
    .doc.caption.find((row) => row.authorId === other.id)!;

  expect(
    as(annotator)
      .load(imageId)
      .doc.caption.map((row) => row.text),
  ).toEqual(['A plain dog.']);
  expect(JSON.stringify(as(annotator).history(imageId, 100))).not.toContain('zebra');
  expect(JSON.stringify(as(annotator).film(imageId, 0))).not.toContain('zebra');
  expect(as(annotator).film(imageId, 0).events.length).toBeGreaterThan(0);
  expect(JSON.stringify(as(annotator).at(imageId, 1000))).not.toContain('zebra');
  expect(() => apply(annotator, imageId, () => [{ op: 'remove', kind: 'caption', row: hidden }])).toThrow(
    expect.objectContaining({ details: { key: 'hidden-work' } }),
  );

  const find = { find: 'zebra', matchCase: false, wholeWord: false, places: ['caption' as const] };
  expect((await findTexts(annotator.project, find, new AbortController().signal)).images).toEqual([]);
  expect((await findTexts(other.project, find, new AbortController().signal)).images).toHaveLength(1);
  const search = async (by: Worker, text: string) => imagePage(temp.db, imageFilterSchema.parse({ text }), 0, 10, await onlookerOf(by.project));
  expect([(await search(annotator, 'zebra')).total, (await search(annotator, 'harbour')).total, (await search(lead, 'zebra')).total]).toEqual([0, 1, 1]);
  const cards = (await search(annotator, '')).images;
  expect(seenCards(annotator.project, cards, annotator.id)[0]).toMatchObject({ captionCount: 1, captionWords: 3 });
  expect(seenCards(lead.project, cards, await onlookerOf(lead.project))[0]).toMatchObject({ captionCount: 2, captionWords: 6 });

  // An earlier state of one's own work comes back without a change of the other's.
  const seq = as(annotator).history(imageId, 1)[0]!.seq;
  apply(annotator, imageId, (doc) => setText(doc, 'caption', doc.caption[0]!.id, 'A wet dog.'));
  expect(as(annotator).restore({ imageId, seq }, 'w')).toMatchObject({ status: 'restored' });
  expect(
    as(lead)
      .load(imageId)
      .doc.caption.map((row) => row.text),
  ).toEqual(['A secret zebra.', 'A plain dog.']);
  expect(verifyImage(temp.db, 1)).toEqual([]);
});
