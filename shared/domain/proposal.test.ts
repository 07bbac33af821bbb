import { expect, test } from 'vitest';
import { newId } from './ids.ts';
import { distancePct, hidesProposals, spatialWordsOf } from './proposal.ts';

test('a share of the images hides proposals, always the same ones, and another share of another project', () => {
  const images = Array.from({ length: 5000 }, () => newId());
  const hidden = (seed: string, share: number) => images.filter((id) => hidesProposals(id, seed, share));
  expect(hidden('a', 0.1).length / images.length).toBeCloseTo(0.1, 1);
  expect(hidden('a', 0.1)).toEqual(hidden('a', 0.1));
  expect(hidden('a', 0)).toEqual([]);
  // who is hidden at a tenth is hidden at a fifth
  const fifth = new Set(hidden('a', 0.2));
  expect(hidden('a', 0.1).every((id) => fifth.has(id))).toBe(true);
  const both = hidden('b', 0.1).filter((id) => hidesProposals(id, 'a', 0.1)).length;
  expect(both / images.length).toBeLessThan(0.03);
});

test('distances are of the diagonal, whatever the image’s shape', () => {
  expect(distancePct({ widthPx: 300, heightPx: 400 }, { xPct: 0, yPct: 0 }, { xPct: 100, yPct: 100 })).toBeCloseTo(100);
  expect(distancePct({ widthPx: 300, heightPx: 400 }, { xPct: 10, yPct: 20 }, { xPct: 13, yPct: 23 })).toBeCloseTo(3);
});

test.each([
  ['dog on the left', ['left']],
  ['cup behind the laptop', ['behind']],
  ['bright orange', []],
  ['leftover rice', []],
  ['the top button', ['the top']],
  ['tank top', []],
  ['左の犬', ['左']],
  ['机の上のコップ', ['の上']],
  ['上着', []],
  ['下駄', []],
])('%s has the spatial words %s', (label, words) => {
  expect(spatialWordsOf(label)).toEqual(words);
});
