/** Pixels as the graphs want them: blue, green, red, one plane after the other. */
import type { PixelBlock } from '../encoder/messages.ts';
import type { Point } from './find-boxes.ts';

export interface Planes {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}
/** Brings a colour from 0..255 to what a graph was trained with: (value - mean) * scale, by plane. */
export interface Norm {
  readonly mean: readonly [number, number, number];
  readonly scale: readonly [number, number, number];
}

/**
 * Samples a parallelogram of the image (corner `a`, sides to `b` and `d`, in the image's pixels) into planes of the wanted size: bilinear, and where it
 * gets smaller the mean of several samples. What lies outside the image repeats its edge.
 */
export function samplePlanes(pixels: PixelBlock, [a, b, d]: readonly [Point, Point, Point], width: number, height: number, { mean, scale }: Norm): Planes {
  const plane = width * height;
  const data = new Float32Array(plane * 3);
  const acrossStep = { x: (b.x - a.x) / width, y: (b.y - a.y) / width };
  const downStep = { x: (d.x - a.x) / height, y: (d.y - a.y) / height };
  const samples = (step: Point) => Math.min(4, Math.max(1, Math.round(Math.hypot(step.x, step.y))));
  const [across, down] = [samples(acrossStep), samples(downStep)];
  const share = 1 / (across * down);
  const sum = [0, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      sum.fill(0);
      for (let j = 0; j < down; j++) {
        const v = row + (j + 0.5) / down;
        for (let i = 0; i < across; i++) {
          const u = column + (i + 0.5) / across;
          addSample(pixels, a.x + u * acrossStep.x + v * downStep.x - 0.5, a.y + u * acrossStep.y + v * downStep.y - 0.5, sum);
        }
      }
      const at = row * width + column;
      data[at] = (sum[2]! * share - mean[0]) * scale[0];
      data[plane + at] = (sum[1]! * share - mean[1]) * scale[1];
      data[2 * plane + at] = (sum[0]! * share - mean[2]) * scale[2];
    }
  }
  return { data, width, height };
}

function addSample({ data, width, height }: PixelBlock, x: number, y: number, sum: number[]): void {
  const cx = Math.min(width - 1, Math.max(0, x));
  const cy = Math.min(height - 1, Math.max(0, y));
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [fx, fy] = [cx - x0, cy - y0];
  const [right, below] = [x0 + 1 < width ? 3 : 0, y0 + 1 < height ? width * 3 : 0];
  const at = (y0 * width + x0) * 3;
  for (let channel = 0; channel < 3; channel++) {
    const i = at + channel;
    const top = data[i]! + (data[i + right]! - data[i]!) * fx;
    const bottom = data[i + below]! + (data[i + below + right]! - data[i + below]!) * fx;
    sum[channel]! += top + (bottom - top) * fy;
  }
}
