/** How Molmo2 writes points into text (allenai/molmo2 @f3cb1085, olmo/preprocessing/point_formatter.py), for one image. */
import type { Xy } from '../columns.ts';
import { thousandths } from './coordinates.ts';

/** 0 to 1000 with at least three digits: its parser takes three or four. */
const digits = (value: number) => String(value).padStart(3, '0');

/** The tag: number of the image, then number, x and y of each point, sorted by x and y after rounding. */
export function molmo2Points(points: readonly Xy[], label: string): string {
  const rounded = points.map(thousandths);
  rounded.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return `<points coords="1 ${rounded.map(([x, y], at) => `${at + 1} ${digits(x)} ${digits(y)}`).join(' ')}">${label}</points>`;
}

/** The answer in its modes `point` and `point_then_count`. */
export function molmo2Answer(points: readonly Xy[], label: string, method: 'pointing' | 'counting'): string {
  if (points.length === 0) return 'There are none.';
  const tag = molmo2Points(points, label.toLowerCase());
  return method === 'pointing' ? tag : `Counting the ${tag} shows a total of ${points.length}.`;
}
