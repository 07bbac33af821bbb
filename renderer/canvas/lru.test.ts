import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLru } from './lru.ts';

test('above the budget the one unused for longest goes first', () => {
  const dropped: string[] = [];
  const lru = createLru<string>(100, (value) => dropped.push(value));
  lru.put('a', 'A', 40);
  lru.put('b', 'B', 40);
  expect(lru.take('a')).toBe('A');
  lru.release('a');
  lru.put('c', 'C', 40);
  expect(dropped).toEqual(['B']);
  expect([lru.has('a'), lru.has('b'), lru.has('c')]).toEqual([true, false, true]);
});

test('what is in use is never dropped, and goes when it is released above the budget', () => {
  const dropped: string[] = [];
  const lru = createLru<string>(50, (value) => dropped.push(value));
  lru.put('shown', 'shown', 40);
  lru.take('shown');
  lru.put('next', 'next', 40);
  expect(dropped).toEqual([]);
  lru.release('shown');
  expect(dropped).toEqual(['shown']);
});

test('one image larger than the whole budget can still be shown', () => {
  const dropped: string[] = [];
  const lru = createLru<string>(10, (value) => dropped.push(value));
  lru.put('huge', 'huge', 500);
  expect(lru.take('huge')).toBe('huge');
  expect(dropped).toEqual([]);
});

test('whatever is done, unused values stay within the budget and nothing is dropped twice or while in use', () => {
  const step = fc.tuple(fc.constantFrom('put', 'take', 'release'), fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const uses = new Map<object, number>();
      const keyed = new Map<string, object>();
      const gone = new Set<object>();
      const lru = createLru<object>(100, (value) => {
        expect(gone.has(value)).toBe(false);
        expect(uses.get(value) ?? 0).toBe(0);
        gone.add(value);
      });
      for (const [kind, key, size] of steps) {
        if (kind === 'put' && !lru.has(key)) {
          keyed.set(key, {});
          lru.put(key, keyed.get(key)!, size);
        } else if (kind === 'take') {
          const value = lru.take(key);
          if (value) uses.set(value, (uses.get(value) ?? 0) + 1);
        } else if (kind === 'release' && lru.has(key)) {
          const value = keyed.get(key)!;
          uses.set(value, Math.max(0, (uses.get(value) ?? 0) - 1));
          lru.release(key);
        }
        const inUse = [...keyed.values()].some((value) => !gone.has(value) && (uses.get(value) ?? 0) > 0);
        if (!inUse && kind !== 'put') expect(lru.sizeBytes).toBeLessThanOrEqual(100);
      }
    }),
  );
});
