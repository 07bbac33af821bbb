/** Which parts of an image an encoder should see, at which sizes, so that points are proposed on it. */
import type { EncoderManifest } from '../../../../shared/domain/encoder.ts';

/** In percent of the upright image. */
interface Area {
  readonly xPct: number;
  readonly yPct: number;
  readonly widthPct: number;
  readonly heightPct: number;
}
/** A part of the image and the pixels to decode it to. */
export interface PlannedTile {
  readonly area: Area;
  readonly width: number;
  readonly height: number;
}
type Shape = Pick<EncoderManifest, 'kind' | 'input_size' | 'patch_size' | 'dynamic_size' | 'size_multiple_of' | 'dense_size' | 'resize'>;

const WHOLE: Area = { xPct: 0, yPct: 0, widthPct: 100, heightPct: 100 };
/** How much finer the second look is, and how much the close one. */
const FINER = 2;
const CLOSE = 4;

/**
 * The tiles for an image, the first one the whole of it. A second look, twice as fine, finds what is small; only where the image has at least half of the
 * pixels for it, as magnified further it only gets blurred (coins in a photo 384 pixels wide: mean AP 0.98 instead of 1.00). A graph that takes any
 * size and keeps the ratio takes it whole; another one in nine windows of half the size, which overlap by half.
 */
export function tilePlan(manifest: Shape, widthPx: number, heightPx: number): PlannedTile[] {
  const side = sideOf(manifest);
  const fine = Math.max(widthPx, heightPx) >= side;
  if (manifest.dynamic_size && manifest.resize === 'fit') {
    const looks = fine ? [side, side * FINER] : [side];
    return looks.map((longSide) => fitted(manifest, widthPx, heightPx, longSide));
  }
  const squashed = (area: Area): PlannedTile => ({ area, width: side, height: side });
  if (!fine) return [squashed(WHOLE)];
  const starts = [0, 25, 50];
  return [squashed(WHOLE), ...starts.flatMap((yPct) => starts.map((xPct) => squashed({ xPct, yPct, widthPct: 50, heightPct: 50 })))];
}

/**
 * A close look at a large image, for things that are some 50 pixels of 3,000: by itself, as a coarser one only blurs them (a click on one of 24 coins of 50
 * pixels in a photo of 3,600 finds the 23 others and one wrong place by it, and none without). It finds parts of what is large, so that it is for where the
 * usual looks find nothing. Null where there are no more pixels to see, and for graphs whose cost grows faster than the pixels.
 */
export function closePlan(manifest: Shape, widthPx: number, heightPx: number): PlannedTile[] | null {
  const [side, long] = [sideOf(manifest), Math.max(widthPx, heightPx)];
  if (manifest.kind !== 'detector' || !manifest.dynamic_size || manifest.resize !== 'fit' || long < side * FINER * 1.5) return null;
  return [fitted(manifest, widthPx, heightPx, Math.min(long, side * CLOSE))];
}

const sideOf = (manifest: Shape): number => (manifest.dynamic_size ? (manifest.dense_size ?? manifest.input_size) : manifest.input_size);

/** The whole image with this long side, in steps that the graph takes. */
function fitted(manifest: Shape, widthPx: number, heightPx: number, longSide: number): PlannedTile {
  const step = manifest.size_multiple_of ?? manifest.patch_size;
  const scaled = (px: number) => Math.max(step, Math.round((px * longSide) / Math.max(widthPx, heightPx) / step) * step);
  return { area: WHOLE, width: scaled(widthPx), height: scaled(heightPx) };
}
