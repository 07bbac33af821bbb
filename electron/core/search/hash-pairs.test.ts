import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phashDistance } from '../../../shared/domain/phash.ts';
import { eachHashPair, hashesOf } from './hash-pairs.ts';
import { random } from './rotation.ts';

const hex = (next: () => number) => Array.from({ length: 16 }, () => Math.floor(next() * 16).toString(16)).join('');
const flip = (hash: string, bit: number) => {
  const digit = Math.floor(bit / 4);
  return hash.slice(0, digit) + (Number.parseInt(hash[digit]!, 16) ^ (8 >> (bit % 4))).toString(16) + hash.slice(digit + 1);
};
/** Hashes in clusters, some equal, some at every distance around the limit. */
function clustered(count: number, seed: number): string[] {
  const next = random(seed);
  const list: string[] = [];
  while (list.length < count) {
    let hash = list.length > 0 && next() < 0.8 ? list[Math.floor(next() * list.length)]! : hex(next);
    for (let bits = Math.floor(next() * 10); bits > 0; bits--) hash = flip(hash, Math.floor(next() * 64));
    list.push(hash);
  }
  return list;
}
const found = (list: readonly string[], most: number) => {
  const pairs: string[] = [];
  eachHashPair(hashesOf(list), most, (a, b, distance) => pairs.push(`${Math.min(a, b)} ${Math.max(a, b)} ${distance}`));
  return pairs.sort();
};
const bruteForce = (list: readonly string[], most: number) => {
  const pairs: string[] = [];
  for (let a = 0; a < list.length; a++)
    for (let b = a + 1; b < list.length; b++) {
      const distance = phashDistance(list[a]!, list[b]!);
      if (distance <= most) pairs.push(`${a} ${b} ${distance}`);
    }
  return pairs.sort();
};

test('finds each pair once, the same as comparing all with all, at any limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 12 }), fc.integer(), (count, most, seed) => {
      const list = clustered(count, seed);
      expect(found(list, most)).toEqual(bruteForce(list, most));
    }),
    { numRuns: 100 },
  );
});

test('a bucket of thousands of equal blocks hides no pair', () => {
  const list = clustered(700, 7).map((hash) => `000${hash.slice(3)}`);
  expect(found(list, 6)).toEqual(bruteForce(list, 6));
});
