import { imageToDevice, type Camera, type ImageSize, type Viewport } from './camera.ts';
import type { Painter } from './spread.ts';
import type { StageHeat } from './stage-api.ts';

/** Where an encoder sees what was asked for, laid over the image and under the markers. */
export interface HeatLayer {
  set(heat: StageHeat | null): void;
  draw(ctx: Painter, camera: Camera, view: Viewport, image: ImageSize): void;
}

/** Scores below this part of the range stay clear, so that the image is seen where there is nothing. */
const CLEAR_BELOW = 0.25;
/** From dark red over orange to pale yellow: more is lighter, also for those who see no red. */
const RAMP = [
  [120, 16, 60],
  [230, 70, 30],
  [255, 205, 70],
  [255, 250, 215],
] as const;
const MOST_ALPHA = 0.72;

export function createHeatLayer(): HeatLayer {
  let picture: OffscreenCanvas | null = null;
  return {
    set(heat) {
      picture = heat && paintHeat(heat);
    },
    draw(ctx, camera, view, image) {
      if (!picture) return;
      const { width, height } = picture;
      const m = imageToDevice(camera, view);
      const [sx, sy] = [image.widthPx / width, image.heightPx / height];
      ctx.setTransform(m.a * sx, m.b * sx, m.c * sy, m.d * sy, m.e, m.f);
      ctx.imageSmoothingEnabled = true;
      ctx.imageSmoothingQuality = 'high';
      ctx.drawImage(picture, 0, 0);
    },
  };
}

function paintHeat({ columns, rows, values }: StageHeat): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows);
  const ctx = canvas.getContext('2d')!;
  const pixels = ctx.createImageData(columns, rows);
  for (let i = 0; i < columns * rows; i += 1) pixels.data.set(heatColour(values[i] ?? 0), i * 4);
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

/** The colour of a score from 0 to 255, as red, green, blue and alpha. */
export function heatColour(value: number): [number, number, number, number] {
  const part = Math.max(0, (value / 255 - CLEAR_BELOW) / (1 - CLEAR_BELOW));
  const at = part * (RAMP.length - 1);
  const low = RAMP[Math.min(RAMP.length - 2, Math.floor(at))]!;
  const high = RAMP[Math.min(RAMP.length - 1, Math.floor(at) + 1)]!;
  const mix = at - Math.min(RAMP.length - 2, Math.floor(at));
  const [r, g, b] = low.map((from, i) => Math.round(from + (high[i]! - from) * mix)) as [number, number, number];
  return [r, g, b, Math.round(255 * MOST_ALPHA * Math.min(1, part * 1.6))];
}
