import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blur, findPeaks, otsu, type ScoreMap, upsample } from './peaks.ts';

/** A map with round bumps at these places (in cells). */
function bumps(columns: number, rows: number, places: readonly { x: number; y: number; height: number }[], width = 1.2): ScoreMap {
  const values = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (const place of places)
        values[y * columns + x]! += place.height * Math.exp(-((x + 0.5 - place.x) ** 2 + (y + 0.5 - place.y) ** 2) / (2 * width * width));
  return { columns, rows, values };
}

describe('peaks', () => {
  it('finds a bump within a sixth of a cell, wherever it lies', () => {
    fc.assert(
      fc.property(fc.double({ min: 4, max: 16, noNaN: true }), fc.double({ min: 4, max: 12, noNaN: true }), (x, y) => {
        const fine = upsample(bumps(20, 16, [{ x, y, height: 0.8 }]), 4);
        const [peak, ...others] = findPeaks(fine, { radius: 6, floor: 0.2 });
        expect(others).toEqual([]);
        expect(Math.hypot(peak!.x / 4 - x, peak!.y / 4 - y)).toBeLessThan(1 / 6);
      }),
    );
  });

  it('gives them highest first and none within the radius of a higher one', () => {
    const map = bumps(30, 10, [
      { x: 5.5, y: 5.5, height: 0.6 },
      { x: 15.5, y: 5.5, height: 0.9 },
      { x: 19.5, y: 5.5, height: 0.7 },
    ]);
    expect(findPeaks(map, { radius: 3, floor: 0.1 }).map(({ x }) => Math.round(x - 0.5))).toEqual([15, 19, 5]);
    expect(findPeaks(map, { radius: 6, floor: 0.1 }).map(({ x }) => Math.round(x - 0.5))).toEqual([15, 5]);
    expect(findPeaks(map, { radius: 3, floor: 0.1, limit: 1 })).toHaveLength(1);
  });

  it('takes a plateau as one peak', () => {
    const values = new Float32Array(25);
    for (const cell of [6, 7, 11, 12]) values[cell] = 0.5;
    expect(findPeaks({ columns: 5, rows: 5, values }, { radius: 1, floor: 0.1 })).toHaveLength(1);
  });

  it('keeps a flat map flat when it is blurred or enlarged', () => {
    const flat: ScoreMap = { columns: 7, rows: 5, values: new Float32Array(35).fill(0.4) };
    for (const map of [blur(flat, 1.5), upsample(flat, 3)]) for (const value of map.values) expect(value).toBeCloseTo(0.4, 5);
    expect(upsample(flat, 3)).toMatchObject({ columns: 21, rows: 15 });
  });
});

describe('the line between two groups', () => {
  it('lies between them', () => {
    const parted = otsu([0.1, 0.15, 0.12, 0.7, 0.75, 0.8, 0.72]);
    expect(parted!.threshold).toBeCloseTo(0.425, 5);
    expect(parted!.separation).toBeGreaterThan(0.95);
  });

  it('parts as well as any other line', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 }), (numbers) => {
        const parted = otsu(numbers);
        if (!parted) return;
        const within = (line: number) => {
          const groups = [numbers.filter((n) => n < line), numbers.filter((n) => n >= line)];
          return groups.reduce((sum, group) => {
            const mean = group.reduce((a, b) => a + b, 0) / group.length;
            return sum + group.reduce((a, b) => a + (b - mean) ** 2, 0);
          }, 0);
        };
        const best = within(parted.threshold);
        for (const line of numbers) expect(best).toBeLessThanOrEqual(within(line) + 1e-9);
      }),
    );
  });

  it('is not drawn where there is nothing to part', () => {
    expect(otsu([])).toBeNull();
    expect(otsu([0.3])).toBeNull();
    expect(otsu([0.3, 0.3, 0.3])).toBeNull();
  });
});
