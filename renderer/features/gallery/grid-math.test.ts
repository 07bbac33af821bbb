import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMPACT_BELOW, GRID_GAP, GRID_PADDING, gridLayout, type GridMove, moveForKey, moveIndex, rowCount } from './grid-math.ts';

test('cards fill the width beside the scroll bar exactly and are never narrower than asked, unless one alone does not fit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 4000 }), fc.integer({ min: 120, max: 400 }), fc.integer({ min: 0, max: 20 }), (width, card, bar) => {
      const layout = gridLayout(width, card, bar);
      const cards = layout.columns * layout.cardWidthPx + (layout.columns - 1) * GRID_GAP;
      expect(GRID_PADDING + cards + layout.rightPaddingPx + bar).toBeCloseTo(width, 6);
      expect(layout.rightPaddingPx + bar).toBeGreaterThanOrEqual(GRID_PADDING);
      if (layout.columns > 1) expect(layout.cardWidthPx).toBeGreaterThanOrEqual(card - 1e-9);
      expect(layout.rowHeightPx).toBe(layout.cardHeightPx + GRID_GAP);
    }),
  );
});

test('narrow cards have a foot of two lines', () => {
  const widthOf = (card: number) => card + 2 * GRID_PADDING;
  expect(gridLayout(widthOf(COMPACT_BELOW), COMPACT_BELOW).compact).toBe(false);
  expect(gridLayout(widthOf(COMPACT_BELOW - 1), COMPACT_BELOW - 1).compact).toBe(true);
});

test('every image has a row', () => {
  expect(rowCount(0, 5)).toBe(0);
  expect(rowCount(5, 5)).toBe(1);
  expect(rowCount(100_001, 5)).toBe(20_001);
});

const moves: GridMove[] = ['left', 'right', 'up', 'down', 'row-start', 'row-end', 'page-up', 'page-down', 'first', 'last'];
test('no move leaves the list', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 9 }),
      fc.nat(),
      fc.constantFrom(...moves),
      (total, columns, rows, at, move) => {
        const to = moveIndex(at % total, move, total, columns, rows);
        expect(to).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThan(total);
      },
    ),
  );
});

test('up and down stay in their column, and down reaches a last row that is shorter', () => {
  expect(moveIndex(7, 'up', 13, 5, 3)).toBe(2);
  expect(moveIndex(2, 'up', 13, 5, 3)).toBe(2);
  expect(moveIndex(2, 'down', 13, 5, 3)).toBe(7);
  expect(moveIndex(9, 'down', 13, 5, 3)).toBe(12);
  expect(moveIndex(11, 'down', 13, 5, 3)).toBe(11);
});

test('page up stops in the first row of the same column', () => {
  expect(moveIndex(17, 'page-up', 100, 5, 4)).toBe(2);
  expect(moveIndex(3, 'page-up', 100, 5, 4)).toBe(3);
  expect(moveIndex(98, 'page-down', 100, 5, 4)).toBe(99);
});

test('home and end mean the row, with control the whole list', () => {
  const key = (name: string, ctrlKey = false) => moveForKey({ key: name, ctrlKey, metaKey: false, altKey: false });
  expect(moveIndex(7, key('Home')!, 13, 5, 3)).toBe(5);
  expect(moveIndex(7, key('End')!, 13, 5, 3)).toBe(9);
  expect(moveIndex(11, key('End')!, 13, 5, 3)).toBe(12);
  expect(moveIndex(7, key('Home', true)!, 13, 5, 3)).toBe(0);
  expect(moveIndex(7, key('End', true)!, 13, 5, 3)).toBe(12);
  expect(key('x')).toBeNull();
  expect(key('ArrowLeft', true)).toBeNull();
});
