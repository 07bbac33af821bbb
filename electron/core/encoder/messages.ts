/** What the core and its encoder process say to each other. Pixels come from the media worker: the encoder process never opens an image file. */
import type { EncoderManifest, EncoderMeasure } from '../../../shared/domain/encoder.ts';

/** An installed encoder, by its folder; `hash` keys the sessions and feature maps that the process keeps. */
export interface ModelRef {
  readonly folder: string;
  readonly hash: string;
  readonly manifest: EncoderManifest;
}
/** Upright 8-bit sRGB, three bytes a pixel, rows from the top. */
export interface PixelBlock {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What the process can be asked. Vectors are as the graph gives them, then brought to length 1 unless the task says otherwise. */
export interface EncoderTasks {
  /** One vector an image, in order; each block has the size that the manifest asks for (`preprocess.ts`). */
  'embed-images': { in: { model: ModelRef; images: readonly PixelBlock[] }; out: { vectors: readonly Float32Array[] } };
  'embed-texts': { in: { model: ModelRef; texts: readonly string[] }; out: { vectors: readonly Float32Array[] } };
  measure: { in: { model: ModelRef }; out: EncoderMeasure };
  /** Loads the graphs and checks their inputs and outputs against the manifest. */
  check: { in: { model: ModelRef }; out: { problem: string | null } };
}
export type EncoderTaskKind = keyof EncoderTasks;

export type ToEncoder =
  | { readonly t: 'do'; readonly id: number; readonly kind: EncoderTaskKind; readonly input: EncoderTasks[EncoderTaskKind]['in'] }
  | { readonly t: 'stop' };
export type FromEncoder =
  | { readonly t: 'ready' }
  | { readonly t: 'done'; readonly id: number; readonly out: EncoderTasks[EncoderTaskKind]['out'] }
  /** `key` names a sentence below `errors` in the translations. */
  | { readonly t: 'failed'; readonly id: number; readonly key: string; readonly message: string };
