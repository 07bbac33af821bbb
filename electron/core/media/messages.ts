/** What the core and its media worker say to each other, and what comes of it. */
import type { ImageFormat, Refusal } from '../../../shared/domain/image.ts';

/** Most pixels an image may have: 512 megapixels are 1.5 GB of RGB. */
export const MAX_PIXELS = 512_000_000;
export const MAX_BYTES = 2 * 1024 ** 3;
/** Above this a file that can't be decoded scaled is shown through a rendition: Chromium keeps four bytes a pixel, twice. */
export const MAX_SHOWN_PIXELS = 64_000_000;
/** The size of a rendition where tiles show the rest: enough for a large screen. */
export const OVERVIEW_PIXELS = 8_000_000;
/** The longest side of a WebP file, and of what every graphics driver draws. */
export const MAX_SHOWN_SIDE = 16_383;
export const THUMB_SIDE = 320;

/** All that an image's bytes say about it. */
export interface Inspected {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly format: ImageFormat;
  /** Upright. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: number;
  readonly takenAt: number | null;
  readonly camera: string | null;
  readonly phash: string;
  readonly needsRendition: boolean;
}
export interface HashedFile {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}
/** Which pixels an encoder wants. */
export interface PixelsAsk {
  readonly path: string;
  /** A part in percent of the upright image; null is the whole. */
  readonly region: { readonly xPct: number; readonly yPct: number; readonly widthPct: number; readonly heightPct: number } | null;
  /** What the part is brought to, whatever its shape. */
  readonly width: number;
  readonly height: number;
  /** Scaled to the reduction (antialiased): `linear` is the triangle that other programs call bilinear, `cubic` is Catmull-Rom. */
  readonly kernel: 'linear' | 'cubic' | 'lanczos3' | 'nearest';
}
export interface RenderedFile {
  readonly path: string;
  readonly mime: string;
  readonly sha256: string;
}

/** What a worker can be asked. Folders and paths are absolute. */
export interface Tasks {
  /** Reads a file once: hash, facts, thumbnail below `thumbs`. */
  inspect: { in: { path: string; thumbs: string }; out: Inspected };
  /** Makes a thumbnail again. */
  thumb: { in: { path: string; to: string }; out: null };
  /** Makes what a browser shows; the extension is added to `to`. */
  rendition: { in: { path: string; to: string }; out: RenderedFile };
  /** Makes all tiles of one level into the folder `to`, which is there only when they all are. */
  tiles: { in: { path: string; to: string; level: number }; out: { mime: string } };
  /** Makes upright bytes for an export, at full size or shrunk to a longest side, or says null where the file's own are. */
  upright: { in: { path: string; to: string; maxSidePx: number | null; quality: number }; out: RenderedFile | null };
  hash: { in: { path: string }; out: HashedFile };
  /** Upright 8-bit sRGB, three bytes a pixel; transparent parts on white. With the hash of the file that it came from. */
  pixels: { in: PixelsAsk; out: { data: Uint8Array; width: number; height: number; sha256: string } };
}
export type TaskKind = keyof Tasks;
export type ToWorker =
  /** `alone`: nothing else is asked of the worker until this is done. */
  | { readonly t: 'do'; readonly id: number; readonly kind: TaskKind; readonly input: Tasks[TaskKind]['in']; readonly alone: boolean }
  /** From here on it gives way to everything else on the machine. */
  | { readonly t: 'yield' }
  | { readonly t: 'stop' };
export type FromWorker =
  | { readonly t: 'ready' }
  /** The file is read and its decoding begins: from here the time limit counts. */
  | { readonly t: 'decoding'; readonly id: number }
  | { readonly t: 'done'; readonly id: number; readonly out: Tasks[TaskKind]['out'] }
  | { readonly t: 'refused'; readonly id: number; readonly reason: Refusal; readonly detail: string | null; readonly byWords: boolean }
  /** Not the file's fault: a full disk, a bug of ours. */
  | { readonly t: 'failed'; readonly id: number; readonly message: string };
