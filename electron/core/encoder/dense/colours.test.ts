import { expect, test } from 'vitest';
import { coloursOf, likeInColour } from './colours.ts';

/** Squares of 8 x 8 pixels of these colours, side by side. */
function squares(...colours: readonly (readonly [number, number, number])[]) {
  const width = colours.length * 8;
  const data = new Uint8Array(width * 8 * 3);
  for (let y = 0; y < 8; y++) for (let x = 0; x < width; x++) data.set(colours[Math.floor(x / 8)]!, (y * width + x) * 3);
  return { data, width, height: 8 };
}

test('white, black and red are where the standard puts them', () => {
  const { lab } = coloursOf(squares([255, 255, 255], [0, 0, 0], [255, 0, 0]), 3, 1);
  const expected = [100, 0, 0, 0, 0, 0, 53.2, 80.1, 67.2];
  for (const [at, value] of expected.entries()) expect(Math.abs(lab[at]! - value)).toBeLessThan(0.5);
});

test('a shaded part of the same colour is more alike than another colour of the same lightness, and the nearest exemplar counts', () => {
  const map = coloursOf(squares([200, 40, 40], [150, 30, 30], [40, 110, 40], [40, 40, 200]), 4, 1);
  const one = likeInColour(map, [{ xPct: 10, yPct: 50, weight: 1 }]).values;
  expect(one[0]).toBe(1);
  expect(one[1]!).toBeGreaterThan(0.6);
  expect(one[2]!).toBeLessThan(0.1);
  const both = likeInColour(map, [{ xPct: 10, yPct: 50, weight: 1 }, { xPct: 90, yPct: 50, weight: 0.5 }]).values; // prettier-ignore
  expect(both[3]).toBe(0.5);
  expect(both[0]).toBe(1);
});

test('a grid finer than the pixels, and pixels that do not divide into cells, leave no cell empty', () => {
  for (const [columns, rows] of [
    [5, 3],
    [7, 7],
    [16, 8],
  ] as const) {
    // prettier-ignore
    const { lab } = coloursOf(squares([120, 130, 140], [120, 130, 140]), columns, rows);
    for (let cell = 0; cell < columns * rows; cell++) expect(Math.abs(lab[cell * 3]! - 54)).toBeLessThan(1);
  }
});
