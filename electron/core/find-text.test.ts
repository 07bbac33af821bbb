import { afterEach, beforeEach, expect, test } from 'vitest';
import * as authoring from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { pointMark } from '../../shared/domain/point-mark.ts';
import type { Op } from '../../shared/domain/ops.ts';
import type { Input } from '../../shared/rpc/client.ts';
import type { FoundTexts } from '../../shared/rpc/contract.ts';
import { imageNum } from './db/images.ts';
import { CHANGE_CHARACTERS, CHANGE_SLICE, createEdits, type Edits } from './edits.ts';
import { findTexts, replaceTexts } from './find-text.ts';
import { addImageRow, tempProject, type TempProject } from './testing/temp-project.ts';
import { verifyImage } from './verify.ts';

let project: TempProject;
let edits: Edits;
beforeEach(() => {
  project = tempProject();
  edits = createEdits({ db: project.db, me: project.me, notify: () => {} });
});
afterEach(() => project.remove());

const save = (imageId: string, ops: readonly Op[]) =>
  edits.apply({ eventId: newId(), imageId, baseRev: edits.load(imageId).rev, groupId: newId(), ops: [...ops] }, 'w');
const everywhere = ['caption', 'question', 'answer', 'label'] as const;
const query = (find: string, more: Partial<Input<'edits.findText'>> = {}) => ({
  find,
  matchCase: false,
  wholeWord: false,
  places: [...everywhere],
  ...more,
});
async function findEverything(asked: ReturnType<typeof query>): Promise<FoundTexts['images'][number][]> {
  const images: FoundTexts['images'][number][] = [];
  for (let after: number | null = 0; after !== null;) {
    const found: FoundTexts = await findTexts(project, { ...asked, after }, new AbortController().signal);
    images.push(...found.images);
    after = found.next;
  }
  return images;
}
const replaceAll = async (asked: ReturnType<typeof query>, by: string) =>
  replaceTexts(
    edits,
    {
      ...asked,
      by,
      groupId: newId(),
      images: (await findEverything(asked)).map(({ imageId, texts }) => ({ imageId, places: texts.map(({ id, at }) => ({ id, at })) })),
    },
    'w',
  );

test('words are found in captions, questions, answers and labels, each where it is looked for', async () => {
  const image = addImageRow(project.db);
  save(image, [
    ...authoring.addCaption(project.me.userId, 'A colour photo.'),
    ...authoring.addThread(project.me.userId, 'Which colour?', 'The colour is red.'),
    ...authoring.addPointSet(project.me.userId, 'colour chart'),
  ]);
  expect((await findEverything(query('colour')))[0]!.texts.map(({ place }) => place)).toEqual(['caption', 'question', 'answer', 'label']);
  expect((await findEverything(query('colour', { places: ['answer'] })))[0]!.texts).toMatchObject([{ before: 'The ', match: 'colour', after: ' is red.' }]);
  expect(await findEverything(query('_colour'))).toEqual([]);
  expect(await findEverything(query('%'))).toEqual([]);
});

test('Japanese and emoji are found although the database knows the case of ASCII only', async () => {
  const image = addImageRow(project.db);
  save(image, authoring.addCaption(project.me.userId, '猫が窓辺で🐕を見る。ÉCOLE'));
  for (const find of ['猫', '🐕', '窓辺で🐕', 'école']) expect(await findEverything(query(find)), find).toHaveLength(1);
});

test('replacing over many images is one undo, and the log agrees with what is shown', async () => {
  const ids = Array.from({ length: 230 }, (_, i) => addImageRow(project.db, `${i}.jpg`));
  for (const [index, id] of ids.entries()) save(id, authoring.addCaption(project.me.userId, index % 2 ? 'A gray cat, gray.' : 'A dog.'));
  expect(await replaceAll(query('gray'), 'grey')).toMatchObject({ replaced: 230, left: 0, images: 115 });
  expect(edits.load(ids[1]!).doc.caption[0]!.text).toBe('A grey cat, grey.');
  await edits.undo(null, 'w');
  expect(await findEverything(query('gray'))).toHaveLength(115);
  await edits.redo(null, 'w');
  expect(await findEverything(query('gray'))).toEqual([]);
  for (const id of ids) expect(verifyImage(project.db, imageNum(project.db, id)!)).toEqual([]);
});

test('what was changed since it was found is left alone, and so is what was unticked', async () => {
  const [a, b] = [addImageRow(project.db), addImageRow(project.db)] as const;
  for (const id of [a, b]) save(id, authoring.addCaption(project.me.userId, 'gray gray'));
  const images = (await findEverything(query('gray'))).map(({ imageId, texts }) => ({ imageId, places: texts.map(({ id, at }) => ({ id, at })) }));
  const { doc } = edits.load(a);
  save(a, authoring.setText(doc, 'caption', doc.caption[0]!.id, 'so gray gray'));
  images[1]!.places = images[1]!.places.slice(1);
  expect(await replaceTexts(edits, { ...query('gray'), by: 'grey', groupId: newId(), images }, 'w')).toMatchObject({ replaced: 1, left: 2, images: 1 });
  expect([a, b].map((id) => edits.load(id).doc.caption[0]!.text)).toEqual(['so gray gray', 'gray grey']);
});

test('the points of an answer stay in it, and their phrase is found with the answer', async () => {
  const image = addImageRow(project.db);
  save(image, authoring.addThread(project.me.userId, 'Where?', 'The  is there.'));
  const answer = edits.load(image).doc.turn[1]!;
  save(image, authoring.addMark(edits.load(image).doc, project.me.userId, answer.id, 4, 'grey cat'));
  const mark = edits.load(image).doc.pointSet[0]!;
  expect(await findEverything(query(mark.id.slice(0, 8)))).toEqual([]);
  expect(await replaceAll(query('e', { places: ['answer'] }), 'E')).toMatchObject({ left: 0 });
  const { doc } = edits.load(image);
  expect(doc.turn[1]!.text).toBe(`ThE ${pointMark(mark.id)} is thErE.`);
  expect(doc.pointSet[0]!.label).toBe('grEy cat');
});

test('a label never becomes empty or too long by replacing', async () => {
  const image = addImageRow(project.db);
  save(image, authoring.addPointSet(project.me.userId, 'cat'));
  expect(await replaceAll(query('cat'), ' ')).toMatchObject({ replaced: 0, left: 1 });
  expect(await replaceAll(query('cat'), 'x'.repeat(300))).toMatchObject({ replaced: 0, left: 1 });
  expect(edits.load(image).doc.pointSet[0]!.label).toBe('cat');
});

test('others are served after every few images, and after fewer where the texts are long', async () => {
  const count = () => (project.db.prepare('SELECT count(*) AS n FROM event').get() as { n: number }).n;
  /** How many events were written between two turns of the loop, at most. */
  const mostAtOnce = async (work: Promise<unknown>): Promise<number> => {
    let running = true;
    let [most, before] = [0, count()];
    const look = () => {
      const now = count();
      [most, before] = [Math.max(most, now - before), now];
    };
    const watch = () => {
      if (!running) return;
      look();
      setImmediate(watch);
    };
    setImmediate(watch);
    await work;
    running = false;
    look();
    return most;
  };
  const add = (images: number, text: string) => {
    for (let i = 0; i < images; i++) save(addImageRow(project.db, `${text.length}-${i}.jpg`), authoring.addCaption(project.me.userId, text));
  };
  add(50, 'A gray cat.');
  const short = await mostAtOnce(replaceAll(query('gray'), 'grey'));
  expect(short).toBeGreaterThan(1);
  expect(short).toBeLessThanOrEqual(CHANGE_SLICE);
  add(12, `A blak cat. ${'word '.repeat(CHANGE_CHARACTERS / 10)}`);
  expect(await mostAtOnce(replaceAll(query('blak'), 'black'))).toBeLessThanOrEqual(2);
});
