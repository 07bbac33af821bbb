import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageStates } from '../../../shared/domain/model.ts';
import { noImage } from '../../../shared/formats/format.ts';
import { molmoFolders } from '../../../shared/formats/tables/molmo.ts';
import { pixmoParquet } from '../../../shared/formats/tables/pixmo.ts';
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
        for (const format of [pixmoParquet, molmoFolders]) {
          const rows = Object.fromEntries(format.tables.map((table) => [table.name, 0]));
          let found = 0;
          for await (const item of exportItems(made.db, states)) {
            const mapped = format.map(item, noImage);
            for (const table of format.tables) rows[table.name]! += mapped.rows[table.name]!.length;
            if (format.tables.some((table) => mapped.rows[table.name]!.length > 0)) found++;
          }
          expect(await countExport(made.db, format, states)).toEqual({ images: found, rows });
        }
      } finally {
        made.remove();
      }
    }),
    { numRuns: 25 },
  );
});
