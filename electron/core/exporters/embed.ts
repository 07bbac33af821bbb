/** The bytes of an image as they go into an export: the file itself where every trainer decodes it upright, else an upright copy. */
import { readFile } from 'node:fs/promises';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { fittedSize } from '../../../shared/domain/fitted-size.ts';
import type { ExportOptions } from '../../../shared/formats/options.ts';
import type { FindingReason } from '../../../shared/formats/findings.ts';
import type { EmbeddedImage } from '../../../shared/formats/format.ts';
import { Refused } from '../media/refused.ts';
import { withoutTraps } from './metadata.ts';
import { sha256Of } from './row-digest.ts';

/** How images are written anew: no longer than this on their longest side, and how well. */
export type ImageSize = Pick<ExportOptions, 'maxSidePx' | 'quality'>;
/** Makes an upright 8-bit RGB copy of an image file as JPEG, PNG or WebP, the same bytes each time; null where the file itself is one. Throws `Refused`. */
export type UprightBytes = (image: ImageRecord, file: string, size: ImageSize) => Promise<Uint8Array | null>;
export type Embedding = { readonly image: EmbeddedImage; readonly unchanged: boolean } | { readonly refused: FindingReason };

/** Reads an image and makes it ready; what can't be read is refused with a reason. */
export async function embed(
  image: ImageRecord,
  file: string,
  uprightBytes: UprightBytes,
  options: ImageSize & Pick<ExportOptions, 'images'> = { images: 'copy', maxSidePx: null, quality: 95 },
): Promise<Embedding> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    return { refused: code === 'ENOENT' || code === 'ENOTDIR' ? 'image-missing' : 'image-unreadable' };
  }
  if (sha256Of(bytes) !== image.sha256) return { refused: 'image-changed' };
  const size = fittedSize(image, options.maxSidePx);
  let unchanged = isEmbeddable(image, bytes) && size.widthPx === image.widthPx && size.heightPx === image.heightPx;
  if (options.images === 'reference') return referenceOf(image, file, bytes, unchanged);
  if (!unchanged) {
    try {
      const upright = await uprightBytes(image, file, options);
      unchanged = upright === null;
      bytes = upright ?? bytes;
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      return { refused: 'image-unreadable' };
    }
  }
  if (unchanged && (image.format === 'jpeg' || image.format === 'png' || image.format === 'webp')) {
    const calm = withoutTraps(bytes, image.format);
    unchanged = calm === bytes;
    bytes = calm;
  }
  const sha256 = sha256Of(bytes);
  return { image: { value: { bytes, path: `${sha256}.${extensionOf(bytes)}` }, sha256, ...size }, unchanged };
}

/** The file where it is, if every reader shows it as people saw it. */
function referenceOf(image: ImageRecord, file: string, bytes: Uint8Array, isPlain: boolean): Embedding {
  const isCalm = image.format === 'jpeg' || image.format === 'png' || image.format === 'webp' ? withoutTraps(bytes, image.format) === bytes : false;
  if (!isPlain || !isCalm) return { refused: 'image-needs-copy' };
  const { sha256, widthPx, heightPx } = image;
  return { image: { value: { bytes: new Uint8Array(), path: file }, sha256, widthPx, heightPx, isReference: true }, unchanged: true };
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

function extensionOf(bytes: Uint8Array): 'jpg' | 'png' | 'webp' {
  return bytes[0] === 0xff ? 'jpg' : bytes[0] === 0x89 ? 'png' : 'webp';
}
