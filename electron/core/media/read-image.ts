/** Reads one image file for the worker: format, structure and header, checked in the order in which they cost more. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ImageFormat } from '../../../shared/domain/image.ts';
import { type Header, type Source, readHeader } from './decode.ts';
import { decodeHeic, withBrand } from './heic.ts';
import { type HashedFile, MAX_BYTES, MAX_PIXELS } from './messages.ts';
import { Refused, refusedByDecoder, refusedBySystem } from './refused.ts';
import { sniff } from './sniff.ts';
import { checkStructure } from './structure.ts';

interface ReadFile extends HashedFile {
  readonly bytes: Uint8Array;
}
export interface ReadImage extends ReadFile {
  readonly format: ImageFormat;
  readonly header: Header;
  /** A browser would not show it, or not as other decoders do. */
  readonly odd: boolean;
}

/** Reads the whole file once. Throws `Refused` where it can't be opened, is no file or is too large. */
async function readWhole(path: string): Promise<ReadFile> {
  try {
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      if (size > MAX_BYTES) throw new Refused('too-large');
      const bytes = await file.readFile();
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length, mtimeMs };
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw refusedBySystem(thrown) ?? thrown;
  }
}

/** The hash of a file of any size, without keeping it in memory. */
export async function hashFile(path: string): Promise<HashedFile> {
  try {
    const file = await open(path, 'r');
    const { size, mtimeMs } = await file.stat();
    const hash = createHash('sha256');
    // The stream closes the file.
    for await (const chunk of file.createReadStream({ highWaterMark: 1024 * 1024 })) hash.update(chunk as Uint8Array);
    return { sha256: hash.digest('hex'), sizeBytes: size, mtimeMs };
  } catch (thrown) {
    throw refusedBySystem(thrown) ?? thrown;
  }
}

/** Reads a file and all that can be known without decoding its pixels. */
export async function readImage(path: string): Promise<ReadImage> {
  const file = await readWhole(path);
  const format = sniff(file.bytes);
  const { odd, pixels } = checkStructure(format, file.bytes);
  if (pixels !== null && pixels > MAX_PIXELS) throw new Refused('too-many-pixels');
  // libvips knows a file of several AVIF frames only by the brand of a single picture.
  const bytes = format === 'avif' ? withBrand(file.bytes, 'avif') : file.bytes;
  try {
    const header = await readHeader(bytes);
    if (header.widthPx * header.heightPx > MAX_PIXELS) throw new Refused('too-many-pixels');
    return { ...file, bytes, format, header, odd };
  } catch (thrown) {
    throw refusedByDecoder(thrown);
  }
}

/** What sharp is to decode: the file's bytes, or for HEIC the pixels that libheif makes of them. */
export async function sourceOf(image: ReadImage): Promise<Source> {
  if (image.format !== 'heic') return image.bytes;
  return await decodeHeic(image.bytes, image.header.primary);
}

/** Upright size: HEIF decoders have turned the picture already, everything else is turned by its EXIF orientation. */
export function uprightSize({ header, format }: ReadImage): { widthPx: number; heightPx: number; orientation: number } {
  const orientation = format === 'heic' || format === 'avif' ? 1 : header.orientation;
  const [widthPx, heightPx] = orientation > 4 ? [header.heightPx, header.widthPx] : [header.widthPx, header.heightPx];
  return { widthPx, heightPx, orientation };
}

/** About how much memory decoding takes, in bytes. Measured: a progressive JPEG 6 for each pixel; a baseline one of 24 megapixels 3 MB in all. */
export function decodingBytes({ header, format }: ReadImage): number {
  const pixels = header.widthPx * header.heightPx;
  if (format === 'heic') return pixels * 12;
  if (format === 'avif' || format === 'webp' || format === 'gif') return pixels * 4;
  return header.isProgressive ? pixels * 6 : pixels / 8;
}
