import type { Spot } from '../messages.ts';

/** The cell of a grid over the image that a place lies in. */
export function cellOf({ columns, rows }: { readonly columns: number; readonly rows: number }, { xPct, yPct }: Spot): number {
  const x = Math.max(0, Math.min(columns - 1, Math.floor((xPct / 100) * columns)));
  const y = Math.max(0, Math.min(rows - 1, Math.floor((yPct / 100) * rows)));
  return y * columns + x;
}
