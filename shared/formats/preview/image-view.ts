/**
 * What a model's processor makes of an image before the model sees it: the size it is resized to, whether it is stretched, padded or cropped, and the tiles
 * it is cut into. Everything in pixels of the resized canvas, so that it can be drawn over the picture.
 */
import { qwen25Resize, type SizePx, smartResize } from '../grammar/coordinates.ts';
import type { ExportProfile } from '../profiles.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type ViewModel = 'molmo' | 'molmo2' | 'llava-next' | 'qwen2-vl' | 'qwen3-vl' | 'internvl' | 'clip' | 'paligemma';
export interface ImageView {
  readonly model: ViewModel;
  readonly canvas: SizePx;
  readonly fit: 'stretch' | 'pad' | 'crop';
  /** Where the picture lies on the canvas. It is larger than the canvas where it is cropped. */
  readonly picture: Rect;
  /** Tiles in the order in which they are read; empty where the canvas is seen whole. */
  readonly tiles: readonly Rect[];
  /** The side of the square that the whole picture is seen as beside its tiles; null where it is not. */
  readonly overviewPx: number | null;
  /** Side of what becomes one token of text length; null where it depends on more. */
  readonly tokenPx: number | null;
  readonly tokens: { readonly count: number; readonly atMost: boolean } | null;
}

const area = ({ width, height }: Rect) => width * height;
const whole = ({ widthPx, heightPx }: SizePx): Rect => ({ x: 0, y: 0, width: widthPx, height: heightPx });

/** As large as it fits, in the middle, as processors pad: sizes cut off, margins halved downward. */
function padded(size: SizePx, canvas: SizePx): Rect {
  const scale = Math.min(canvas.widthPx / size.widthPx, canvas.heightPx / size.heightPx);
  const [width, height] = [Math.floor(size.widthPx * scale), Math.floor(size.heightPx * scale)];
  return { x: Math.floor((canvas.widthPx - width) / 2), y: Math.floor((canvas.heightPx - height) / 2), width, height };
}
/** Squares of `side` every `step`, row by row. */
function squares(rows: number, columns: number, step: number, side: number): Rect[] {
  return Array.from({ length: rows * columns }, (_, at) => ({ x: (at % columns) * step, y: Math.floor(at / columns) * step, width: side, height: side }));
}

/**
 * Rows and columns of tiles as Molmo chooses them (`select_tiling` of its preprocessor): the least enlargement, or the least shrinking where nothing fits.
 * `widthPx` and `heightPx` are those of the image without the margins, and may be zero or less.
 */
export function molmoTiling({ widthPx, heightPx }: SizePx, windowPx: number, most: number): { rows: number; columns: number } {
  const tilings: [number, number][] = [];
  for (let rows = 1; rows <= most; rows++) for (let columns = 1; rows * columns <= most; columns++) tilings.push([rows, columns]);
  tilings.sort((a, b) => a[0] * a[1] - b[0] * b[1] || a[0] - b[0]);
  const scales = tilings.map(([rows, columns]) => Math.min((rows * windowPx) / heightPx, (columns * windowPx) / widthPx));
  const best = scales.every((scale) => scale < 1)
    ? scales.indexOf(Math.max(...scales))
    : scales.reduce((found, scale, at) => (scale >= 1 && (found < 0 || scale < scales[found]!) ? at : found), -1);
  const [rows, columns] = tilings[best]!;
  return { rows, columns };
}

/** Patches of 14 pixels; crops overlap by four patches on each side. */
const PATCH = 14;
const MARGIN = 2 * 4 * PATCH;
function overlapping(model: 'molmo' | 'molmo2', size: SizePx, cropPx: number, most: number): ImageView {
  const windowPx = cropPx - MARGIN;
  const { rows, columns } = molmoTiling({ widthPx: size.widthPx - MARGIN, heightPx: size.heightPx - MARGIN }, windowPx, most);
  const canvas = { widthPx: columns * windowPx + MARGIN, heightPx: rows * windowPx + MARGIN };
  const fit = model === 'molmo' ? 'pad' : 'stretch';
  return {
    model,
    canvas,
    fit,
    picture: fit === 'pad' ? padded(size, canvas) : whole(canvas),
    tiles: squares(rows, columns, windowPx, cropPx),
    overviewPx: cropPx,
    tokenPx: 2 * PATCH,
    tokens: null,
  };
}

/** Open-LLaVA-NeXT's grids (`select_best_resolution`): the one in which the most of the picture is left, then the one that wastes the least. */
const PINPOINTS = [
  [336, 672],
  [672, 336],
  [672, 672],
  [1008, 336],
  [336, 1008],
] as const;
function llavaNext(size: SizePx): ImageView {
  const own = size.widthPx * size.heightPx;
  let best = { widthPx: 0, heightPx: 0, effective: 0, wasted: Infinity };
  for (const [widthPx, heightPx] of PINPOINTS) {
    const scale = Math.min(widthPx / size.widthPx, heightPx / size.heightPx);
    const effective = Math.min(Math.trunc(size.widthPx * scale) * Math.trunc(size.heightPx * scale), own);
    const wasted = widthPx * heightPx - effective;
    if (effective > best.effective || (effective === best.effective && wasted < best.wasted)) best = { widthPx, heightPx, effective, wasted };
  }
  const canvas = { widthPx: best.widthPx, heightPx: best.heightPx };
  const tiles = squares(canvas.heightPx / 336, canvas.widthPx / 336, 336, 336);
  // What was padded is taken off again after the encoder, so this is the most.
  return {
    model: 'llava-next',
    canvas,
    fit: 'pad',
    picture: padded(size, canvas),
    tiles,
    overviewPx: 336,
    tokenPx: PATCH,
    tokens: { count: 576 * (tiles.length + 1), atMost: true },
  };
}

/** InternVL's `dynamic_preprocess`: the grid of at most 12 squares of 448 whose shape is nearest, the larger of equals where the image is large enough. */
function internvl(size: SizePx): ImageView {
  const ratio = size.widthPx / size.heightPx;
  const grids: [number, number][] = [];
  for (let columns = 1; columns <= 12; columns++) for (let rows = 1; columns * rows <= 12; rows++) grids.push([columns, rows]);
  grids.sort((a, b) => a[0] * a[1] - b[0] * b[1]);
  let best: [number, number] = [1, 1];
  let difference = Infinity;
  for (const [columns, rows] of grids) {
    const own = Math.abs(ratio - columns / rows);
    if (own < difference) [best, difference] = [[columns, rows], own];
    else if (own === difference && size.widthPx * size.heightPx > 0.5 * 448 * 448 * columns * rows) best = [columns, rows];
  }
  const [columns, rows] = best;
  const canvas = { widthPx: 448 * columns, heightPx: 448 * rows };
  const tiles = columns * rows;
  return {
    model: 'internvl',
    canvas,
    fit: 'stretch',
    picture: whole(canvas),
    tiles: squares(rows, columns, 448, 448),
    overviewPx: tiles > 1 ? 448 : null,
    tokenPx: 28,
    tokens: { count: 256 * (tiles > 1 ? tiles + 1 : 1), atMost: false },
  };
}

function qwen(model: 'qwen2-vl' | 'qwen3-vl', size: SizePx): ImageView {
  const factor = model === 'qwen2-vl' ? 28 : 32;
  // Qwen3-VL's patches are 16 pixels; its bounds are what a training sets, here those of Qwen2.5-VL's fine-tuning.
  const canvas = smartResize(size, { ...qwen25Resize, factor });
  return {
    model,
    canvas,
    fit: 'stretch',
    picture: whole(canvas),
    tiles: [],
    overviewPx: null,
    tokenPx: factor,
    tokens: { count: (canvas.widthPx / factor) * (canvas.heightPx / factor), atMost: false },
  };
}

/** The shortest side to 224 pixels and the middle cut out, as open_clip evaluates; in training it takes a random part of nine tenths or more. */
function clip({ widthPx, heightPx }: SizePx): ImageView {
  const scale = 224 / Math.min(widthPx, heightPx);
  const [width, height] = [Math.trunc(widthPx * scale), Math.trunc(heightPx * scale)];
  const picture = { x: Math.round((224 - width) / 2), y: Math.round((224 - height) / 2), width, height };
  return { model: 'clip', canvas: { widthPx: 224, heightPx: 224 }, fit: 'crop', picture, tiles: [], overviewPx: null, tokenPx: null, tokens: null };
}

/** Stretched to 224 pixels, the smallest of its three sizes. */
function paligemma(): ImageView {
  const canvas = { widthPx: 224, heightPx: 224 };
  const tokens = { count: 256, atMost: false };
  return { model: 'paligemma', canvas, fit: 'stretch', picture: whole(canvas), tiles: [], overviewPx: null, tokenPx: PATCH, tokens };
}

const molmo = (size: SizePx) => overlapping('molmo', size, 336, 12);
const views: Partial<Record<ExportProfile, (size: SizePx) => ImageView>> = {
  'molmo-folders': molmo,
  'pixmo-parquet': molmo,
  molmo2: (size) => overlapping('molmo2', size, 378, 8),
  llava: llavaNext,
  'qwen2-vl': (size) => qwen('qwen2-vl', size),
  'qwen25-vl': (size) => qwen('qwen2-vl', size),
  'qwen3-vl': (size) => qwen('qwen3-vl', size),
  internvl,
  'open-clip-csv': clip,
  'open-clip-tar': clip,
  paligemma,
};

/** What the model that a profile is for sees of an image file of this size; null where the profile is for many models. */
export const imageView = (profile: ExportProfile, size: SizePx): ImageView | null => views[profile]?.(size) ?? null;

/** Share of the picture that is on the canvas, 0 to 1. */
export function seenShare({ picture, canvas }: ImageView): number {
  const width = Math.min(canvas.widthPx, picture.x + picture.width) - Math.max(0, picture.x);
  const height = Math.min(canvas.heightPx, picture.y + picture.height) - Math.max(0, picture.y);
  return (width * height) / area(picture);
}
