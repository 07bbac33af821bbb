import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import * as authoring from '../../../../shared/domain/authoring.ts';
import { type DashboardFigures, figureFilterSchema, type FigureItems, figureItemsSchema, localDay } from '../../../../shared/domain/figures.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../../../shared/domain/image.ts';
import type { Op } from '../../../../shared/domain/ops.ts';
import { actionArbitrary, opsOf } from '../../../../shared/testing/random-work.ts';
import { imageNum, imagePage } from '../../db/images.ts';
import { putPerson } from '../../db/people.ts';
import { createEdits } from '../../edits.ts';
import { addImageRow, tempProject, type TempProject } from '../../testing/temp-project.ts';
import { createFigures } from './figures.ts';
import { figureProblems, figureSumProblems, settleFigures } from './verify.ts';

let project: TempProject;
afterEach(() => project.remove());
const never = new AbortController().signal;
const editor = (userId = project.me.userId) => createEdits({ db: project.db, me: { userId, deviceId: newId() }, notify: () => {} });
const figures = () => createFigures(project.db, false, (message, thrown) => expect.fail(`${message} ${String(thrown)}`));
const overview = (filter: Parameters<typeof figureFilterSchema.parse>[0] = {}) => figures().overview(figureFilterSchema.parse(filter), never);
const names = (what: Partial<FigureItems>) => {
  const { rankingId, count } = figures().items(figureItemsSchema.parse(what));
  const page = imagePage(project.db, imageFilterSchema.parse({ ranking: rankingId }), 0, 500);
  expect(page.total).toBe(count);
  return page.images.map((image) => image.name);
};
function save(edits: ReturnType<typeof editor>, imageId: string, ops: readonly Op[], activeMs = 0) {
  const result = edits.apply({ eventId: newId(), imageId, baseRev: edits.load(imageId).rev, groupId: newId(), ops: [...ops], activeMs }, 'w');
  expect(result.status).toBe('saved');
}
const steps = ({ days }: DashboardFigures) => days.map((day) => day.steps);

test('whatever two people do and undo, the sums that were kept along the way are those of the log', async () => {
  const step = fc.tuple(
    fc.nat(2),
    fc.boolean(),
    fc.oneof({ weight: 5, arbitrary: actionArbitrary }, { weight: 1, arbitrary: fc.constantFrom('undo', 'redo', 'look', 'submit') }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (all) => {
      project = tempProject();
      const bob = newId();
      putPerson(project.db, { id: bob, name: 'Bob' }, 'lead');
      const images = [0, 1, 2].map((index) => addImageRow(project.db, `${index}.jpg`));
      for (const [image, isBob, action] of all) {
        const userId = isBob ? bob : project.me.userId;
        // Each person has documents at hand; a fresh one reads them as they are.
        const edits = editor(userId);
        const imageId = images[image]!;
        if (action === 'undo' || action === 'redo') await edits[action](imageId, 'w');
        else if (action === 'look') await overview();
        else {
          const { doc } = edits.load(imageId);
          const made = action === 'submit' ? authoring.setState(doc, 'submitted') : authoring.asDraft(doc, opsOf(doc, action));
          const ops = JSON.parse(JSON.stringify(made), (key, value: unknown) => (key === 'authorId' ? userId : value)) as Op[];
          if (ops.length > 0) save(edits, imageId, ops, 1500);
        }
      }
      await settleFigures(project.db, never);
      for (const imageId of images) expect(figureProblems(project.db, imageNum(project.db, imageId)!)).toEqual([]);
      expect(figureSumProblems(project.db)).toEqual([]);
      const found = await overview();
      expect(found.images).toBe(images.length - (project.db.prepare('SELECT count(*) FROM image WHERE excluded = 1').pluck().get() as number));
      expect(names({ kind: 'caption' })).toHaveLength(found.coverage.caption);
      expect(names({ kind: 'points' })).toHaveLength(found.coverage.points);
      for (const label of found.labels) if (label.count > 0) expect(names({ kind: 'label', names: [label.name] })).toHaveLength(label.images);
      project.remove();
    }),
    { numRuns: 15 },
  );
  project = tempProject();
});

test('throughput, words, points and coverage are counted by day and by person, and each number names its images', async () => {
  project = tempProject();
  const [dog, cat] = [addImageRow(project.db, 'dog.jpg'), addImageRow(project.db, 'cat.jpg')];
  addImageRow(project.db, 'untouched.jpg');
  const bob = newId();
  putPerson(project.db, { id: bob, name: 'Bob' }, 'lead');
  const ada = editor();
  for (const [imageId, text] of [
    [dog, 'a dog on a sofa'],
    [cat, 'a cat'],
  ] as const) {
    save(ada, imageId, authoring.addCaption(project.me.userId, text), 40_000);
    save(ada, imageId, authoring.setState(ada.load(imageId).doc, 'submitted'), 20_000);
  }
  const setId = newId();
  save(ada, dog, [...authoring.addPointSet(project.me.userId, 'dog', 'present', setId)]);
  save(
    ada,
    dog,
    [1, 2, 3].flatMap((at) => authoring.addPoint(ada.load(dog).doc, setId, at, at)),
  );
  const bobs = editor(bob);
  save(bobs, dog, authoring.setState(bobs.load(dog).doc, 'accepted'));

  const today = localDay(Date.now());
  const all = await overview();
  expect(all).toMatchObject({ pending: 0, images: 3, span: { fromDay: today, toDay: today }, labelCount: 1 });
  expect(all.states.find(({ state }) => state === 'todo')).toEqual({ state: 'todo', images: 1 });
  expect(steps(all)).toEqual([{ submitted: 2, accepted: 1 }]);
  expect(all.coverage).toEqual({ caption: 2, questions: 0, points: 1 });
  expect(all.labels).toEqual([{ name: 'dog', images: 1, count: 1, value: 3, absent: 0 }]);
  expect(all.words).toEqual([
    { value: 2, images: 1 },
    { value: 5, images: 1 },
  ]);
  expect(all.seconds).toEqual([{ value: 60, images: 2 }]);
  expect(all.people.map(({ name, images, activeMs, steps: made }) => ({ name, images, activeMs, made }))).toEqual([
    { name: 'Ada', images: 2, activeMs: 120_000, made: { submitted: 2 } },
    { name: 'Bob', images: 1, activeMs: 0, made: { accepted: 1 } },
  ]);
  expect(names({ kind: 'step', names: ['submitted'] })).toEqual(['dog.jpg', 'cat.jpg']);
  expect(names({ kind: 'caption', least: 3, most: 9 })).toEqual(['dog.jpg']);
  expect(names({ kind: 'state', names: ['todo'] })).toEqual(['untouched.jpg']);

  const bobsFilter = figureFilterSchema.parse({ personId: bob });
  expect(await overview(bobsFilter)).toMatchObject({ images: 1, coverage: { caption: 0, points: 0 }, people: [{ name: 'Bob' }] });
  expect(names({ kind: 'image', filter: bobsFilter })).toEqual(['dog.jpg']);
  expect(await overview({ states: ['accepted'] })).toMatchObject({ images: 1, words: [{ value: 5, images: 1 }] });
  expect(await overview({ toDay: today - 1 })).toMatchObject({ images: 0, days: [], people: [], words: [] });
});

test('an image that is taken out of the work counts no more, and counts again when it comes back', async () => {
  project = tempProject();
  const imageId = addImageRow(project.db);
  const ada = editor();
  save(ada, imageId, authoring.addCaption(project.me.userId, 'two words'));
  expect((await overview()).coverage.caption).toBe(1);
  save(ada, imageId, authoring.setExcluded(ada.load(imageId).doc, true));
  expect(await overview()).toMatchObject({ images: 0, words: [], people: [] });
  await ada.undo(imageId, 'w');
  expect((await overview()).words).toEqual([{ value: 2, images: 1 }]);
});

test('a figure that somebody altered is found', async () => {
  project = tempProject();
  const imageId = addImageRow(project.db);
  save(editor(), imageId, authoring.addCaption(project.me.userId, 'two words'));
  await settleFigures(project.db, never);
  project.db.prepare('UPDATE figure_sum SET n = n + 1').run();
  expect(figureSumProblems(project.db)).toHaveLength(1);
  project.db.prepare('UPDATE figure_part SET value = value + 1').run();
  expect(figureProblems(project.db, 1)).toEqual(['figures differ from its log']);
});
