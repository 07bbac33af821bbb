/** The size of an image that is shrunk to a longest side; never enlarged, never without a pixel. */
export function fittedSize({ widthPx, heightPx }: { widthPx: number; heightPx: number }, maxSidePx: number | null): { widthPx: number; heightPx: number } {
  const scale = maxSidePx === null ? 1 : Math.min(1, maxSidePx / Math.max(widthPx, heightPx));
  return { widthPx: Math.max(1, Math.round(widthPx * scale)), heightPx: Math.max(1, Math.round(heightPx * scale)) };
}
