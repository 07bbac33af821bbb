/** The colour of every part of an image, as a person sees differences: it tells a coin from a button that an encoder takes for round things alike. */
import type { PixelBlock, Spot } from '../messages.ts';
import { cellOf } from './cell-of.ts';
import type { ScoreMap } from './peaks.ts';

/** Mean colours in CIELAB (D65), three numbers a cell, rows from the top. */
export interface ColourMap {
  readonly columns: number;
  readonly rows: number;
  readonly lab: Float32Array;
}
/** Difference at which likeness has fallen to 60 %. A just noticeable one is 2, a coin's own light and dark sides differ by 20. */
const SIGMA = 25;
/** Light and shade change a thing's lightness more than its hue, so that it counts less. */
const LIGHTNESS = 0.35;

const LINEAR = Float32Array.from({ length: 256 }, (_, value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4));

/** From the pixels of the whole image. Every second pixel in both directions says enough. */
export function coloursOf({ data, width, height }: PixelBlock, columns: number, rows: number): ColourMap {
  const lab = new Float32Array(columns * rows * 3);
  for (let row = 0, to = 0; row < rows; row++) {
    const [top, bottom] = [Math.floor((row * height) / rows), Math.max(Math.floor((row * height) / rows) + 1, Math.floor(((row + 1) * height) / rows))];
    for (let column = 0; column < columns; column++, to += 3) {
      const left = Math.floor((column * width) / columns);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / columns));
      let [r, g, b, count] = [0, 0, 0, 0];
      for (let y = top; y < bottom; y += 2)
        for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 6) {
          r += LINEAR[data[at]!]!;
          g += LINEAR[data[at + 1]!]!;
          b += LINEAR[data[at + 2]!]!;
          count++;
        }
      writeLab(lab, to, r / count, g / count, b / count);
    }
  }
  return { columns, rows, lab };
}

/** From linear sRGB, 0 to 1 (IEC 61966-2-1, CIE 15). */
function writeLab(lab: Float32Array, to: number, r: number, g: number, b: number): void {
  const curve = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  lab[to] = 116 * y - 16;
  lab[to + 1] = 500 * (x - y);
  lab[to + 2] = 200 * (y - z);
}

/** How near each cell's colour is to that of the exemplar which is nearest to it, 0 to 1. */
export function likeInColour({ columns, rows, lab }: ColourMap, exemplars: readonly (Spot & { readonly weight: number })[]): ScoreMap {
  const values = new Float32Array(columns * rows);
  for (const exemplar of exemplars) {
    const own = cellOf({ columns, rows }, exemplar) * 3;
    for (let cell = 0, at = 0; cell < values.length; cell++, at += 3) {
      const [l, a, b] = [lab[at]! - lab[own]!, lab[at + 1]! - lab[own + 1]!, lab[at + 2]! - lab[own + 2]!];
      const like = exemplar.weight * Math.exp(-(l * l * LIGHTNESS + a * a + b * b) / (2 * SIGMA * SIGMA));
      if (like > values[cell]!) values[cell] = like;
    }
  }
  return { columns, rows, values };
}
