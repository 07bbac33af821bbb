/** The bytes of an image as they go into an export: the file itself where every trainer decodes it upright, else an upright copy. */
import { readFile } from 'node:fs/promises';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { fittedSize } from '../../../shared/domain/fitted-size.ts';
import type { ExportOptions } from '../../../shared/formats/options.ts';
import type { FindingReason } from '../../../shared/formats/findings.ts';
import type { EmbeddedImage } from '../../../shared/formats/format.ts';
import { Refused } from '../media/refused.ts';
import { calmed, extensionOf, type Plain, type PlainAsk, plainImage, unreadable } from './plain-image.ts';
import { sha256Of } from './row-digest.ts';

/** How images are written anew: no longer than this on their longest side, and how well. */
export type ImageSize = Pick<ExportOptions, 'maxSidePx' | 'quality'>;
/** Makes an upright 8-bit RGB copy of an image file as JPEG, PNG or WebP, the same bytes each time; null where the file itself is one. Throws `Refused`. */
export type UprightBytes = (image: ImageRecord, file: string, size: ImageSize) => Promise<Uint8Array | null>;
export type Embedding = { readonly image: EmbeddedImage; readonly unchanged: boolean } | { readonly refused: FindingReason };

/** Reads and judges a file; by itself, or in a thread of its own. */
export type ReadPlain = (ask: PlainAsk) => Promise<Plain>;
const readHere: ReadPlain = async (ask) => {
  try {
    return plainImage(await readFile(ask.file), ask);
  } catch (thrown) {
    return unreadable(thrown);
  }
};

/** Reads an image and makes it ready; what can't be read is refused with a reason. */
export async function embed(
  image: ImageRecord,
  file: string,
  uprightBytes: UprightBytes,
  options: ImageSize & Pick<ExportOptions, 'images'> = { images: 'copy', maxSidePx: null, quality: 95 },
  read: ReadPlain = readHere,
): Promise<Embedding> {
  const size = fittedSize(image, options.maxSidePx);
  const keepsSize = size.widthPx === image.widthPx && size.heightPx === image.heightPx;
  const isReference = options.images === 'reference';
  const { sha256, format, orientation } = image;
  let plain = await read({ file, sha256, format, orientation, keepsSize, isReference });
  if ('refused' in plain) return plain;
  if (isReference) return { image: { value: { bytes: new Uint8Array(), path: file }, sha256, ...size, isReference }, unchanged: true };
  if ('needsCopy' in plain) plain = await madeUpright(image, file, uprightBytes, options);
  if ('refused' in plain) return plain;
  const { bytes, sha256: own, extension, unchanged } = plain as Extract<Plain, { bytes: Uint8Array }>;
  return { image: { value: { bytes, path: `${own}.${extension}` }, sha256: own, ...size }, unchanged };
}

/** An upright copy, or the file's own bytes where its pixels turn out to be upright as they are. */
async function madeUpright(image: ImageRecord, file: string, uprightBytes: UprightBytes, size: ImageSize): Promise<Plain> {
  try {
    const bytes = await uprightBytes(image, file, size);
    if (bytes === null) return calmed(await readFile(file), image.format);
    return { bytes, sha256: sha256Of(bytes), extension: extensionOf(bytes), unchanged: false };
  } catch (thrown) {
    if (thrown instanceof Refused) return { refused: 'image-unreadable' };
    return unreadableOr(thrown);
  }
}
function unreadableOr(thrown: unknown): Plain {
  if (typeof (thrown as NodeJS.ErrnoException | null)?.syscall === 'string') return unreadable(thrown);
  throw thrown;
}
