import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitFraction, SplitGroups, ValidationChoice } from './split.ts';

const sha = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));

test('the fraction is the hash read as a number from 0 to 1', () => {
  expect(splitFraction('0'.repeat(64))).toBe(0);
  expect(splitFraction(`8${'0'.repeat(63)}`)).toBe(0.5);
  expect(splitFraction('f'.repeat(64))).toBeLessThan(1);
});

test('another seed chooses otherwise, each seed evenly and always the same', () => {
  const keys = Array.from({ length: 4000 }, (_, n) => n.toString(16).padStart(64, 'ab'));
  const chosen = (seed: string) => new Set(keys.filter((key) => splitFraction(key, seed) < 0.25));
  const [one, two] = [chosen('one'), chosen('two')];
  for (const set of [one, two]) {
    expect(set.size).toBeGreaterThan(850);
    expect(set.size).toBeLessThan(1150);
  }
  // Independent choices of a quarter share a sixteenth.
  const both = [...one].filter((key) => two.has(key)).length;
  expect(both).toBeGreaterThan(170);
  expect(both).toBeLessThan(340);
  expect(chosen('one')).toEqual(one);
});

test('every table of two images or more has one in validation, and the choice does not depend on the order', () => {
  const images = fc.uniqueArray(fc.tuple(sha, fc.subarray(['cap', 'points', 'qa'], { minLength: 1 })), { selector: ([hash]) => hash, maxLength: 20 });
  fc.assert(
    fc.property(images, fc.double({ min: 0, max: 0.5, noNaN: true }), fc.string({ maxLength: 5 }), (list, share, seed) => {
      const choose = (order: typeof list) => {
        const choice = new ValidationChoice({ share, seed });
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

test('what was joined, in any order, has one key, and what was not joined keeps its own', () => {
  const pairs = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 20 });
  fc.assert(
    fc.property(pairs, (list) => {
      const name = (n: number) => String(n).padStart(3, '0');
      const keys = (order: typeof list) => {
        const groups = new SplitGroups();
        for (const [a, b] of order) groups.join(name(a), name(b));
        return Array.from({ length: 13 }, (_, n) => groups.keyOf(name(n)));
      };
      const found = keys(list);
      for (const [a, b] of list) expect(found[a]).toBe(found[b]);
      expect(keys([...list].reverse())).toEqual(found);
      const touched = new Set(list.flat());
      for (let n = 0; n <= 12; n++) if (!touched.has(n)) expect(found[n]).toBe(name(n));
    }),
  );
});

test('a fixed list is the validation split, whatever the share', () => {
  const choice = new ValidationChoice({ share: 0.5, fixed: new Set(['bb']) });
  for (const key of ['aa', 'bb', 'cc']) choice.add(key, ['cap']);
  expect(['aa', 'bb', 'cc'].map((key) => choice.splitOf(key))).toEqual(['train', 'validation', 'train']);
});
