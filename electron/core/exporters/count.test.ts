import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageStates } from '../../../shared/domain/model.ts';
import { noImage } from '../../../shared/formats/format.ts';
import { formats } from '../../../shared/formats/formats.ts';
import { actionArbitrary, opsOf } from '../../../shared/testing/random-work.ts';
import { countExport } from './count.ts';
import { exportItems } from './items.ts';
import { makeTestProject, tinyPng } from './testing.ts';

test('the preview counts in SQL what the export will write', async () => {
  const images = fc.array(fc.array(actionArbitrary, { maxLength: 30 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(images, fc.subarray([...imageStates], { minLength: 1 }), async (works, states) => {
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
          for await (const item of exportItems(made.db, { states })) {
            const { rows } = format.map(item, noImage, 'train');
            if (format.tables.some((table) => rows[table.name]!.length > 0)) found++;
            captions += rows['cap']?.length ?? 0;
            labels += rows['points']?.length ?? 0;
          }
          const { images, work } = await countExport(made.db, format, states);
          expect(images, profile).toBe(found);
          expect(Object.keys(work).sort()).toEqual([...format.takes].sort());
          if (profile === 'pixmo-parquet') expect({ captions: work.captions, labels: work.labels }).toEqual({ captions, labels });
        }
      } finally {
        made.remove();
      }
    }),
    { numRuns: 25 },
  );
});
