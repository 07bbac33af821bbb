import { AppError } from '../../shared/rpc/errors.ts';
import { jpegOrientation } from './exif-orientation.ts';

/** Images above this are decoded smaller: 40 megapixels are 160 MB. */
const mostPixels = 40_000_000;

/** The size to decode to: the upright size, or as much of it as `maxPixels` allows. */
export function decodedSize(widthPx: number, heightPx: number, maxPixels = mostPixels): { widthPx: number; heightPx: number } {
  const shrink = Math.min(1, Math.sqrt(maxPixels / (widthPx * heightPx)));
  return {
    widthPx: Math.max(1, Math.floor(widthPx * shrink)),
    heightPx: Math.max(1, Math.floor(heightPx * shrink)),
  };
}

/**
 * Decodes a file's bytes into an upright bitmap off the main thread; `size` is the upright size where it is known. The bytes stay in this process for as
 * long as they can: a blob lives in the browser's, and 7 MB there and back again cost 30 ms.
 */
export async function decodeImage(
  response: Response,
  size: { widthPx?: number; heightPx?: number; maxPixels?: number },
): Promise<{ bitmap: ImageBitmap; widthPx: number; heightPx: number }> {
  const { widthPx, heightPx, maxPixels = mostPixels } = size;
  if (widthPx !== undefined && heightPx !== undefined && widthPx * heightPx > maxPixels) {
    const small = decodedSize(widthPx, heightPx, maxPixels);
    const type = response.headers.get('Content-Type') ?? '';
    const bytes = new Uint8Array(await response.arrayBuffer());
    const scaled = await decodeScaled(bytes, type, small);
    // a decoder that took the bytes and failed leaves none behind
    const blob = async () => (bytes.byteLength > 0 ? new Blob([bytes], { type }) : await (await fetch(response.url)).blob());
    return { bitmap: scaled ?? (await decodeResized(await blob(), small)), widthPx, heightPx };
  }
  const bitmap = await toBitmap(await response.blob(), { imageOrientation: 'from-image' });
  return { bitmap, widthPx: widthPx ?? bitmap.width, heightPx: heightPx ?? bitmap.height };
}

async function decodeResized(blob: Blob, small: { widthPx: number; heightPx: number }): Promise<ImageBitmap> {
  return toBitmap(blob, {
    imageOrientation: 'from-image',
    resizeWidth: small.widthPx,
    resizeHeight: small.heightPx,
    resizeQuality: 'medium',
  });
}

/**
 * JPEG files are decoded straight to an eighth step of their size (67 ms instead of 112 for 24 megapixels), never in full, and turned after that: a
 * phone's photos lie on their side. Null where the browser or the file doesn't allow it.
 */
async function decodeScaled(bytes: Uint8Array<ArrayBuffer>, type: string, small: { widthPx: number; heightPx: number }): Promise<ImageBitmap | null> {
  if (!('ImageDecoder' in globalThis) || type !== 'image/jpeg') return null;
  const orientation = jpegOrientation(bytes.subarray(0, 131_072));
  const turn = quarterTurns[orientation];
  if (turn === undefined || (turn !== 0 && small.widthPx === small.heightPx)) return null;
  const [desiredWidth, desiredHeight] = turn === 0 ? [small.widthPx, small.heightPx] : [small.heightPx, small.widthPx];
  // the decoder takes the step at or below what is asked for
  const decoder = new ImageDecoder({
    data: bytes,
    // not copied, and gone when the decoder is closed: ten photos' bytes would wait 70 MB for the collector
    transfer: [bytes.buffer],
    type,
    desiredWidth,
    desiredHeight,
  });
  try {
    const { image } = await decoder.decode();
    const bitmap = await createImageBitmap(image);
    image.close();
    // a browser that turns the picture by itself gives it as it stands
    const stands = bitmap.width > bitmap.height === small.widthPx > small.heightPx;
    return turn === 0 || stands ? bitmap : turned(bitmap, turn);
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

/** Quarter turns clockwise by EXIF orientation; mirrored ones and those upside down look the same by their size, so they aren't here. */
const quarterTurns: Readonly<Record<number, 0 | 1 | 3>> = { 1: 0, 6: 1, 8: 3 };

function turned(bitmap: ImageBitmap, quarters: 1 | 3): ImageBitmap {
  const canvas = new OffscreenCanvas(bitmap.height, bitmap.width);
  const ctx = canvas.getContext('2d')!;
  if (quarters === 1) ctx.setTransform(0, 1, -1, 0, bitmap.height, 0);
  else ctx.setTransform(0, -1, 1, 0, 0, bitmap.width);
  ctx.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

async function toBitmap(blob: Blob, options: ImageBitmapOptions): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, options);
  } catch (thrown) {
    throw new AppError('invalid', `an image cannot be decoded: ${String(thrown)}`, {
      key: 'image-undecodable',
    });
  }
}
