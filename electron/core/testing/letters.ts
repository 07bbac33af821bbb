/** Draws words with straight strokes, so that tests have pictures with text on machines that have no fonts. */
import { encodePng } from './png.ts';

type Stroke = readonly [x0: number, y0: number, x1: number, y1: number];
/** In a box of 1 x 1, y down. */
const GLYPHS: Readonly<Record<string, readonly Stroke[]>> = {
  A: [
    [0, 1, 0.5, 0],
    [0.5, 0, 1, 1],
    [0.2, 0.65, 0.8, 0.65],
  ],
  E: [
    [0, 0, 0, 1],
    [0, 0, 0.9, 0],
    [0, 0.5, 0.8, 0.5],
    [0, 1, 0.9, 1],
  ],
  H: [
    [0, 0, 0, 1],
    [1, 0, 1, 1],
    [0, 0.5, 1, 0.5],
  ],
  I: [[0.5, 0, 0.5, 1]],
  K: [
    [0, 0, 0, 1],
    [0.95, 0, 0, 0.6],
    [0.35, 0.4, 1, 1],
  ],
  L: [
    [0, 0, 0, 1],
    [0, 1, 0.9, 1],
  ],
  M: [
    [0, 1, 0, 0],
    [0, 0, 0.5, 0.7],
    [0.5, 0.7, 1, 0],
    [1, 0, 1, 1],
  ],
  N: [
    [0, 1, 0, 0],
    [0, 0, 1, 1],
    [1, 1, 1, 0],
  ],
  T: [
    [0, 0, 1, 0],
    [0.5, 0, 0.5, 1],
  ],
  X: [
    [0, 0, 1, 1],
    [1, 0, 0, 1],
  ],
  4: [
    [0.75, 1, 0.75, 0],
    [0.75, 0, 0, 0.7],
    [0, 0.7, 1, 0.7],
  ],
  7: [
    [0, 0, 1, 0],
    [1, 0, 0.35, 1],
  ],
};

export interface Word {
  readonly text: string;
  /** The top left corner and the height of its letters, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}
/** How wide a word is, in pixels. */
export const wordWidth = ({ text, size }: Word): number => advance(text) * size - size * 0.26;
const advance = (text: string): number => [...text].reduce((sum, letter) => sum + (letter === ' ' ? 0.4 : 0.86), 0);

export interface Picture {
  /** Four bytes a pixel. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 4;
}

/** Dark words on light paper. */
export function pictureOf(words: readonly Word[], width = 640, height = 400): Picture {
  const ink = new Float32Array(width * height);
  for (const { text, x, y, size } of words) {
    [...text].forEach((letter, index) => {
      for (const [x0, y0, x1, y1] of GLYPHS[letter] ?? []) {
        const left = x + advance(text.slice(0, index)) * size;
        const stroke = [left + x0 * size * 0.6, y + y0 * size, left + x1 * size * 0.6, y + y1 * size] as const;
        drawStroke(ink, width, height, stroke, size * 0.07);
      }
    });
  }
  const data = new Uint8Array(width * height * 4);
  ink.forEach((cover, at) => data.set([240 - 215 * cover, 240 - 215 * cover, 234 - 215 * cover, 255], at * 4));
  return { data, width, height, channels: 4 };
}

/** A quarter turn counter-clockwise: words run up. */
export function turnedLeft({ data, width, height }: Picture): Picture {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), ((width - 1 - x) * height + y) * 4);
  }
  return { data: turned, width: height, height: width, channels: 4 };
}

export const pngOf = ({ data, width, height }: Picture): Buffer =>
  encodePng(width, height, (x, y) => {
    const at = (y * width + x) * 4;
    return [data[at]!, data[at + 1]!, data[at + 2]!];
  });

/** Round ends and soft edges. */
function drawStroke(ink: Float32Array, widthPx: number, heightPx: number, [x0, y0, x1, y1]: Stroke, radius: number): void {
  const length2 = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - radius - 1)); y <= Math.min(heightPx - 1, Math.max(y0, y1) + radius + 1); y++) {
    for (let x = Math.max(0, Math.floor(Math.min(x0, x1) - radius - 1)); x <= Math.min(widthPx - 1, Math.max(x0, x1) + radius + 1); x++) {
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length2));
      const distance = Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
      const cover = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const at = y * widthPx + x;
      if (cover > ink[at]!) ink[at] = cover;
    }
  }
}
