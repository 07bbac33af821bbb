/** How Molmo 1 writes points into text (allenai/molmo @793fa387, olmo/data/data_formatter.py). Here for ordering, the card and previews. */
import type { Xy } from '../columns.ts';

/**
 * Rounds to one decimal as numpy does: multiply, round half to even, divide. Over 0.00 to 100.00 in steps of 0.01 `toFixed(1)` differs from it
 * in 502 cases and `Math.round(v * 10) / 10` in 500.
 */
export function roundLikeNumpy(value: number): number {
  const scaled = value * 10;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return rounded / 10;
}

/**
 * Molmo's order: by x, then y, both rounded to one decimal (its paper says top-down, its code sorts x first, and the code trains). Points that
 * round alike keep an order of their own, by their full coordinates.
 */
export function compareAsMolmo(a: Xy, b: Xy): number {
  return roundLikeNumpy(a.x) - roundLikeNumpy(b.x) || roundLikeNumpy(a.y) - roundLikeNumpy(b.y) || a.x - b.x || a.y - b.y;
}

const oneDecimal = (value: number) => roundLikeNumpy(value).toFixed(1);

/** The tag for one or more points in percent. The label goes in as it is: a quote or angle bracket in it breaks the tag, also in Molmo. */
export function pointsToText(points: readonly Xy[], label: string): string {
  const sorted = [...points].sort(compareAsMolmo);
  const first = sorted[0];
  if (first && sorted.length === 1) return `<point x="${oneDecimal(first.x)}" y="${oneDecimal(first.y)}" alt="${label}">${label}</point>`;
  const coordinates = sorted.map(({ x, y }, i) => `x${i + 1}="${oneDecimal(x)}" y${i + 1}="${oneDecimal(y)}"`).join(' ');
  return `<points ${coordinates} alt="${label}">${label}</points>`;
}

/** The answer Molmo 1 is trained to give: labels in lower case; for counting the tag is followed by the total. */
export function molmoAnswer(points: readonly Xy[], label: string, method: 'pointing' | 'counting'): string {
  if (points.length === 0) return 'There are none.';
  const tag = pointsToText(points, label.toLowerCase());
  return method === 'pointing' ? tag : `Counting the ${tag} shows a total of ${points.length}.`;
}
