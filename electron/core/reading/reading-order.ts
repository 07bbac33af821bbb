/** The order in which people read lines that lie anywhere: rows from the top, each from the left. */
import type { ReadLine } from '../../../shared/domain/reading.ts';

interface Placed {
  readonly line: ReadLine;
  readonly left: number;
  readonly middle: number;
  readonly height: number;
}

/** Lines belong to one row where their middles lie closer than half the lower one's height. Columns of a page are not told apart. */
export function inReadingOrder(lines: readonly ReadLine[]): ReadLine[] {
  const placed = lines.map(place).sort((a, b) => a.middle - b.middle);
  const rows: Placed[][] = [];
  for (const one of placed) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (row && last && one.middle - last.middle < Math.min(one.height, last.height) / 2) row.push(one);
    else rows.push([one]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.left - b.left).map(({ line }) => line));
}

function place(line: ReadLine): Placed {
  const xs = line.corners.filter((_value, at) => at % 2 === 0);
  const ys = line.corners.filter((_value, at) => at % 2 === 1);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  return { line, left: Math.min(...xs), middle: (top + bottom) / 2, height: bottom - top };
}
