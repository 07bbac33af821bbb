/**
 * Tiles of images that are too large to be decoded whole: level 0 is the image itself, each further level half of it, cut into squares. A tile holds one
 * pixel more at every inner edge, so that neighbours that are drawn smoothed leave no seam.
 */
export const TILE_PX = 512;
export const TILE_OVERLAP_PX = 1;
/** From this many pixels on an image is shown through tiles: decoded whole, 40 megapixels are 160 MB. */
export const TILED_FROM_PIXELS = 40_000_000;

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}
export interface Tile {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

export const isTiled = ({ widthPx, heightPx }: Size): boolean => widthPx * heightPx > TILED_FROM_PIXELS;

/** The size of a level. Both sides are rounded up, so that no pixel is lost. */
export function levelSize({ widthPx, heightPx }: Size, level: number): Size {
  return { widthPx: Math.max(1, Math.ceil(widthPx / 2 ** level)), heightPx: Math.max(1, Math.ceil(heightPx / 2 ** level)) };
}

/** Levels that have tiles: below two tiles a side the overview does as well. */
export function levelCount(size: Size): number {
  let level = 0;
  for (let at = size; Math.max(at.widthPx, at.heightPx) > 2 * TILE_PX; at = levelSize(size, level)) level += 1;
  return level;
}

/** Whether the image has this tile. */
export function hasTile(size: Size, { level, x, y }: Tile): boolean {
  if (!isTiled(size) || level < 0 || level >= levelCount(size) || x < 0 || y < 0) return false;
  const { widthPx, heightPx } = levelSize(size, level);
  return x * TILE_PX < widthPx && y * TILE_PX < heightPx;
}
