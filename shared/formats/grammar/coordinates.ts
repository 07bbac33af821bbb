/** Turning points in percent into the numbers that each family of models is trained on. */
import type { Xy } from '../columns.ts';

/** Size of the image file that a trainer opens, in pixels. */
export interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

/** Rounds half to even, as Python's `round` does. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** As the models' own code computes it, from a share of the side: `percent * 10` rounds 127 of the 10,001 values with two decimals otherwise. */
const thousandth = (percent: number): number => clamp(roundHalfEven(1000 * (percent / 100)), 1000);
/** Thousandths of each side, 0 to 1000 (Qwen2-VL, Qwen3-VL, InternVL, Molmo2). */
export const thousandths = ({ x, y }: Xy): [number, number] => [thousandth(x), thousandth(y)];

/** Pixels of the image file, with every fraction that was stored. */
export const pixels = ({ x, y }: Xy, { widthPx, heightPx }: SizePx): [number, number] => [(x * widthPx) / 100, (y * heightPx) / 100];

/** How a Qwen processor resizes an image: sides a multiple of `factor`, the area between two bounds. */
export interface ResizeRule {
  readonly factor: number;
  readonly minPixels: number;
  readonly maxPixels: number;
}
/** Qwen2.5-VL's as its fine-tuning code has it: multiples of 28, 56 x 56 to 14 * 14 * 4 * 1280 pixels. */
export const qwen25Resize: ResizeRule = { factor: 28, minPixels: 56 * 56, maxPixels: 14 * 14 * 4 * 1280 };

/**
 * The size that Qwen's processors give an image (`smart_resize` of qwen-vl-utils): each side rounded to a multiple, then shrunk (down) or grown (up)
 * as a whole where the area is out of bounds.
 */
export function smartResize({ widthPx, heightPx }: SizePx, { factor, minPixels, maxPixels }: ResizeRule): SizePx {
  const multiple = (side: number) => Math.max(factor, roundHalfEven(side / factor) * factor);
  const size = { widthPx: multiple(widthPx), heightPx: multiple(heightPx) };
  const area = size.widthPx * size.heightPx;
  if (area > maxPixels) {
    const beta = Math.sqrt((widthPx * heightPx) / maxPixels);
    const down = (side: number) => Math.max(factor, Math.floor(side / beta / factor) * factor);
    return { widthPx: down(widthPx), heightPx: down(heightPx) };
  }
  if (area < minPixels) {
    const beta = Math.sqrt(minPixels / (widthPx * heightPx));
    const up = (side: number) => Math.ceil((side * beta) / factor) * factor;
    return { widthPx: up(widthPx), heightPx: up(heightPx) };
  }
  return size;
}

/** Whole pixels of the image as Qwen2.5-VL sees it, at most one less than each side. */
export function resizedPixels({ x, y }: Xy, size: SizePx, rule: ResizeRule = qwen25Resize): [number, number] {
  const { widthPx, heightPx } = smartResize(size, rule);
  return [clamp(roundHalfEven((x * widthPx) / 100), widthPx - 1), clamp(roundHalfEven((y * heightPx) / 100), heightPx - 1)];
}

/** PaliGemma's 1024 bins of a side. */
export const bin1024 = (percent: number): number => clamp(roundHalfEven((percent / 100) * 1023), 1023);
