import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearGroups } from './near-groups.ts';

const pair = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })).map(([a, b]) => ({ a, b }));
const decision = fc.tuple(pair, fc.boolean()).map(([{ a, b }, same]) => ({ a, b, same }));
const has = (pairs: readonly { a: number; b: number }[], x: number, y: number) => pairs.some(({ a, b }) => (a === x && b === y) || (a === y && b === x));

test('every member is near the first of its group, nobody is in two groups, and the order of the pairs changes nothing', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 60 }), (pairs) => {
      const groups = nearGroups(pairs);
      const all = groups.flat();
      expect(new Set(all).size).toBe(all.length);
      for (const [first, ...others] of groups) {
        expect(others.length).toBeGreaterThan(0);
        for (const other of others) expect(has(pairs, first!, other)).toBe(true);
      }
      expect(nearGroups(pairs.toReversed().map(({ a, b }) => ({ a: b, b: a })))).toEqual(groups);
    }),
  );
});

test('two that a person said are not the same never share a group', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 60 }), fc.array(decision, { maxLength: 12 }), (pairs, decisions) => {
      const groups = nearGroups(pairs, decisions);
      for (const { a, b, same } of decisions) if (!same && a !== b) expect(groups.some((group) => group.includes(a) && group.includes(b))).toBe(false);
    }),
  );
});

test('two that a person put together are, whatever was found', () => {
  expect(nearGroups([{ a: 1, b: 2 }], [{ a: 2, b: 9, same: true }])).toEqual([[2, 1, 9]]);
  expect(nearGroups([], [{ a: 4, b: 3, same: true }])).toEqual([[3, 4]]);
});

test('a chain of small steps makes no group of all', () => {
  const chain = Array.from({ length: 9 }, (_, at) => ({ a: at + 1, b: at + 2 }));
  for (const group of nearGroups(chain)) expect(group.length).toBeLessThanOrEqual(3);
});
