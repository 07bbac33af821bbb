import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPairs, settleCaption, settledDoc, settlePoints } from '../../../../shared/domain/adjudication.ts';
import { agreementAskSchema, agreementItemsSchema, type AgreementOverview } from '../../../../shared/domain/agreement/overview.ts';
import type { Measure } from '../../../../shared/domain/agreement/summary.ts';
import { addCaption, addPoint, addPointSet, addThread, setQuestion, setState } from '../../../../shared/domain/authoring.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../../../shared/domain/image.ts';
import type { Doc } from '../../../../shared/domain/model.ts';
import { applyOps, type Op } from '../../../../shared/domain/ops.ts';
import { imagePage } from '../../db/images.ts';
import { putPerson } from '../../db/people.ts';
import { createEdits } from '../../edits.ts';
import { addImageRow, tempProject, type TempProject } from '../../testing/temp-project.ts';
import { comparedImages } from './cache.ts';
import { disputedImages } from './disputes.ts';
import { goldImages, setGold } from './gold.ts';
import { lotItems, lots, newLot } from './lots.ts';
import { agreementItems, agreementOverview } from './overview.ts';
import { riskQueue } from './risk-queue.ts';

const signal = new AbortController().signal;
const square = { widthPx: 1000, heightPx: 1000 };
let project: TempProject;
let [ann, bob]: string[] = [];
beforeEach(() => {
  project = tempProject();
  [ann, bob] = [newId(), newId()];
  putPerson(project.db, { id: ann!, name: 'Ann' });
  putPerson(project.db, { id: bob!, name: 'Bob' });
});
afterEach(() => project.remove());

function save(personId: string, imageId: string, make: (doc: Doc) => readonly Op[]): Doc {
  const edits = createEdits({ db: project.db, me: { userId: personId, deviceId: newId() }, notify: () => {} });
  const { rev, doc } = edits.load(imageId);
  const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: [...make(doc)], activeMs: 1000 }, 'w');
  expect(result.status).toBe('saved');
  return edits.load(imageId).doc;
}
/** Ops made one after the other, each on what the ones before left. */
function chain(doc: Doc, ...steps: ((doc: Doc) => readonly Op[])[]): Op[] {
  const ops: Op[] = [];
  let now = doc;
  for (const step of steps) {
    const made = step(now);
    now = applyOps(now, made).doc;
    ops.push(...made);
  }
  return ops;
}
const work = (personId: string, caption: string, spots: readonly (readonly [number, number])[], answer: string) => (doc: Doc) => {
  const set = newId();
  return chain(
    doc,
    () => addCaption(personId, caption),
    () => addPointSet(personId, 'dog', 'present', set),
    ...spots.map(
      ([x, y]) =>
        (now: Doc) =>
          addPoint(now, set, x, y),
    ),
    () => addThread(personId, 'Is it day?', answer),
    (now) => setQuestion(now, now.turn.filter(({ role }) => role === 'question').at(-1)!.id, { questionType: 'true-false', ability: 'attribute' }),
  );
};
async function overview(): Promise<AgreementOverview> {
  for await (const piece of agreementOverview(project.db, agreementAskSchema.parse({}), signal, null)) if ('result' in piece) return piece.result;
  throw new Error('no result');
}
const figure = ({ figures }: AgreementOverview, measure: Measure, grouping = 'all', key = '') =>
  figures.find((one) => one.measure === measure && one.grouping === grouping && one.key === key);

/** Ten images: on the first seven both say the same, on the last three Bob misses one of two dogs and says the opposite. */
function plant(): string[] {
  return Array.from({ length: 10 }, (_, at) => {
    const imageId = addImageRow(project.db, `${at}.jpg`, square);
    save(
      ann!,
      imageId,
      work(
        ann!,
        'Two brown dogs sit on a bench.',
        [
          [10, 10],
          [60, 60],
        ],
        'yes',
      ),
    );
    if (at < 7)
      save(
        bob!,
        imageId,
        work(
          bob!,
          'Two brown dogs sit on a bench.',
          [
            [11, 10],
            [60, 61],
          ],
          'Yes.',
        ),
      );
    else save(bob!, imageId, work(bob!, 'A red car drives down the street.', [[10, 10]], 'no'));
    return imageId;
  });
}

test('captions are compared by meaning where an encoder reads text, once, and all other figures are there without it', async () => {
  const image = addImageRow(project.db);
  save(ann!, image, () => addCaption(ann!, 'Two dogs run. The sky is blue.'));
  save(bob!, image, () => addCaption(bob!, 'Two dogs run.'));
  let asked: string[] = [];
  const directions: Record<string, readonly number[]> = { 'Two dogs run.': [1, 0], 'The sky is blue.': [0, 1] };
  const encoder = {
    name: 'Fake',
    hash: 'abc',
    embed: async (texts: readonly string[]) => {
      asked.push(...texts);
      return texts.map((text) => Float32Array.from(directions[text]!));
    },
  };
  const figuresWith = async (given: typeof encoder | null) => {
    for await (const piece of agreementOverview(project.db, agreementAskSchema.parse({}), signal, given)) if ('result' in piece) return piece.result;
    throw new Error('no result');
  };
  const cosine = async (given: typeof encoder | null) =>
    (await figuresWith(given)).figures.find(({ grouping, measure }) => grouping === 'all' && measure === 'caption-cosine');
  // The mean of two sentences at right angles is 45 degrees from each.
  expect((await cosine(encoder))!.value).toBeCloseTo(Math.SQRT1_2, 6);
  expect(asked.toSorted()).toEqual(['The sky is blue.', 'Two dogs run.']);
  asked = [];
  expect((await cosine(encoder))!.n).toBe(1);
  expect(asked).toEqual([]);
  expect(await cosine(null)).toBeUndefined();
  const broken = { ...encoder, hash: 'other', embed: () => Promise.reject(new Error('died')) };
  expect(await cosine(broken)).toBeUndefined();
  expect((await figuresWith(broken)).figures.some(({ measure }) => measure === 'word-f1')).toBe(true);
});

test('figures over the project are those of what was planted', async () => {
  const images = plant();
  const result = await overview();
  expect(result.images).toBe(10);
  // 7 * 2 + 3 * 1 matched of 20 and 17.
  expect(figure(result, 'points-f1')?.value).toBeCloseTo(34 / 37, 12);
  expect(figure(result, 'points-f1', 'label', 'dog')).toEqual({ ...figure(result, 'points-f1'), grouping: 'label', key: 'dog' });
  const pair = [ann!, bob!].sort().join(' ');
  expect([figure(result, 'points-precision', 'pair', pair)!.value, figure(result, 'points-recall', 'pair', pair)!.value].sort((a, b) => a - b)).toEqual([
    17 / 20,
    1,
  ]);
  expect(figure(result, 'count-difference')?.value).toBeCloseTo(0.3, 12);
  expect(figure(result, 'answer-exact', 'ability', 'attribute')?.value).toBeCloseTo(0.7, 12);
  // Ann always says yes: Bob's yes and no are as good as chance.
  expect(figure(result, 'choice-kappa')?.value).toBeCloseTo(0, 12);
  expect(figure(result, 'claim-overlap')?.value).toBeCloseTo(0.7, 12);
  expect(figure(result, 'points-f1')).toMatchObject({ n: 10 });
  expect(figure(result, 'points-f1')!.low).toBeLessThan(34 / 37);
  const behind = agreementItemsSchema.parse({ what: 'figure', grouping: 'label', key: 'dog', measure: 'points-f1' });
  const { rankingId, count } = await agreementItems(project.db, behind, signal, null);
  const page = imagePage(project.db, imageFilterSchema.parse({ ranking: rankingId, sort: 'similarity', descending: true }), 0, 20);
  expect(count).toBe(10);
  expect(new Set(page.images.slice(0, 3).map(({ id }) => id))).toEqual(new Set(images.slice(7)));
});

test('asked again it gives the same bytes, and after an edit only that image is worked out', async () => {
  const [first] = plant();
  const before = JSON.stringify(await overview());
  const worked = async () => {
    const totals: number[] = [];
    const steps = comparedImages(project.db, 5, signal);
    for (let step = await steps.next(); step.done !== true; step = await steps.next()) totals.push(step.value.total);
    return Math.max(0, ...totals);
  };
  expect(await worked()).toBe(0);
  expect(JSON.stringify(await overview())).toBe(before);
  save(bob!, first!, (doc) => addPoint(doc, doc.pointSet.find(({ authorId }) => authorId === bob)!.id, 90, 90));
  expect(await worked()).toBe(1);
  expect(figure(await overview(), 'points-f1')?.value).toBeCloseTo(34 / 38, 12);
});

test('adjudicated rows are no annotator’s work, leave the queue, and take the place of their parents', async () => {
  const images = plant();
  const { total, items } = await disputedImages(project.db, 5, signal);
  expect(total).toBe(10);
  expect(
    items
      .slice(0, 3)
      .map(({ imageId }) => imageId)
      .sort(),
  ).toEqual(images.slice(7).sort());
  expect(items[0]!.pairs).toBe(3);
  const lead = project.me.userId;
  const doc = save(lead, items[0]!.imageId, (now) =>
    openPairs(now).flatMap((pair) =>
      pair.kind === 'caption' ? settleCaption(pair, pair.a.text, lead, 'a') : pair.kind === 'points' ? settlePoints(pair, pair.b.points, lead, 'b') : [],
    ),
  );
  expect(openPairs(doc).map(({ kind }) => kind)).toEqual(['answer']);
  const settled = settledDoc(doc);
  expect([settled.caption.length, settled.pointSet.length]).toEqual([1, 1]);
  expect(settled.caption[0]!.parentIds?.split(' ')).toHaveLength(2);
  expect((await disputedImages(project.db, 5, signal)).items.find(({ imageId }) => imageId === items[0]!.imageId)?.pairs).toBe(1);
  expect(figure(await overview(), 'points-f1')?.value).toBeCloseTo(34 / 37, 12);
});

test('people are held against a gold reference, which is kept out of the log', async () => {
  const images = plant();
  const lead = project.me.userId;
  for (const imageId of images)
    save(
      lead,
      imageId,
      work(
        lead,
        'Two brown dogs sit on a bench.',
        [
          [10, 10],
          [60, 60],
        ],
        'yes',
      ),
    );
  const events = project.db.prepare('SELECT count(*) FROM event').pluck().get();
  expect(setGold(project.db, images, true, lead, 1000)).toBe(10);
  expect(project.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(events);
  expect(goldImages(project.db)).toHaveLength(10);
  const { people } = await overview();
  const gold = (id: string | undefined) => people.find(({ personId }) => personId === id)?.gold;
  expect(gold(ann)).toMatchObject({ value: 1, low: 1, high: 1, n: 10 });
  // On three of ten: F1 of points 2/3, no claim in common, the wrong choice.
  expect(gold(bob)!.value).toBeCloseTo((7 + 3 * ((2 / 3 + 0 + 0) / 3)) / 10, 12);
  // The lead's rows became the reference: they are not held against themselves.
  expect(gold(lead)).toBeNull();
  const slips = agreementItemsSchema.parse({ what: 'gold', personId: bob });
  expect((await agreementItems(project.db, slips, signal, null)).count).toBe(10);
  expect(setGold(project.db, images, false, lead, 1000)).toBe(10);
  expect((await overview()).people.every((person) => person.gold === null)).toBe(true);
});

test('an image without anything to be held against cannot be gold', () => {
  expect(setGold(project.db, [addImageRow(project.db)], true, project.me.userId, 1)).toBe(0);
});

test('submitted images come by their risk, each with its reasons', async () => {
  const images = plant();
  for (const imageId of images) save(bob!, imageId, (doc) => setState(doc, 'submitted'));
  const { items, total, rankingId } = await riskQueue(project.db, signal);
  expect(total).toBe(10);
  expect(
    items
      .slice(0, 3)
      .map(({ imageId }) => imageId)
      .sort(),
  ).toEqual(images.slice(7).sort());
  expect(items[0]!.reasons.map(({ code }) => code)).toEqual(['low-agreement', 'new-person']);
  expect(imagePage(project.db, imageFilterSchema.parse({ ranking: rankingId }), 0, 20).total).toBe(10);
});

test('a lot is drawn by its seed, and is turned down once one too many of its sample was returned', () => {
  const images = Array.from({ length: 120 }, (_, at) => addImageRow(project.db, `${at}.jpg`));
  for (const imageId of images) save(bob!, imageId, (doc) => setState(doc, 'submitted'));
  expect(() => newLot(project.db, { level: 'II', aql: 2.5, personId: ann! }, project.me.userId, 1)).toThrow('no submitted image');
  const lot = newLot(project.db, { level: 'II', aql: 2.5, personId: null, seed: 3 }, project.me.userId, 1);
  expect(lot).toMatchObject({ size: 120, looked: 0, wrong: 0, verdict: 'open', plan: { sampleSize: 20, acceptNumber: 1 } });
  const sample = lotItems(project.db, lot.id, 'sample').imageIds;
  expect(sample).toHaveLength(20);
  expect(lotItems(project.db, lot.id, 'rest').imageIds).toHaveLength(100);
  for (const [at, imageId] of sample.entries()) save(project.me.userId, imageId, (doc) => setState(doc, at < 1 ? 'returned' : 'accepted'));
  expect(lots(project.db)[0]).toMatchObject({ looked: 20, wrong: 1, verdict: 'accepted' });
  save(project.me.userId, sample[5]!, (doc) => setState(doc, 'returned'));
  expect(lots(project.db)[0]).toMatchObject({ wrong: 2, verdict: 'rejected' });
});
