import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitFraction, ValidationChoice } from './split.ts';

const sha = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));

test('the fraction is the hash read as a number from 0 to 1', () => {
  expect(splitFraction('0'.repeat(64))).toBe(0);
  expect(splitFraction(`8${'0'.repeat(63)}`)).toBe(0.5);
  expect(splitFraction('f'.repeat(64))).toBeLessThan(1);
});

test('every table of two images or more has one in validation, and the choice does not depend on the order', () => {
  const images = fc.uniqueArray(fc.tuple(sha, fc.subarray(['cap', 'points', 'qa'], { minLength: 1 })), { selector: ([hash]) => hash, maxLength: 20 });
  fc.assert(
    fc.property(images, fc.double({ min: 0, max: 0.5, noNaN: true }), (list, share) => {
      const choose = (order: typeof list) => {
        const choice = new ValidationChoice(share);
        for (const [hash, tables] of order) choice.add(hash, tables);
        return new Map(order.map(([hash]) => [hash, choice.splitOf(hash)]));
      };
      const chosen = choose(list);
      for (const table of ['cap', 'points', 'qa']) {
        const splits = list.filter(([, tables]) => tables.includes(table)).map(([hash]) => chosen.get(hash));
        if (share > 0 && splits.length > 1) expect(splits).toContain('validation');
        if (share === 0) expect(splits).not.toContain('validation');
      }
      for (const [hash, split] of choose([...list].reverse())) expect(chosen.get(hash)).toBe(split);
    }),
  );
});

test('near-duplicates are never parted, whatever the share and the order, and their split does not depend on which of them are exported', () => {
  const grouped = fc.uniqueArray(fc.tuple(sha, fc.integer({ min: 0, max: 5 })), { selector: ([hash]) => hash, minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(grouped, fc.double({ min: 0, max: 0.5, noNaN: true }), (list, share) => {
      const byGroup = Map.groupBy(list, ([, group]) => group);
      const groups = new Map(
        list.map(([hash, group]) => [
          hash,
          byGroup
            .get(group)!
            .map(([other]) => other)
            .sort()[0]!,
        ]),
      );
      const choose = (images: typeof list) => {
        const choice = new ValidationChoice(share, groups);
        for (const [hash] of images) choice.add(hash, ['cap']);
        return choice;
      };
      const choice = choose(list);
      for (const members of byGroup.values()) expect(new Set(members.map(([hash]) => choice.splitOf(hash))).size).toBe(1);
      const reversed = choose(list.toReversed());
      for (const [hash] of list) expect(reversed.splitOf(hash)).toBe(choice.splitOf(hash));
    }),
  );
});
