/** Points that an encoder proposes. They are no data: a person accepts one by an op like any other, and what was done with each is kept beside. */

/** `similar`: from points that were placed. `text`: from the label's words. */
export const proposalMethods = ['similar', 'text'] as const;
export type ProposalMethod = (typeof proposalMethods)[number];
/** `open`: shown and left alone. `moved`: accepted, and the point lies elsewhere now. */
export const proposalVerdicts = ['open', 'accepted', 'moved', 'rejected'] as const;
export type ProposalVerdict = (typeof proposalVerdicts)[number];

/** A place where the encoder sees the label, in percent of the upright image; `score` from 0 to 1. */
export interface Proposal {
  readonly id: string;
  readonly xPct: number;
  readonly yPct: number;
  readonly score: number;
}
/** The encoder behind proposals and what it can go by. */
export interface ProposingEncoder {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly methods: readonly ProposalMethod[];
}
/** Scores row by row from the top left, one byte a cell, in base64. */
export interface HeatMap {
  readonly columns: number;
  readonly rows: number;
  readonly values: string;
}
export type AskResult =
  | {
      readonly status: 'proposed';
      readonly askId: string;
      readonly encoder: ProposingEncoder;
      readonly method: ProposalMethod;
      /** Points of the label that it went by. */
      readonly positives: number;
      /** Best first; those below the threshold too, so that the slider has something to move over. */
      readonly proposals: readonly Proposal[];
      readonly threshold: number;
      readonly heat: HeatMap;
      /** Words of the label that say where a thing is: what an encoder's score knows nothing of. */
      readonly spatialWords: readonly string[];
    }
  /** The image is of the share on which proposals are never shown. */
  | { readonly status: 'hidden' }
  /** No encoder is installed that can go by this. */
  | { readonly status: 'no-encoder' }
  /** Nothing to go by: the label has no point yet, and the encoder reads no words. */
  | { readonly status: 'no-points' };

/** Distance of two places in percent of the image's diagonal. Coordinates in percent of the upright image, sizes in any one unit. */
export function distancePct(image: { readonly widthPx: number; readonly heightPx: number }, a: Place, b: Place): number {
  const dx = (a.xPct - b.xPct) * image.widthPx;
  const dy = (a.yPct - b.yPct) * image.heightPx;
  return Math.hypot(dx, dy) / Math.hypot(image.widthPx, image.heightPx);
}
interface Place {
  readonly xPct: number;
  readonly yPct: number;
}

/**
 * Whether proposals are never shown on this image, so that what people do without them can be compared. The same for everybody and at all times,
 * as long as the lead does not change the share: FNV-1a of image and seed, mixed (MurmurHash3's fmix32), as a fraction below the share.
 */
export function hidesProposals(imageId: string, seed: string, share: number): boolean {
  let hash = 0x811c9dc5;
  for (const letter of imageId + seed) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 2 ** 32 < share;
}

const SPATIAL =
  /\b(?:left|right|leftmost|rightmost|under|underneath|beneath|below|above|behind|beside|between|nearest|farthest|furthest|closest|upper|lower|inside|outside|in front|next to|on top|topmost|(?:at )?the (?:top|bottom|middle|cent(?:er|re)|back|front))\b|左|右|の上|の下|の中|の前|後ろ|うしろ|背後|手前|奥|隣|となり|の間|裏側|上側|下側|内側|外側|真ん中|中央|一番上|一番下/giu;

/** The words of a label that say where a thing is rather than what it is. */
export function spatialWordsOf(label: string): string[] {
  return [...new Set(Array.from(label.matchAll(SPATIAL), ([word]) => word.toLowerCase()))];
}
