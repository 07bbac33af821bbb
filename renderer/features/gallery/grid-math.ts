/** Sizes and steps of the grid: which card stands where, and where a key leads. Lengths in CSS pixels. */

export const GRID_GAP = 9;
/** Space around the grid, left and right. */
export const GRID_PADDING = 14;
/** Below this width a card's foot takes two lines. */
export const COMPACT_BELOW = 188;
const FOOT = 33;
const FOOT_COMPACT = 51;
/** Height of a card's picture in its width; most photos are 3:2. */
const PICTURE_RATIO = 0.66;

export interface GridLayout {
  readonly columns: number;
  readonly cardWidthPx: number;
  readonly cardHeightPx: number;
  /** A card and the gap below it. */
  readonly rowHeightPx: number;
  readonly compact: boolean;
  /** What is left of the space at the right beside the scroll bar, so that cards end where the line above them ends. */
  readonly rightPaddingPx: number;
}

/**
 * As many cards of at least `minCardPx` as fit beside each other, stretched to fill the width. `widthPx`: of the whole grid, padding and scroll
 * bar in it; `uiScale`: how much larger than usual text is.
 */
export function gridLayout(widthPx: number, minCardPx: number, scrollBarPx = 0, uiScale = 1): GridLayout {
  const rightPaddingPx = Math.max(0, GRID_PADDING - scrollBarPx);
  const innerWidthPx = widthPx - GRID_PADDING - scrollBarPx - rightPaddingPx;
  const columns = Math.max(1, Math.floor((innerWidthPx + GRID_GAP) / (minCardPx + GRID_GAP)));
  const cardWidthPx = Math.max(1, (innerWidthPx - GRID_GAP * (columns - 1)) / columns);
  const compact = cardWidthPx < COMPACT_BELOW * uiScale;
  const cardHeightPx = Math.round(cardWidthPx * PICTURE_RATIO) + Math.round((compact ? FOOT_COMPACT : FOOT) * uiScale);
  return { columns, cardWidthPx, cardHeightPx, rowHeightPx: cardHeightPx + GRID_GAP, compact, rightPaddingPx };
}

/** Rows of a grid of `total` cards. */
export const rowCount = (total: number, columns: number) => Math.ceil(total / columns);

export type GridMove = 'left' | 'right' | 'up' | 'down' | 'row-start' | 'row-end' | 'page-up' | 'page-down' | 'first' | 'last';

/** Index that a move leads to; it never leaves the list. `pageRows`: rows that fit on the screen. */
export function moveIndex(index: number, move: GridMove, total: number, columns: number, pageRows: number): number {
  if (total <= 0) return 0;
  const column = index % columns;
  const page = Math.max(1, pageRows) * columns;
  const targets: Record<GridMove, number> = {
    left: index - 1,
    right: index + 1,
    up: index - columns >= 0 ? index - columns : index,
    // From the last full row straight down into a shorter one: its last card.
    down: index + columns < total ? index + columns : Math.floor(index / columns) < Math.floor((total - 1) / columns) ? total - 1 : index,
    'row-start': index - column,
    'row-end': index - column + columns - 1,
    'page-up': index - page >= 0 ? index - page : column,
    'page-down': index + page < total ? index + page : total - 1,
    first: 0,
    last: total - 1,
  };
  return Math.min(total - 1, Math.max(0, targets[move]));
}

/** The move a key makes in a grid (ARIA's grid pattern), or null. */
export function moveForKey(event: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean }): GridMove | null {
  if (event.altKey) return null;
  const whole = event.ctrlKey || event.metaKey;
  if (event.key === 'Home') return whole ? 'first' : 'row-start';
  if (event.key === 'End') return whole ? 'last' : 'row-end';
  if (whole) return null;
  const moves: Record<string, GridMove> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
    PageUp: 'page-up',
    PageDown: 'page-down',
  };
  return moves[event.key] ?? null;
}
