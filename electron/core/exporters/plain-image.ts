/** What becomes of an image's bytes in an export where nothing has to be decoded: checked, told whether they go in as they are, freed of what trips readers. */
import type { ImageRecord } from '../../../shared/domain/image.ts';
import type { FindingReason } from '../../../shared/formats/findings.ts';
import { withoutTraps } from './metadata.ts';
import { sha256Of } from './row-digest.ts';

/** What is known of the image, and what is asked for. */
export interface PlainAsk {
  readonly file: string;
  /** Of the file when it was imported. */
  readonly sha256: string;
  readonly format: ImageRecord['format'];
  readonly orientation: number;
  /** Whether it is to keep its size. */
  readonly keepsSize: boolean;
  /** It is named where it is, and must be as it is. */
  readonly isReference: boolean;
}
export type Plain =
  | { readonly refused: FindingReason }
  /** Has to be decoded and written anew. */
  | { readonly needsCopy: true }
  | { readonly bytes: Uint8Array; readonly sha256: string; readonly extension: 'jpg' | 'png' | 'webp'; readonly unchanged: boolean };

/** Why a file could not be read. */
export function unreadable(thrown: unknown): Plain {
  const code = (thrown as NodeJS.ErrnoException).code;
  return { refused: code === 'ENOENT' || code === 'ENOTDIR' ? 'image-missing' : 'image-unreadable' };
}

/** Judges the bytes of a file that was read. */
export function plainImage(bytes: Uint8Array, ask: PlainAsk): Plain {
  if (sha256Of(bytes) !== ask.sha256) return { refused: 'image-changed' };
  if (!ask.keepsSize || !isEmbeddable(ask, bytes)) return ask.isReference ? { refused: 'image-needs-copy' } : { needsCopy: true };
  return ask.isReference ? asReference(bytes, ask) : calmed(bytes, ask.format);
}

function asReference(bytes: Uint8Array, ask: PlainAsk): Plain {
  const calm = calmed(bytes, ask.format);
  if (!('unchanged' in calm) || !calm.unchanged) return { refused: 'image-needs-copy' };
  return { ...calm, bytes: new Uint8Array() };
}

/** Bytes that need no decoding, without the blocks that trip readers. */
export function calmed(bytes: Uint8Array, format: string): Plain {
  const calm = format === 'jpeg' || format === 'png' || format === 'webp' ? withoutTraps(bytes, format) : bytes;
  return { bytes: calm, sha256: sha256Of(calm), extension: extensionOf(calm), unchanged: calm === bytes };
}

/**
 * Whether PIL's `convert("RGB")`, which Molmo uses, shows the file as people saw it: JPEG with one or three 8-bit components, PNG of at most
 * 8 bits a channel (deeper grey is clipped to white there), WebP, none of them to be turned.
 */
export function isEmbeddable(image: Pick<ImageRecord, 'format' | 'orientation'>, bytes: Uint8Array): boolean {
  if (image.orientation !== 1) return false;
  if (image.format === 'webp') return true;
  if (image.format === 'png') return bytes.length > 24 && bytes[24]! <= 8;
  return image.format === 'jpeg' && isPlainJpeg(bytes);
}

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/**
 * Baseline, extended or progressive Huffman coding, 8 bits, grey or three components, and an end marker after the picture's data: without one PIL
 * calls a file truncated and raises, where browsers show it. Bytes after the end harm nobody.
 */
function isPlainJpeg(bytes: Uint8Array): boolean {
  let hasPlainFrame = false;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) return hasPlainFrame && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(END_OF_IMAGE, at);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const components = bytes[at + 9]!;
      hasPlainFrame = marker <= 0xc2 && bytes[at + 4] === 8 && (components === 1 || components === 3);
    }
    at += 2 + (bytes[at + 2]! << 8) + bytes[at + 3]!;
  }
  return false;
}

/** By the first byte: every image of an export is one of these. */
export function extensionOf(bytes: Uint8Array): 'jpg' | 'png' | 'webp' {
  return bytes[0] === 0xff ? 'jpg' : bytes[0] === 0x89 ? 'png' : 'webp';
}
