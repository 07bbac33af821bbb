import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageStates } from '../../../shared/domain/model.ts';
import { noImage } from '../../../shared/formats/format.ts';
import { formats } from '../../../shared/formats/formats.ts';
import { type ExportOptions, exportOptionsSchema } from '../../../shared/formats/options.ts';
import * as authoring from '../../../shared/domain/authoring.ts';
import { actionArbitrary, AUTHOR_ID, opsOf } from '../../../shared/testing/random-work.ts';
import { lintFrame } from '../quality/lint/context.ts';
import { settleStale } from '../quality/lint/store.ts';
import { countExport } from './count.ts';
import { exportItems } from './items.ts';
import { planExport } from './plan.ts';
import { splitKeys } from './split-keys.ts';
import { makeTestProject, tinyPng } from './testing.ts';

const options = (values: Partial<ExportOptions> = {}) => exportOptionsSchema.parse(values);
const choices = fc.record({
  states: fc.subarray([...imageStates], { minLength: 1 }),
  people: fc.constantFrom<string[] | null>(null, [AUTHOR_ID], ['01890000-0000-7000-8000-0000000000bb']),
  labels: fc.constantFrom<string[] | null>(null, ['two dogs'], ['a\nb', '']),
  abilities: fc.constantFrom<string[] | null>(null, ['counting']),
  provenance: fc.constantFrom('all' as const, 'people' as const),
  validationShare: fc.constantFrom(0, 0.2, 0.5),
});

test('the preview counts what the export will write, in SQL as by the mappers, whatever is asked for', async () => {
  const images = fc.array(fc.array(actionArbitrary, { maxLength: 30 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(images, choices, async (works, wish) => {
      const made = makeTestProject();
      try {
        works.forEach((actions, n) =>
          made.add(`${n}.png`, tinyPng(1, 1, [n, 0, 0]), (edit) => {
            for (const action of actions) edit((doc) => opsOf(doc, action));
          }),
        );
        for (const profile of ['pixmo-parquet', 'molmo-folders', 'coco-captions', 'coco-keypoints', 'preference-pairs'] as const) {
          const format = formats[profile];
          let found = 0;
          let captions = 0;
          let labels = 0;
          let questions = 0;
          for await (const item of exportItems(made.db, wish)) {
            const { rows } = format.map(item, noImage, 'train');
            if (format.tables.some((table) => rows[table.name]!.length > 0)) found++;
            captions += rows['cap']?.length ?? 0;
            labels += rows['points']?.length ?? 0;
            questions += rows['ask-model-anything']?.length ?? 0;
          }
          const asked = options(wish);
          const mapped = await countExport(made.db, format, asked);
          const inSql = await countExport(made.db, format, asked, { mappedUpTo: 0 });
          expect(mapped.images, profile).toBe(found);
          expect({ ...inSql, validation: 0 }).toEqual({ ...mapped, validation: 0 });
          expect(Object.keys(mapped.work).sort()).toEqual([...format.takes].sort());
          if (profile === 'pixmo-parquet') {
            expect({ captions: mapped.work.captions, labels: mapped.work.labels, questions: mapped.work.questions }).toEqual({ captions, labels, questions });
          }
          const keys = splitKeys(made.db, [], false);
          const plan = await planExport(exportItems(made.db, wish), format, { share: wish.validationShare }, keys, new AbortController().signal);
          let validation = 0;
          for await (const item of exportItems(made.db, wish)) {
            const { rows } = format.map(item, noImage, 'train');
            if (Object.values(rows).some((list) => list.length > 0) && plan.splitOf(item.image) === 'validation') validation++;
          }
          expect(mapped.validation, profile).toBe(validation);
        }
      } finally {
        made.remove();
      }
    }),
    { numRuns: 25 },
  );
});

test('a listed validation split is counted by its list, with what is no image of the project; folders and near-duplicates stay together', async () => {
  const made = makeTestProject();
  try {
    for (let n = 0; n < 6; n++)
      made.add(`shoot-${n % 2}/${n}.png`, tinyPng(1, 1, [n, 0, 0]), (edit) => edit(() => authoring.addCaption(AUTHOR_ID, `Picture ${n}.`)));
    const count = (values: Partial<ExportOptions>, near: [number, number][] = []) =>
      countExport(made.db, formats.llava, options({ states: ['todo', 'draft'], ...values }), { near });
    expect(await count({ validation: ['shoot-0/0.png', 'nowhere.png'] })).toMatchObject({ images: 6, validation: 1, unknown: 1 });
    expect(
      await count({ validation: ['shoot-0/0.png'] }, [
        [1, 7],
        [2, 7],
      ]),
    ).toMatchObject({ validation: 2 });
    expect(await count({ validation: ['shoot-0/0.png'], keepFolders: true })).toMatchObject({ validation: 3 });
  } finally {
    made.remove();
  }
});

test('images that findings hold back are not in the counts when they are left out, counted in SQL as by the mappers', async () => {
  const made = makeTestProject();
  try {
    for (let n = 0; n < 4; n++) {
      made.add(`${n}.png`, tinyPng(1, 1, [n, 0, 0]), (edit) => {
        edit(() => authoring.addCaption(AUTHOR_ID, `Picture ${n}.`));
        // A word that a loader replaces by a picture.
        if (n === 2) edit(() => authoring.addThread(AUTHOR_ID, 'What is <image> here?', 'A word.'));
      });
    }
    for await (const _ of settleStale(made.db, lintFrame(made.db), 0)) continue;
    for (const mappedUpTo of [0, 600]) {
      const count = (findings: ExportOptions['findings']) =>
        countExport(made.db, formats['pixmo-parquet'], options({ states: ['todo', 'draft'], findings }), { mappedUpTo });
      expect(await count('take')).toMatchObject({ images: 4, work: { captions: 4, questions: 1 } });
      expect(await count('leave-out')).toMatchObject({ images: 3, work: { captions: 3, questions: 0 } });
    }
  } finally {
    made.remove();
  }
});

test('nobody waits: counting ends when its signal does', async () => {
  const made = makeTestProject();
  try {
    for (let n = 0; n < 3; n++) made.add(`${n}.png`, tinyPng(1, 1, [n, 0, 0]));
    const aborted = AbortSignal.abort(new Error('options changed'));
    const counted = countExport(made.db, formats.llava, options({ validation: ['0.png'] }), { signal: aborted });
    await expect(counted).rejects.toThrow('options changed');
  } finally {
    made.remove();
  }
});

test('no image falls between two stretches, and none is counted twice', async () => {
  const made = makeTestProject();
  try {
    const total = 620;
    // One transaction: else the disk is waited for 620 times.
    made.db.transaction(() => {
      for (let n = 0; n < total; n++)
        made.add(`${n}.png`, Buffer.from(String(n)), (edit) => {
          if (n % 3 !== 0) edit(() => authoring.addCaption(AUTHOR_ID, `Picture ${n}.`));
        });
    })();
    const asked = options({ states: ['todo', 'draft'], validationShare: 0.2 });
    const inSql = await countExport(made.db, formats.llava, asked);
    expect(inSql).toMatchObject({ images: 413, work: { captions: 413 } });
    expect(await countExport(made.db, formats.llava, asked, { mappedUpTo: total })).toEqual(inSql);
  } finally {
    made.remove();
  }
});
