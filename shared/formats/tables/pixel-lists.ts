/** Points as pixmo-count has them: a struct of lists, in pixels of the image, float32. */
import type { ColumnValues, Xy } from '../columns.ts';
import { pixels, type SizePx } from '../grammar/coordinates.ts';

/** In pixels, rounded to what a float32 can hold, so that what is read back is what was written. */
export function pixelLists(points: readonly Xy[], size: SizePx): ColumnValues['pixelLists'] {
  const placed = points.map((point) => pixels(point, size).map(Math.fround));
  return { x: placed.map(([x]) => x!), y: placed.map(([, y]) => y!) };
}
