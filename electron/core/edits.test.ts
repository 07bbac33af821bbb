import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import * as authoring from '../../shared/domain/authoring.ts';
import type { LoggedEvent } from '../../shared/domain/events.ts';
import { createFilm } from '../../shared/domain/film.ts';
import { imageFilterSchema, type ImageFilter } from '../../shared/domain/image.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Op } from '../../shared/domain/ops.ts';
import type { ChangeNotice } from '../../shared/rpc/contract.ts';
import { actionArbitrary, opsOf } from '../../shared/testing/random-work.ts';
import { historyOfImage } from './db/events.ts';
import { putPerson } from './db/people.ts';
import { imageCard, imageNum, imagePage, imagePosition, facets } from './db/images.ts';
import { createEdits, type Edits } from './edits.ts';
import { addImageRow, tempProject, type TempProject } from './testing/temp-project.ts';
import { verifyImage } from './verify.ts';

let project: TempProject;
let edits: Edits;
let notices: ChangeNotice[];
const start = (from: TempProject) => {
  project = from;
  notices = [];
  edits = createEdits({ db: project.db, me: project.me, notify: (notice) => notices.push(notice) });
};
afterEach(() => project.remove());

const save = (imageId: string, ops: readonly Op[], groupId = newId(), eventId = newId()) =>
  edits.apply({ eventId, imageId, baseRev: edits.load(imageId).rev, groupId, ops: [...ops] }, 'window-1');
const filter = (some: Partial<ImageFilter>): ImageFilter => imageFilterSchema.parse(some);
const found = (text: string) => imagePage(project.db, filter({ text }), 0, 100).images.map((image) => image.name);
/** Ops by the person of this project: random work is made for another author. */
const mine = (ops: readonly Op[]): Op[] => JSON.parse(JSON.stringify(ops), (key, value) => (key === 'authorId' ? project.me.userId : value)) as Op[];

test('whatever people do, undo and redo, what is shown equals the replay of the log, also after a restart', async () => {
  const step = fc.oneof({ weight: 6, arbitrary: actionArbitrary }, { weight: 1, arbitrary: fc.constantFrom('undo', 'redo', 'restart') });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      start(tempProject());
      const imageId = addImageRow(project.db);
      for (const action of steps) {
        if (action === 'restart') start(project.reopen());
        else if (action === 'undo') await edits.undo(imageId, 'w');
        else if (action === 'redo') await edits.redo(imageId, 'w');
        else {
          const { doc } = edits.load(imageId);
          const ops = authoring.asDraft(doc, mine(opsOf(doc, action)));
          if (ops.length > 0) expect(save(imageId, ops).status).toBe('saved');
        }
      }
      expect(verifyImage(project.db, imageNum(project.db, imageId)!)).toEqual([]);
      project.remove();
    }),
    { numRuns: 40 },
  );
  start(tempProject());
});

test('undoing everything, across a restart, ends at the beginning; redoing everything ends at the end', async () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const empty = edits.load(imageId).doc;
  const caption = newId();
  const set = newId();
  save(imageId, authoring.asDraft(empty, authoring.addCaption(project.me.userId, 'Two', caption)));
  const burst = newId();
  save(imageId, authoring.setText(edits.load(imageId).doc, 'caption', caption, 'Two dogs'), burst);
  save(imageId, authoring.setText(edits.load(imageId).doc, 'caption', caption, 'Two dogs look'), burst);
  save(imageId, authoring.addPointSet(project.me.userId, 'dog', 'present', set));
  save(imageId, authoring.addPoint(edits.load(imageId).doc, set, 33.3, 66.6));
  save(imageId, authoring.setPresence(edits.load(imageId).doc, set, 'absent'));
  const full = edits.load(imageId).doc;
  let undone = 0;
  while ((await edits.undo(imageId, 'w')).status === 'done') {
    undone++;
    start(project.reopen());
  }
  expect(undone).toBe(5);
  expect(edits.load(imageId).doc).toEqual(empty);
  while ((await edits.redo(imageId, 'w')).status === 'done') start(project.reopen());
  expect(edits.load(imageId).doc).toEqual(full);
  expect(edits.load(imageId)).toMatchObject({ canUndo: true, canRedo: false });
});

test('an edit that is sent again, because its answer was lost, is saved once', () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const ops = authoring.addCaption(project.me.userId, 'once');
  const eventId = newId();
  const first = save(imageId, ops, newId(), eventId);
  const again = edits.apply({ eventId, imageId, baseRev: 0, groupId: newId(), ops }, 'w');
  expect(again).toEqual(first);
  expect(edits.load(imageId).doc.caption).toHaveLength(1);
});

test('an edit of something that somebody changed since is refused with the present document, and nothing is written', () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const id = newId();
  save(imageId, authoring.addCaption(project.me.userId, 'a cat', id));
  const { doc, rev } = edits.load(imageId);
  save(imageId, authoring.setText(doc, 'caption', id, 'a grey cat'));
  const late = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: authoring.setText(doc, 'caption', id, 'a cat sits') }, 'w');
  expect(late).toMatchObject({ status: 'conflict', rev: 2 });
  expect(edits.load(imageId).doc.caption[0]!.text).toBe('a grey cat');
  // An edit of another thing from the same old revision goes in.
  const other = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: authoring.addCaption(project.me.userId, 'second') }, 'w');
  expect(other.status).toBe('saved');
});

test('nobody can add rows in the name of another person', () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  expect(() => save(imageId, authoring.addCaption(newId(), 'forged'))).toThrow('another author');
});

test('half of a surrogate pair never gets into the log, where it would read back as something else', () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const id = newId();
  save(imageId, authoring.addCaption(project.me.userId, 'cut 🐕'.slice(0, -1), id));
  expect(edits.load(imageId).doc.caption[0]!.text).toBe('cut \ufffd');
  const [op] = authoring.addCaption(project.me.userId, 'forged') as [Op & { row: { text: string } }];
  expect(() => save(imageId, [{ ...op, row: { ...op.row, text: 'cut \ud83d' } } as Op])).toThrow('surrogate');
  expect(verifyImage(project.db, imageNum(project.db, imageId)!)).toEqual([]);
});

test('the log refuses to be changed', () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  save(imageId, authoring.addCaption(project.me.userId, 'kept'));
  expect(() => project.db.exec('DELETE FROM event')).toThrow('append-only');
  expect(() => project.db.exec("UPDATE event SET ops = '[]'")).toThrow('append-only');
});

test('a change of many images is one undo', async () => {
  start(tempProject());
  const ids = Array.from({ length: 250 }, (_, i) => addImageRow(project.db, `photo-${i}.jpg`));
  expect(await edits.bulk(ids, { state: 'submitted' }, 'w')).toMatchObject({ changed: 250 });
  expect(facets(project.db).states.submitted).toBe(250);
  expect(await edits.undo(null, 'w')).toMatchObject({ status: 'bulk', images: 250 });
  expect(facets(project.db).states).toMatchObject({ submitted: 0, todo: 250 });
  await edits.redo(null, 'w');
  expect(facets(project.db).states.submitted).toBe(250);
  for (const id of ids) expect(verifyImage(project.db, imageNum(project.db, id)!)).toEqual([]);
});

test('full-text search finds words, unfinished words and Japanese words of any length in all that people write', () => {
  start(tempProject());
  const [cat, dogs, coins] = ['cat.jpg', 'two-dogs.jpg', 'coins.jpg'].map((name) => addImageRow(project.db, name)) as [string, string, string];
  save(cat, authoring.addCaption(project.me.userId, '猫が窓の外を見ている。Café table.'));
  save(dogs, authoring.addThread(project.me.userId, 'How many spaniels are there?', 'There are two.'));
  save(coins, authoring.addPointSet(project.me.userId, '古い硬貨'));
  expect(found('猫')).toEqual(['cat.jpg']);
  expect(found('窓の外')).toEqual(['cat.jpg']);
  expect(found('外の窓')).toEqual([]);
  expect(found('cafe')).toEqual(['cat.jpg']);
  expect(found('span')).toEqual(['two-dogs.jpg']);
  expect(found('two there')).toEqual(['two-dogs.jpg']);
  expect(found('硬貨')).toEqual(['coins.jpg']);
  expect(found('COINS')).toEqual(['coins.jpg']);
  expect(found('"; DROP TABLE image; --')).toEqual([]);
  expect(found('NOT OR (')).toEqual([]);
  expect(found('')).toHaveLength(3);
});

test('filters, sorting, windows and positions agree', () => {
  start(tempProject());
  const ids = Array.from({ length: 30 }, (_, i) => addImageRow(project.db, `photo-${String(29 - i).padStart(2, '0')}.jpg`));
  save(ids[3]!, [...authoring.setState(edits.load(ids[3]!).doc, 'submitted'), ...authoring.addCaption(project.me.userId, 'text')]);
  save(ids[4]!, authoring.setExcluded(edits.load(ids[4]!).doc, true));
  const names = (some: Partial<ImageFilter>, offset = 0, limit = 100) => imagePage(project.db, filter(some), offset, limit).images.map((image) => image.name);
  expect(names({ sort: 'name' }, 2, 2)).toEqual(['photo-02.jpg', 'photo-03.jpg']);
  expect(imagePage(project.db, filter({}), 0, 5).total).toBe(29);
  expect(names({ states: ['submitted'] })).toEqual(['photo-26.jpg']);
  expect(names({ has: ['caption'] })).toEqual(['photo-26.jpg']);
  expect(names({ lacks: ['caption'] })).toHaveLength(28);
  expect(names({ excluded: 'only' })).toEqual(['photo-25.jpg']);
  expect(names({ personId: project.me.userId })).toEqual(['photo-26.jpg']);
  expect(names({ sort: 'edited', descending: true })[0]).toBe('photo-26.jpg');
  const sorted = filter({ sort: 'name', descending: true });
  for (const [index, image] of imagePage(project.db, sorted, 0, 100).images.entries()) {
    expect(imagePosition(project.db, sorted, image.id)).toEqual({ position: index, total: 29 });
  }
  expect(imageCard(project.db, ids[3]!)).toMatchObject({ state: 'submitted', captionCount: 1, captionWords: 1 });
});

test('any revision can be restored, rows of others among it, as one edit that one undo takes back', async () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const [first, second] = [newId(), newId()];
  save(imageId, authoring.asDraft(edits.load(imageId).doc, authoring.addCaption(project.me.userId, 'One dog.', first)));
  save(imageId, authoring.addCaption(project.me.userId, 'Another.', second));
  save(imageId, authoring.addPointSet(project.me.userId, 'dog', 'present', newId()));
  save(imageId, authoring.addPoint(edits.load(imageId).doc, edits.load(imageId).doc.pointSet[0]!.id, 10, 20));
  const { seq } = project.db.prepare('SELECT max(seq) AS seq FROM event').get() as { seq: number };
  const then = edits.load(imageId).doc;
  // Another person takes over: what comes back by restoring is not theirs, and stays its author's.
  const bo = { userId: newId(), deviceId: newId() };
  putPerson(project.db, { id: bo.userId, name: 'Bo' }, 'lead');
  edits = createEdits({ db: project.db, me: bo, notify: () => {} });
  save(imageId, authoring.setText(then, 'caption', first, 'Two dogs.'));
  save(imageId, authoring.removeCaption(edits.load(imageId).doc, second));
  save(imageId, authoring.removePointSet(edits.load(imageId).doc, then.pointSet[0]!.id));
  save(imageId, authoring.setState(edits.load(imageId).doc, 'submitted'));
  const before = edits.load(imageId).doc;
  expect(edits.at(imageId, seq)).toEqual(then);
  // One caption alone.
  expect(edits.restore({ imageId, seq, captionId: first }, 'w')).toMatchObject({ status: 'restored' });
  expect(edits.load(imageId).doc).toMatchObject({ caption: [{ text: 'One dog.' }], point: [], status: [{ state: 'draft' }] });
  await edits.undo(imageId, 'w');
  expect(edits.load(imageId).doc).toEqual(before);
  // Everything.
  expect(edits.restore({ imageId, seq }, 'w')).toMatchObject({ status: 'restored', doc: { ...then, status: [{ state: 'draft' }] } });
  expect(edits.restore({ imageId, seq }, 'w')).toEqual({ status: 'same' });
  await edits.undo(imageId, 'w');
  expect(edits.load(imageId).doc).toEqual(before);
  expect(verifyImage(project.db, imageNum(project.db, imageId)!)).toEqual([]);
});

test('images that were passed over are found and counted, until they are submitted', () => {
  start(tempProject());
  const ids = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => addImageRow(project.db, name)) as [string, string, string];
  for (const id of ids.slice(1)) save(id, authoring.setSkipped(edits.load(id).doc, 'unsure'));
  expect(facets(project.db).skipped).toBe(2);
  expect(imagePage(project.db, filter({ skipped: true }), 0, 9).images.map(({ name, skipped }) => [name, skipped])).toEqual([
    ['b.jpg', 'unsure'],
    ['c.jpg', 'unsure'],
  ]);
  save(ids[1], authoring.setState(edits.load(ids[1]).doc, 'submitted'));
  expect(facets(project.db).skipped).toBe(1);
  expect(imageCard(project.db, ids[1])!.skipped).toBeNull();
});

test('the time at work on an image adds up over its events, also after a restart, for each person alone', () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const apply = (text: string, activeMs?: number, eventId = newId()) => {
    const { rev } = edits.load(imageId);
    const ops = authoring.addCaption(project.me.userId, text) as Op[];
    return edits.apply({ eventId, imageId, baseRev: rev, groupId: newId(), ops, ...(activeMs === undefined ? {} : { activeMs }) }, 'window-1');
  };
  expect(edits.load(imageId).activeMs).toBe(0);
  const id = newId();
  apply('One', 1500, id);
  apply('One', 1500, id);
  apply('Two', 2500);
  apply('Three');
  start(project.reopen());
  expect(edits.load(imageId).activeMs).toBe(4000);
  expect(historyOfImage(project.db, imageNum(project.db, imageId)!, 10).map((event) => event.activeMs)).toEqual([null, 2500, 1500]);
  start({ ...project, me: { ...project.me, userId: newId() } });
  expect(edits.load(imageId).activeMs).toBe(0);
});

test('a document of many points is read in slices, and holds what another edit changed between two of them', async () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const setId = newId();
  const { doc } = edits.load(imageId);
  save(imageId, [
    ...authoring.addPointSet(project.me.userId, 'leaf', 'present', setId),
    ...Array.from({ length: 9000 }, (_, n) => authoring.addPoint(doc, setId, n / 90, 50)).flat(),
  ]);
  start(project.reopen());
  const wanted = edits.load(imageId);
  start(project.reopen());
  let turns = 0;
  let ended = false;
  const reading = edits.readAhead(imageId).finally(() => (ended = true));
  while (!ended) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  await reading;
  expect(turns).toBeGreaterThanOrEqual(2);
  expect(edits.load(imageId)).toEqual(wanted);

  start(project.reopen());
  const again = edits.readAhead(imageId);
  const first = wanted.doc.point[0]!;
  // Another copy of the engine, as a merge writes: this one's memory knows nothing of it.
  const other = createEdits({ db: project.db, me: project.me, notify: () => {} });
  other.apply({ eventId: newId(), imageId, baseRev: wanted.rev, groupId: newId(), ops: authoring.removePoints(wanted.doc, [first.id]) as Op[] }, 'w');
  await again;
  expect(edits.load(imageId).rev).toBe(wanted.rev + 1);
  expect(edits.load(imageId).doc.point).toEqual(wanted.doc.point.slice(1));
});

test('the log of an image is read in pages, oldest first, whose film ends at what is shown', () => {
  start(tempProject());
  const imageId = addImageRow(project.db);
  const other = addImageRow(project.db, 'other.jpg');
  save(imageId, authoring.addCaption(project.me.userId, 'x'.repeat(60_000)));
  save(other, authoring.addCaption(project.me.userId, 'of another image'));
  for (let at = 1; at <= 20; at++)
    save(imageId, authoring.setText(edits.load(imageId).doc, 'caption', edits.load(imageId).doc.caption[0]!.id, String(at % 10).repeat(60_000)));
  const events: LoggedEvent[] = [];
  let pages = 0;
  for (let after: number | null = 0; after !== null; pages++) {
    const page = edits.film(imageId, after);
    events.push(...page.events);
    after = page.next;
  }
  expect(pages).toBe(3);
  expect(events.map(({ seq }) => seq)).toEqual(
    historyOfImage(project.db, imageNum(project.db, imageId)!, 100)
      .map(({ seq }) => seq)
      .toReversed(),
  );
  expect(createFilm(imageId, events).at(events.length)).toEqual(edits.load(imageId).doc);
});
