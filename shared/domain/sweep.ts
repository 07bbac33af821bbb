/**
 * The sweep: an image is walked in cells so that nothing is missed. What was looked at is kept on the point set as `COLSxROWS:HEX`, one bit a cell,
 * row by row from the top left, the first cell in the highest bit of the first digit.
 */
export interface Sweep {
  readonly columns: number;
  readonly rows: number;
  /** One flag a cell. */
  readonly seen: readonly boolean[];
}

/** No finer than this: 50 by 50 cells are an hour's work. */
export const MAX_CELLS_A_SIDE = 50;
const PATTERN = /^(\d{1,2})x(\d{1,2}):([0-9a-f]*)$/;

/** A sweep of which nothing was seen yet. */
export function newSweep(columns: number, rows: number): Sweep {
  return { columns, rows, seen: Array.from({ length: columns * rows }, () => false) };
}

/**
 * The grid for an image at the zoom where a marker covers about what it points at: as many cells as it takes to show each at `scale` screen pixels
 * an image pixel on a stage of this size.
 */
export function sweepGrid(image: { widthPx: number; heightPx: number }, stage: { widthPx: number; heightPx: number }, scale: number): Sweep {
  const cells = (imagePx: number, stagePx: number) => Math.min(MAX_CELLS_A_SIDE, Math.max(1, Math.ceil((imagePx * scale) / Math.max(stagePx, 1) - 1e-9)));
  return newSweep(cells(image.widthPx, stage.widthPx), cells(image.heightPx, stage.heightPx));
}

/** Reads what `formatSweep` wrote; null for anything else. */
export function parseSweep(text: string | undefined): Sweep | null {
  const match = PATTERN.exec(text ?? '');
  if (!match) return null;
  const columns = Number(match[1]);
  const rows = Number(match[2]);
  const digits = match[3]!;
  if (columns < 1 || rows < 1 || columns > MAX_CELLS_A_SIDE || rows > MAX_CELLS_A_SIDE || digits.length !== Math.ceil((columns * rows) / 4)) return null;
  const seen = Array.from({ length: columns * rows }, (_, cell) => ((Number.parseInt(digits[cell >> 2]!, 16) >> (3 - (cell & 3))) & 1) === 1);
  return { columns, rows, seen };
}

export function formatSweep({ columns, rows, seen }: Sweep): string {
  let digits = '';
  for (let cell = 0; cell < seen.length; cell += 4) {
    digits += [0, 1, 2, 3].reduce((digit, bit) => (digit << 1) | (seen[cell + bit] ? 1 : 0), 0).toString(16);
  }
  return `${columns}x${rows}:${digits}`;
}

/** The sweep with one more cell seen. */
export function markSeen(sweep: Sweep, cell: number): Sweep {
  return sweep.seen[cell] ? sweep : { ...sweep, seen: sweep.seen.map((was, index) => was || index === cell) };
}

/** The next cell to look at after this one, walking row by row and back (left to right, then right to left), or null when all were seen. */
export function nextCell(sweep: Sweep, after: number): number | null {
  const order = walk(sweep);
  const start = order.indexOf(after);
  for (let step = 1; step <= order.length; step++) {
    const cell = order[(start + step) % order.length]!;
    if (!sweep.seen[cell]) return cell;
  }
  return null;
}

/** The cells in the order in which they are walked: like an ox ploughs, so that the view never jumps across the image. */
export function walk({ columns, rows }: Sweep): number[] {
  return Array.from({ length: columns * rows }, (_, step) => {
    const row = Math.floor(step / columns);
    const column = step % columns;
    return row * columns + (row % 2 === 0 ? column : columns - 1 - column);
  });
}

export const seenCount = (sweep: Sweep): number => sweep.seen.filter(Boolean).length;
/** The label was looked for in the whole image. */
export const isExhaustive = (sweep: Sweep | null): boolean => sweep !== null && sweep.seen.every(Boolean);

/** The middle and size of a cell in percent of the image. */
export function cellBox({ columns, rows }: Sweep, cell: number): { xPct: number; yPct: number; widthPct: number; heightPct: number } {
  const widthPct = 100 / columns;
  const heightPct = 100 / rows;
  return { xPct: ((cell % columns) + 0.5) * widthPct, yPct: (Math.floor(cell / columns) + 0.5) * heightPct, widthPct, heightPct };
}
