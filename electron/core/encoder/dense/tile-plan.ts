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
type Shape = Pick<EncoderManifest, 'input_size' | 'patch_size' | 'dynamic_size' | 'size_multiple_of' | 'dense_size' | 'resize'>;

const WHOLE: Area = { xPct: 0, yPct: 0, widthPct: 100, heightPct: 100 };
/** How much finer the second look is. */
const FINER = 2;

/**
 * The tiles for an image, the first one the whole of it. A second look, twice as fine, finds what is small; only where the image has at least half of the
 * pixels for it, as magnified further it only gets blurred (coins in a photo 384 pixels wide: mean AP 0.98 instead of 1.00). A graph that takes any
 * size and keeps the ratio takes it whole; another one in nine windows of half the size, which overlap by half.
 */
export function tilePlan(manifest: Shape, widthPx: number, heightPx: number): PlannedTile[] {
  const side = manifest.dynamic_size ? (manifest.dense_size ?? manifest.input_size) : manifest.input_size;
  const long = Math.max(widthPx, heightPx);
  const fine = long >= side;
  if (manifest.dynamic_size && manifest.resize === 'fit') {
    const step = manifest.size_multiple_of ?? manifest.patch_size;
    const fitted = (longSide: number): PlannedTile => {
      const scaled = (px: number) => Math.max(step, Math.round((px * longSide) / long / step) * step);
      return { area: WHOLE, width: scaled(widthPx), height: scaled(heightPx) };
    };
    return fine ? [fitted(side), fitted(side * FINER)] : [fitted(side)];
  }
  const squashed = (area: Area): PlannedTile => ({ area, width: side, height: side });
  if (!fine) return [squashed(WHOLE)];
  const starts = [0, 25, 50];
  return [squashed(WHOLE), ...starts.flatMap((yPct) => starts.map((xPct) => squashed({ xPct, yPct, widthPct: 50, heightPct: 50 })))];
}
