/** Decoding and encoding with libvips. The only file that imports sharp; it runs in the media worker and nowhere else. */
import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from '../../../shared/domain/image.ts';
import type { RawImage } from './heic.ts';
import { isTiled, levelSize, TILE_OVERLAP_PX, TILE_PX } from '../../../shared/domain/tiles.ts';
import { MAX_PIXELS, MAX_SHOWN_PIXELS, MAX_SHOWN_SIDE, OVERVIEW_PIXELS, type PixelsAsk, THUMB_SIDE } from './messages.ts';
import { isSrgbProfile } from './srgb-profile.ts';

// Files are decoded side by side, each on one thread: 4 at a time on 2 processors made 102 thumbnails a second, one at a time on 2 threads 49.
sharp.concurrency(1);
// The cache is for repeated work on one picture and would keep 50 MB for nothing.
sharp.cache(false);

/** A file's path or bytes, or pixels that another decoder made. */
export type Source = string | Uint8Array | RawImage;
export interface Header {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: number;
  readonly hasAlpha: boolean;
  readonly isCmyk: boolean;
  /** A progressive JPEG or interlaced PNG: has to be held whole while it is decoded. */
  readonly isProgressive: boolean;
  readonly exif: Buffer | undefined;
  /** The colour profile inside says sRGB and nothing else. */
  readonly saysSrgb: boolean;
  /** Which of a HEIF file's pictures is the one to show. */
  readonly primary: number;
}
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** `warning`: nothing at all may be wrong with the data. */
export type Strictness = 'error' | 'warning';

/** How a file is decoded. */
export interface Reading {
  readonly strict?: Strictness;
  /** The colour profile changes nothing (`saysSrgb`) and is not followed. */
  readonly ignoreIcc?: boolean;
}

function open(source: Source, { strict: failOn = 'error', ignoreIcc = false }: Reading = {}): Sharp {
  const options = { failOn, ignoreIcc, limitInputPixels: MAX_PIXELS, sequentialRead: true, autoOrient: true } as const;
  if (typeof source === 'string' || source instanceof Uint8Array) return sharp(source, options);
  const { data, width, height, channels } = source;
  return sharp(data, { limitInputPixels: MAX_PIXELS, raw: { width, height, channels } });
}

/** What the file says of itself, the size as stored and not yet upright. */
export async function readHeader(source: string | Uint8Array): Promise<Header> {
  const found = await sharp(source, { failOn: 'error', limitInputPixels: MAX_PIXELS }).metadata();
  return {
    widthPx: found.width,
    heightPx: found.height,
    orientation: found.orientation ?? 1,
    hasAlpha: found.hasAlpha,
    isCmyk: found.space === 'cmyk',
    isProgressive: found.isProgressive,
    exif: found.exif,
    saysSrgb: found.space === 'srgb' && found.icc !== undefined && isSrgbProfile(found.icc),
    primary: found.pagePrimary ?? 0,
  };
}

/**
 * Decodes the whole file, small and upright: 8-bit sRGB of at most 320 pixels a side. Throws where any part of it can't be read. `alone`: nothing else
 * is decoded meanwhile, so that what the decoder says is about this file.
 */
export async function smallPixels(source: Source, format: ImageFormat, reading: Reading = {}, alone = true): Promise<Pixels> {
  if (format !== 'tiff') return await shrink(open(source, reading));
  // libtiff only warns where it can't read a strip at all, and leaves it blank; but it also warns of tags it does not know.
  try {
    return await shrink(open(source, { ...reading, strict: 'warning' }));
  } catch (thrown) {
    if (!alone || /not configured|not supported/i.test((thrown as Error).message)) throw thrown;
    return await shrink(open(source, reading));
  }
}

async function shrink(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .resize(THUMB_SIDE, THUMB_SIDE, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as Pixels['channels'] };
}

/** Where a part begins among the pixels that it leaves free; rounded down, as trainers' centre crops are. */
const placeOf = (startPct: number, sizePct: number, free: number): number =>
  sizePct >= 100 ? 0 : Math.max(0, Math.min(free, Math.floor((free * startPct) / (100 - sizePct) + 1e-6)));

/**
 * Decodes a part of a file for an encoder: JPEG scaled while it is decoded, everything line by line where the format allows, so that no more of the
 * full picture is in memory than a few lines. A part is cut out after scaling: its borders see their surroundings, as in the whole.
 */
export async function askedPixels(source: Source, ask: Omit<PixelsAsk, 'path'>, reading: Reading = {}): Promise<Uint8Array> {
  const { region, width, height, kernel } = ask;
  const image = open(source, reading);
  const [whole, tall] = region ? [width / (region.widthPct / 100), height / (region.heightPct / 100)] : [width, height];
  const size = [Math.max(width, Math.round(whole)), Math.max(height, Math.round(tall))] as const;
  // The decoder's own scaling leaves at least half of the reduction to the filter: a photo of 855 pixels brought to 224 differs from Pillow's by 0.2 levels
  // and not by 3.4.
  image.resize(...size, { fit: 'fill', kernel, fastShrinkOnLoad: false });
  if (region) {
    const left = placeOf(region.xPct, region.widthPct, size[0] - width);
    const top = placeOf(region.yPct, region.heightPct, size[1] - height);
    image.extract({ left, top, width, height });
  }
  const { data, info } = await image.flatten({ background: '#fff' }).toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return data;
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) rgb.fill(data[at * info.channels]!, at * 3, at * 3 + 3);
  return rgb;
}

/** Writes a thumbnail. Effort 0: half the time of the default for 5 % more bytes. */
export async function writeThumb(pixels: Pixels, to: string): Promise<void> {
  await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: pixels.channels } })
    .webp({ quality: 80, effort: 0 })
    .toFile(to);
}

/** Writes what a browser shows of a picture: upright, and an overview of what is shown through tiles. */
export async function writeShown(
  source: Source,
  size: { widthPx: number; heightPx: number },
  alpha: boolean,
  to: string,
  strict: Strictness = 'error',
): Promise<void> {
  const scale = Math.min(
    1,
    Math.sqrt((isTiled(size) ? OVERVIEW_PIXELS : MAX_SHOWN_PIXELS) / (size.widthPx * size.heightPx)),
    MAX_SHOWN_SIDE / Math.max(size.widthPx, size.heightPx),
  );
  const image = open(source, { strict });
  if (scale < 1) {
    const [width, height] = [size.widthPx, size.heightPx].map((side) => Math.max(1, Math.floor(side * scale))) as [number, number];
    image.resize(width, height, { fit: 'fill' });
  }
  await (alpha ? image.webp({ quality: 90, effort: 1 }) : image.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })).toFile(to);
}

export interface UprightCopy {
  readonly alpha: boolean;
  /** Null: full size. */
  readonly shrinkTo: { readonly widthPx: number; readonly heightPx: number } | null;
  readonly quality: number;
}
/** Writes the picture upright for an export; the same bytes every time. */
export async function writeUpright(source: Source, { alpha, shrinkTo, quality }: UprightCopy, to: string, strict: Strictness = 'error'): Promise<void> {
  const image = open(source, { strict });
  if (shrinkTo) image.resize(shrinkTo.widthPx, shrinkTo.heightPx, { fit: 'fill' });
  image.toColourspace('srgb');
  await (alpha ? image.png({ compressionLevel: 6 }) : image.jpeg({ quality, chromaSubsampling: '4:4:4' })).toFile(to);
}

/** Writes every tile of one level below `to`, as `<x>_<y>.<extension>`. Measured: 280 megapixels at full size take 5 seconds and 30 MB of memory. */
export async function writeTiles(
  source: Source,
  size: { widthPx: number; heightPx: number },
  level: number,
  alpha: boolean,
  to: string,
  strict: Strictness = 'error',
): Promise<void> {
  const { widthPx, heightPx } = levelSize(size, level);
  const image = open(source, { strict });
  if (level > 0) image.resize(widthPx, heightPx, { fit: 'fill' });
  image.toColourspace('srgb');
  await (alpha ? image.webp({ quality: 90, effort: 0 }) : image.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }))
    .tile({ size: TILE_PX, overlap: TILE_OVERLAP_PX, depth: 'one', layout: 'dz', container: 'fs' })
    .toFile(`${to}.dz`);
}
