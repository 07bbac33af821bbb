import { AppError } from '../../shared/rpc/errors.ts';
import { jpegOrientation } from './exif-orientation.ts';

/** Images above this are decoded smaller: 40 megapixels are 160 MB. */
const mostPixels = 40_000_000;
/** Results up to this come from the scaling decoder, whose pixels are copied once more: 10 ms for 2 million. */
const streamedPixels = 8_300_000;
/** The bytes in which a JPEG file says how it lies. */
const headBytes = 131_072;

/** The size to decode to: the upright size, or as much of it as `maxPixels` allows. */
export function decodedSize(widthPx: number, heightPx: number, maxPixels = mostPixels): { widthPx: number; heightPx: number } {
  const shrink = Math.min(1, Math.sqrt(maxPixels / (widthPx * heightPx)));
  return {
    widthPx: Math.max(1, Math.floor(widthPx * shrink)),
    heightPx: Math.max(1, Math.floor(heightPx * shrink)),
  };
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}
type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Decodes a file's bytes into an upright bitmap; `size` is the upright size where it is known. `again` fetches the file once more: a JPEG goes into the
 * decoder while it is read, and one that the decoder refuses has to be read anew. Never through a blob where it can be helped: that lives in the
 * browser's process, and 7 MB there and back again cost 30 ms.
 */
export async function decodeImage(
  response: Response,
  size: { readonly widthPx?: number; readonly heightPx?: number; readonly maxPixels?: number },
  again: () => Promise<Response>,
): Promise<{ bitmap: ImageBitmap; widthPx: number; heightPx: number }> {
  const { widthPx, heightPx, maxPixels = mostPixels } = size;
  if (widthPx === undefined || heightPx === undefined) {
    const bitmap = await toBitmap(await response.blob(), { imageOrientation: 'from-image' });
    return { bitmap, widthPx: bitmap.width, heightPx: bitmap.height };
  }
  const wanted = decodedSize(widthPx, heightPx, maxPixels);
  const smaller = wanted.widthPx < widthPx;
  const scaled = smaller && wanted.widthPx * wanted.heightPx <= streamedPixels ? await decodeStream(response, wanted) : null;
  const bitmap = scaled ?? (await decodeBlob(await (response.bodyUsed ? await again() : response).blob(), wanted, smaller));
  return { bitmap, widthPx, heightPx };
}

const decodeBlob = (blob: Blob, { widthPx, heightPx }: Size, smaller: boolean): Promise<ImageBitmap> =>
  toBitmap(blob, {
    imageOrientation: 'from-image',
    ...(smaller ? { resizeWidth: widthPx, resizeHeight: heightPx, resizeQuality: 'medium' } : {}),
  });

/**
 * JPEG files are decoded straight to an eighth step of their size (67 ms instead of 112 for 24 megapixels), never in full, and turned after that: a
 * phone's photos lie on their side. Null where the browser or the file doesn't allow it. Only for what gets smaller: whole, the decoder gives the
 * file's own luma and chroma, and Chromium never frees what it makes of them (8 MB for each image of 2 megapixels, until the window is closed).
 */
async function decodeStream(response: Response, wanted: Size): Promise<ImageBitmap | null> {
  if (!('ImageDecoder' in globalThis) || !response.body || response.headers.get('Content-Type') !== 'image/jpeg') return null;
  const { head, whole } = await peek(response.body);
  const turn = quarterTurns[jpegOrientation(head)];
  if (turn === undefined || (turn !== 0 && wanted.widthPx === wanted.heightPx)) {
    await whole.cancel();
    return null;
  }
  const [desiredWidth, desiredHeight] = turn === 0 ? [wanted.widthPx, wanted.heightPx] : [wanted.heightPx, wanted.widthPx];
  // the decoder takes the step at or below what is asked for
  const decoder = new ImageDecoder({ data: whole, type: 'image/jpeg', desiredWidth, desiredHeight });
  try {
    const { image } = await decoder.decode();
    if (image.format !== null && !/^(RGB|BGR)/.test(image.format)) {
      image.close();
      return null;
    }
    const bitmap = await createImageBitmap(image);
    image.close();
    // a browser that turns the picture by itself gives it as it stands
    const stands = bitmap.width > bitmap.height === wanted.widthPx > wanted.heightPx;
    return turn === 0 || stands ? bitmap : turned(bitmap, turn);
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

/** The first bytes of a stream, and the stream with them. */
async function peek(body: ReadableStream<Bytes>): Promise<{ head: Bytes; whole: ReadableStream<Bytes> }> {
  const reader = body.getReader();
  const chunks: Bytes[] = [];
  let length = 0;
  while (length < headBytes) {
    const { value } = await reader.read();
    if (!value) break;
    chunks.push(value);
    length += value.byteLength;
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    head.set(chunk, at);
    at += chunk.byteLength;
  }
  const whole = new ReadableStream<Bytes>({
    // a copy: the decoder may take what it is given
    start: (controller) => controller.enqueue(head.slice()),
    async pull(controller) {
      const { value } = await reader.read();
      if (value) controller.enqueue(value);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { head, whole };
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
