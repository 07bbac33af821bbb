import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionArbitrary, opsOf } from '../../../shared/testing/random-work.ts';
import { makeTestProject, tinyPng } from '../exporters/testing.ts';
import { loadDoc, loadDocs } from './docs.ts';

test('documents that are read together are those that are read one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.array(actionArbitrary, { maxLength: 15 }), { minLength: 1, maxLength: 5 }), (works) => {
      const made = makeTestProject();
      try {
        works.forEach((actions, n) =>
          made.add(`${n}.png`, tinyPng(1, 1, [n, 0, 0]), (edit) => {
            for (const action of actions) edit((doc) => opsOf(doc, action));
          }),
        );
        const nums = works.map((_, n) => n + 1).filter((num) => num % 3 !== 2);
        const docs = loadDocs(made.db, nums);
        expect([...docs.keys()].sort((a, b) => a - b)).toEqual(nums);
        for (const num of nums) expect(docs.get(num)).toEqual(loadDoc(made.db, num));
      } finally {
        made.remove();
      }
    }),
    { numRuns: 15 },
  );
});
