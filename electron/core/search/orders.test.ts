import { expect, test } from 'vitest';
import { mostDifferent, outliers } from './orders.ts';
import { createVectorIndex } from './vector-index.ts';

const breathe = () => Promise.resolve();
/** Unit vectors at these angles in degrees. */
function circle(...degrees: number[]) {
  const index = createVectorIndex(new Float32Array(2));
  for (const angle of degrees) index.put(Float32Array.of(Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)));
  return index;
}

test('the outlier is the one far from all, not one of a close group', async () => {
  const { rows, scores } = await outliers(circle(0, 1, 2, 3, 4, 5, 6, 180, 7), 3, breathe);
  expect(rows[0]).toBe(7);
  expect(scores[0]).toBeGreaterThan(1.9);
  expect(scores[1]).toBeLessThan(0.1);
});

test('the most different next is farthest from what is done and from what came before it', async () => {
  const index = circle(0, 10, 90, 100, 180, 190, 45);
  const { rows } = await mostDifferent(index, [0], 10, breathe);
  expect([...rows].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(rows[0]).toBe(4);
  expect([2, 3]).toContain(rows[1]);
});

test('an empty and a single image make no trouble', async () => {
  expect((await outliers(circle(), 5, breathe)).rows.length).toBe(0);
  expect((await outliers(circle(3), 5, breathe)).rows.length).toBe(1);
  expect((await mostDifferent(circle(3), [0], 5, breathe)).rows.length).toBe(0);
});
