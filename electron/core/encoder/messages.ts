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

/** A part of an image, in percent of the upright image, and its pixels. */
export interface Tile {
  readonly xPct: number;
  readonly yPct: number;
  readonly widthPct: number;
  readonly heightPct: number;
  readonly pixels: PixelBlock;
}
/** A place in percent of the upright image. */
export interface Spot {
  readonly xPct: number;
  readonly yPct: number;
}
export interface ProposalAsk {
  /** Points of the label that people placed or accepted: "more like these". */
  readonly positives: readonly Spot[];
  /** Proposals that people rejected for it: "not like these". */
  readonly negatives: readonly Spot[];
  /** The label's words, for an encoder whose patches are aligned with text; null to go by the points alone. */
  readonly text: string | null;
  /** The project's other labels, whose common part is subtracted. */
  readonly otherTexts: readonly string[];
}
/** Peaks of a score map, best first, all that may be of use: whoever shows them draws the line. None lies on a positive or a negative. */
export interface Proposed {
  readonly peaks: readonly (Spot & { readonly score: number })[];
  /** Where the line is suggested; scores are from 0 to 1. */
  readonly threshold: number;
  /** Scores row by row, 0 to 255, for the overlay. */
  readonly heat: { readonly columns: number; readonly rows: number; readonly values: Uint8Array };
}

/** What the process can be asked. Vectors are as the graph gives them, then brought to length 1 unless the task says otherwise. */
export interface EncoderTasks {
  /** One vector an image, in order; each block has the size that the manifest asks for (`preprocess.ts`). */
  'embed-images': { in: { model: ModelRef; images: readonly PixelBlock[] }; out: { vectors: readonly Float32Array[] } };
  'embed-texts': { in: { model: ModelRef; texts: readonly string[] }; out: { vectors: readonly Float32Array[] } };
  /**
   * Encodes an image for proposals, whole and in tiles, and keeps its feature map in the process under `key` (a few images, the least used goes first).
   * The first tile is the whole image.
   */
  encode: { in: { model: ModelRef; key: string; tiles: readonly Tile[] }; out: { columns: number; rows: number } };
  /** Proposes points on an image that was encoded; `missing` where the process no longer has it (it died, or others came since): encode it again. */
  propose: { in: { model: ModelRef; key: string; ask: ProposalAsk }; out: Proposed | { missing: true } };
  /** A score from 0 to 1 for each text vector (of length 1), by the patch that fits it best; without vectors a detector's score for each of its classes. */
  tags: { in: { model: ModelRef; image: PixelBlock; vectors: readonly Float32Array[] }; out: { scores: readonly number[] } };
  measure: { in: { model: ModelRef }; out: EncoderMeasure };
  /** Loads the graphs and checks their inputs and outputs against the manifest. */
  check: { in: { model: ModelRef }; out: { problem: string | null } };
}
export type EncoderTaskKind = keyof EncoderTasks;
