import type { Painter } from './spread.ts';

/**
 * Draws tens of thousands of dots by writing their pixels: a drawImage costs about a microsecond to record and one to draw, a small dot here a tenth of
 * that. One buffer of the stage's size with a margin, so that dots at the edge need no test.
 */
export interface DotRaster {
  begin(widthDev: number, heightDev: number): void;
  /** Puts a dot with its middle at whole device pixels, inside the stage or up to the margin outside it; `soft`: with smooth edges. */
  stamp(pattern: DotPattern, xDev: number, yDev: number, soft: boolean): void;
  /** Replaces the canvas's picture. */
  flush(ctx: Painter): void;
}

/** A dot's pixels as offsets from its middle, for one buffer width. */
export interface DotPattern {
  readonly stride: number;
  /** Mostly opaque: they replace what is below. Rows of neighbours, from `rows[r]` on, with the colours up to before `ends[r]`: one by one takes twice as long. */
  readonly rows: Int32Array;
  readonly ends: Int32Array;
  readonly solidColors: Uint32Array;
  /** Mostly clear: they are written where nothing is yet. */
  readonly soft: Int32Array;
  readonly softColors: Uint32Array;
}

/** Device pixels around the stage: more than a marker reaches beyond its edge at a factor of 3. */
export const rasterMargin = 64;

/** The row length of the buffer for a stage this wide. */
export const strideOf = (widthDev: number): number => widthDev + 2 * rasterMargin;

/** Splits a dot's picture into the pixels to write. */
export function dotPattern(picture: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }, stride: number): DotPattern {
  const colors = new Uint32Array(picture.data.slice().buffer);
  const rows: number[] = [];
  const ends: number[] = [];
  let next = NaN;
  const soft: number[] = [];
  const solidColors: number[] = [];
  const softColors: number[] = [];
  colors.forEach((color, k) => {
    const alpha = picture.data[k * 4 + 3]!;
    if (alpha === 0) return;
    const offset = (Math.floor(k / picture.width) - (picture.height >> 1)) * stride + (k % picture.width) - (picture.width >> 1);
    if (alpha < 128) {
      soft.push(offset);
      softColors.push(color);
      return;
    }
    solidColors.push(color);
    if (offset === next) ends[ends.length - 1] = solidColors.length;
    else {
      rows.push(offset);
      ends.push(solidColors.length);
    }
    next = offset + 1;
  });
  return {
    stride,
    rows: Int32Array.from(rows),
    ends: Int32Array.from(ends),
    solidColors: Uint32Array.from(solidColors),
    soft: Int32Array.from(soft),
    softColors: Uint32Array.from(softColors),
  };
}

/** Makes a raster; its buffer is kept between frames. */
export function createDotRaster(): DotRaster {
  let data: ImageData | null = null;
  let buffer = new Uint32Array(0);
  let stride = 0;
  return {
    begin(widthDev, heightDev) {
      stride = strideOf(widthDev);
      const height = heightDev + 2 * rasterMargin;
      if (!data || data.width !== stride || data.height !== height) {
        data = new ImageData(stride, height);
        buffer = new Uint32Array(data.data.buffer);
      } else buffer.fill(0);
    },
    stamp(pattern, xDev, yDev, withSoft) {
      const at = (yDev + rasterMargin) * stride + xDev + rasterMargin;
      const { rows, ends, solidColors, soft, softColors } = pattern;
      for (let r = 0, k = 0; r < rows.length; r += 1) {
        const end = ends[r]!;
        for (let to = at + rows[r]!; k < end; k += 1, to += 1) buffer[to] = solidColors[k]!;
      }
      if (!withSoft) return;
      for (let k = 0; k < soft.length; k += 1) {
        const to = at + soft[k]!;
        if (buffer[to] === 0) buffer[to] = softColors[k]!;
      }
    },
    flush(ctx) {
      if (data) ctx.putImageData(data, -rasterMargin, -rasterMargin);
    },
  };
}
