import { expect, test } from 'vitest';
import { anchored, noSelection, rangeTo, selectAll, toggleOne, withRange } from './selection.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `image ${from + at}`);
const extend = (selection: Parameters<typeof rangeTo>[0], index: number) => {
  const { first, last } = rangeTo(selection, index);
  return withRange(selection, ids(first, last));
};

test('toggling twice leaves nothing', () => {
  const once = toggleOne(noSelection, 'image 4', 4);
  expect([...once.ids]).toEqual(['image 4']);
  expect(toggleOne(once, 'image 4', 4).ids.size).toBe(0);
  expect(noSelection.ids.size).toBe(0);
});

test('a range runs from the anchor in both directions', () => {
  const start = anchored(noSelection, 10);
  expect([...extend(start, 12).ids]).toEqual(ids(10, 12));
  expect([...extend(extend(start, 12), 8).ids]).toEqual(ids(8, 10));
});

test('a range that shrinks lets go of what it had taken, and of nothing else', () => {
  const kept = toggleOne(toggleOne(noSelection, 'image 1', 1), 'image 5', 5);
  const wide = extend(kept, 9);
  expect(wide.ids.size).toBe(6);
  const narrow = extend(wide, 6);
  expect([...narrow.ids].sort()).toEqual(['image 1', 'image 5', 'image 6']);
});

test('an anchor that is there stays', () => {
  expect(anchored(toggleOne(noSelection, 'image 3', 3), 8).anchor).toBe(3);
});

test('all of a filter is one set, and a range can be added to it', () => {
  const all = selectAll(ids(0, 4));
  expect(all.ids.size).toBe(5);
  expect(extend(anchored(all, 8), 9).ids.size).toBe(7);
});
