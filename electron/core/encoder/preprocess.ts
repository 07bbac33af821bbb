/** From an image to what an encoder's graph takes: which pixels to ask the decoder for, and those pixels as numbers. Where the graph's places are in the image. */
import type { EncoderManifest } from '../../../shared/domain/encoder.ts';
import type { PixelBlock, Spot } from './messages.ts';

/** A part of an image in percent of the upright image. */
export interface Region {
  readonly xPct: number;
  readonly yPct: number;
  readonly widthPct: number;
  readonly heightPct: number;
}
/** What to ask of the decoder for an encoder. */
export interface ImagePlan {
  /** Null: the whole image. */
  readonly region: Region | null;
  /** Pixels to ask for. */
  readonly width: number;
  readonly height: number;
  /** The picture that the graph is fed; larger than the pixels where bars are added around them. */
  readonly canvasWidth: number;
  readonly canvasHeight: number;
  readonly kernel: ResizeKernel;
}
/** Filters of the decoder; all are scaled to the reduction (antialiased), as Pillow's are. */
export type ResizeKernel = 'linear' | 'cubic' | 'lanczos3' | 'nearest';
type Shape = Pick<EncoderManifest, 'input_size' | 'resize' | 'interpolation' | 'patch_size' | 'size_multiple_of'>;

const WHOLE: Region = { xPct: 0, yPct: 0, widthPct: 100, heightPct: 100 };
const kernels: { readonly [K in EncoderManifest['interpolation']]: ResizeKernel } = {
  bilinear: 'linear',
  bicubic: 'cubic',
  lanczos: 'lanczos3',
  nearest: 'nearest',
};

/** The pixels that an encoder wants of an upright image of this size, or of a part of an image: then give the part's size and place the answer in it. */
export function imagePlan(manifest: Shape, widthPx: number, heightPx: number, side = manifest.input_size): ImagePlan {
  const kernel = kernels[manifest.interpolation];
  const [long, short] = [Math.max(widthPx, heightPx), Math.min(widthPx, heightPx)];
  const scaled = (px: number) => Math.max(1, Math.round((px * side) / long));
  if (manifest.resize === 'squash') return plan(null, side, side, kernel);
  if (manifest.resize === 'crop') {
    const part = (short / long) * 100;
    const rest = (100 - part) / 2;
    if (widthPx === heightPx) return plan(null, side, side, kernel);
    return plan(
      widthPx > heightPx ? { xPct: rest, yPct: 0, widthPct: part, heightPct: 100 } : { xPct: 0, yPct: rest, widthPct: 100, heightPct: part },
      side,
      side,
      kernel,
    );
  }
  if (manifest.resize === 'letterbox') return { ...plan(null, scaled(widthPx), scaled(heightPx), kernel), canvasWidth: side, canvasHeight: side };
  const step = manifest.size_multiple_of ?? manifest.patch_size;
  const stepped = (px: number) => Math.max(step, Math.round((px * side) / long / step) * step);
  return plan(null, stepped(widthPx), stepped(heightPx), kernel);
}

const plan = (region: Region | null, width: number, height: number, kernel: ResizeKernel): ImagePlan => ({
  region,
  width,
  height,
  canvasWidth: width,
  canvasHeight: height,
  kernel,
});

/** Where the pixels begin in a canvas with bars. */
const barBefore = (canvas: number, pixels: number): number => Math.floor((canvas - pixels) / 2);

/** A place of the graph's picture (0 to 1 in both directions) as percent of the upright image; outside 0 to 100 it is on a bar. */
export function toImage(planned: ImagePlan, u: number, v: number): Spot {
  const { region, width, height, canvasWidth, canvasHeight } = planned;
  const { xPct, yPct, widthPct, heightPct } = region ?? WHOLE;
  return {
    xPct: xPct + ((u * canvasWidth - barBefore(canvasWidth, width)) / width) * widthPct,
    yPct: yPct + ((v * canvasHeight - barBefore(canvasHeight, height)) / height) * heightPct,
  };
}

/** The other way: a place of the image in the graph's picture (0 to 1), or outside that range where it was cropped off. */
export function toPicture(planned: ImagePlan, spot: Spot): { u: number; v: number } {
  const { region, width, height, canvasWidth, canvasHeight } = planned;
  const { xPct, yPct, widthPct, heightPct } = region ?? WHOLE;
  return {
    u: (((spot.xPct - xPct) / widthPct) * width + barBefore(canvasWidth, width)) / canvasWidth,
    v: (((spot.yPct - yPct) / heightPct) * height + barBefore(canvasHeight, height)) / canvasHeight,
  };
}

type Normalised = Pick<EncoderManifest, 'input_size' | 'resize' | 'mean' | 'std' | 'channels'>;

/** Size of the graph's picture for a block of pixels. Only letterboxes are larger than what is in them. */
export function canvasOf({ resize, input_size: side }: Normalised, { width, height }: PixelBlock): { width: number; height: number } {
  return resize === 'letterbox' ? { width: Math.max(side, width), height: Math.max(side, height) } : { width, height };
}

/**
 * Writes one picture into a batch [n, 3, height, width] at `at` pictures' distance: (value / 255 - mean) / std in the graph's order of channels. Bars
 * are the mean colour, which is 0. A table of the 256 values of each channel: 0.25 ms for 224 x 224.
 */
export function writePicture(manifest: Normalised, pixels: PixelBlock, batch: Float32Array, at: number): void {
  const { data, width, height } = pixels;
  if (data.length !== width * height * 3) throw new Error(`${data.length} bytes are not ${width} x ${height} pixels`);
  const canvas = canvasOf(manifest, pixels);
  const plane = canvas.width * canvas.height;
  const left = barBefore(canvas.width, width);
  const top = barBefore(canvas.height, height);
  const table = new Float32Array(256);
  for (let channel = 0; channel < 3; channel++) {
    const [mean, std] = [manifest.mean[channel]!, manifest.std[channel]!];
    for (let value = 0; value < 256; value++) table[value] = (value / 255 - mean) / std;
    const from = manifest.channels === 'bgr' ? 2 - channel : channel;
    const start = (at * 3 + channel) * plane;
    for (let y = 0; y < height; y++) {
      let to = start + (y + top) * canvas.width + left;
      let source = y * width * 3 + from;
      for (let x = 0; x < width; x++, source += 3) batch[to++] = table[data[source]!]!;
    }
  }
}

/** Pictures of one size as a graph's input [n, 3, height, width]. */
export function pictureBatch(manifest: Normalised, images: readonly PixelBlock[]): { data: Float32Array; dims: readonly number[] } {
  const { width, height } = canvasOf(manifest, images[0]!);
  const data = new Float32Array(images.length * 3 * width * height);
  for (const [at, image] of images.entries()) writePicture(manifest, image, data, at);
  return { data, dims: [images.length, 3, height, width] };
}
