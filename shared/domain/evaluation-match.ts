/** How far from a point a proposal may lie and still mean it. */

/** Share of the image's diagonal; what lies further off is on something else, however lonely the point. */
const MOST_OF_DIAGONAL = 0.05;

/** Pixels for each point: half the way to the nearest other point, so that no place means two, and at most a twentieth of the diagonal. */
export function matchRadii(
  points: readonly { readonly xPct: number; readonly yPct: number }[],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): number[] {
  const most = MOST_OF_DIAGONAL * Math.hypot(widthPx, heightPx);
  return points.map((a) => {
    const distances = points.filter((b) => b !== a).map((b) => Math.hypot(((a.xPct - b.xPct) / 100) * widthPx, ((a.yPct - b.yPct) / 100) * heightPx));
    return Math.min(most, ...distances.map((distance) => distance / 2));
  });
}
