/** What the media worker does with a file. Everything a hostile file can break happens here, in a process that may die. */
import { existsSync } from 'node:fs';
import { greyGrid, phashOf } from '../../../shared/domain/phash.ts';
import { type Reading, type Source, type Strictness, askedPixels, smallPixels, writeShown, writeThumb, writeTiles, writeUpright } from './decode.ts';
import { takenBy } from './exif.ts';
import { thumbPath, writeFolderInPlace, writeInPlace } from './media-folder.ts';
import { type Inspected, MAX_SHOWN_PIXELS, MAX_SHOWN_SIDE, type RenderedFile, type TaskKind, type Tasks } from './messages.ts';
import { fittedSize } from '../../../shared/domain/fitted-size.ts';
import { type ReadImage, decodingBytes, hashFile, readImage, sourceOf, uprightSize } from './read-image.ts';
import { refusedByDecoder } from './refused.ts';

/** Waits until there is room for this much memory and says that decoding begins. */
type Begin = (sizeBytes: number) => Promise<void>;

export const tasks: { readonly [K in TaskKind]: (input: Tasks[K]['in'], begin: Begin, alone: boolean) => Promise<Tasks[K]['out']> } = {
  async inspect({ path, thumbs }, begin, alone) {
    const image = await readImage(path);
    await begin(decodingBytes(image));
    const { made: small, lacksEnd } = await decode(image, (source, strict) => smallPixels(source, image.format, reading(image, strict), alone));
    const to = thumbPath(thumbs, image.sha256);
    if (!existsSync(to)) await writeInPlace(to, (temporary) => writeThumb(small, temporary));
    const { sha256, sizeBytes, mtimeMs, format } = image;
    const size = uprightSize(image);
    const inspected: Inspected = {
      sha256,
      sizeBytes,
      mtimeMs,
      format,
      ...size,
      ...takenBy(image.header.exif),
      phash: phashOf(greyGrid(small.data, small.width, small.height, small.channels)),
      needsRendition: lacksEnd || needsRendition(image),
    };
    return inspected;
  },
  async thumb({ path, to }, begin, alone) {
    const image = await readImage(path);
    await begin(decodingBytes(image));
    const { made: small } = await decode(image, (source, strict) => smallPixels(source, image.format, reading(image, strict), alone));
    await writeInPlace(to, (temporary) => writeThumb(small, temporary));
    return null;
  },
  async rendition({ path, to }, begin) {
    const image = await readImage(path);
    await begin(wholeBytes(image));
    const [extension, mime] = image.header.hasAlpha ? ['webp', 'image/webp'] : ['jpg', 'image/jpeg'];
    return await render(image, `${to}.${extension}`, mime!, (source, strict, temporary) =>
      writeShown(source, uprightSize(image), image.header.hasAlpha, temporary, strict),
    );
  },
  async tiles({ path, to, level }, begin) {
    const image = await readImage(path);
    const alpha = image.header.hasAlpha;
    await begin(uprightSize(image).orientation === 1 ? decodingBytes(image) : wholeBytes(image));
    if (!existsSync(to)) {
      await writeFolderInPlace(to, async (temporary) => {
        await decode(image, (source, strict) => writeTiles(source, uprightSize(image), level, alpha, temporary, strict));
        // libvips names the folder after its index file, and the one level 0
        return `${temporary}_files/0`;
      });
    }
    return { mime: alpha ? 'image/webp' : 'image/jpeg' };
  },
  async upright({ path, to, maxSidePx, quality }, begin) {
    const image = await readImage(path);
    const full = uprightSize(image);
    const size = fittedSize(full, maxSidePx);
    const shrinks = size.widthPx !== full.widthPx || size.heightPx !== full.heightPx;
    if (isPlain(image) && !shrinks) return null;
    await begin(wholeBytes(image));
    const [extension, mime] = image.header.hasAlpha ? ['png', 'image/png'] : ['jpg', 'image/jpeg'];
    return await render(image, `${to}.${extension}`, mime!, (source, strict, temporary) =>
      writeUpright(source, { alpha: image.header.hasAlpha, shrinkTo: shrinks ? size : null, quality }, temporary, strict),
    );
  },
  hash: ({ path }) => hashFile(path),
  async pixels(ask, begin) {
    const image = await readImage(ask.path);
    await begin(decodingBytes(image));
    const { made } = await decode(image, (source, strict) => askedPixels(source, ask, reading(image, strict)));
    return { data: made, width: ask.width, height: ask.height, sha256: image.sha256 };
  },
};

/** For what nobody exports: a profile that says sRGB is not worth its time. */
const reading = (image: ReadImage, strict: Strictness): Reading => ({ strict, ignoreIcc: image.header.saysSrgb });

/** Turning a picture at its full size holds it whole. */
const wholeBytes = (image: ReadImage): number => Math.max(decodingBytes(image), image.header.widthPx * image.header.heightPx * 4);

/** Every trainer's reader takes these bytes as they are, and takes them upright. */
function isPlain({ format, header, odd, bytes }: ReadImage): boolean {
  // Byte 24 of a PNG is its bit depth: PIL's convert("RGB") clips deep grey to white.
  const isDeep = format === 'png' && bytes[24]! > 8;
  const lacksEnd = format === 'jpeg' && !endsWell(bytes);
  return !lacksEnd && ['jpeg', 'png', 'webp'].includes(format) && header.orientation === 1 && !header.isCmyk && !odd && !isDeep;
}

/** Whether a browser (Chromium 130 or newer) would not show the file upright as it is. Only in JPEG all of them follow the EXIF orientation. */
export function needsRendition(image: ReadImage): boolean {
  const { format, header, odd } = image;
  if (odd || header.isCmyk || format === 'tiff' || format === 'heic') return true;
  const turned = uprightSize(image).orientation !== 1;
  if (turned && format !== 'jpeg') return true;
  // Chromium decodes upright baseline JPEG scaled, at any size, and tiles show the rest.
  if (format === 'jpeg' && !turned && !header.isProgressive) return false;
  return header.widthPx * header.heightPx > MAX_SHOWN_PIXELS || Math.max(header.widthPx, header.heightPx) > MAX_SHOWN_SIDE;
}

type Work<T> = (source: Source, strict: Strictness) => Promise<T>;

async function render(
  image: ReadImage,
  to: string,
  mime: string,
  write: (source: Source, strict: Strictness, temporary: string) => Promise<void>,
): Promise<RenderedFile> {
  return await writeInPlace(to, async (temporary) => {
    await decode(image, (source, strict) => write(source, strict, temporary));
    const { sha256 } = await hashFile(temporary);
    return { path: to, mime, sha256 };
  });
}

/** Has the picture decoded. A JPEG that lacks nothing but its end marker is decoded with one, and then nothing else may be wrong with it. */
async function decode<T>(image: ReadImage, work: Work<T>): Promise<{ made: T; lacksEnd: boolean }> {
  try {
    return { made: await work(await sourceOf(image), 'error'), lacksEnd: false };
  } catch (thrown) {
    if (isOurs(thrown)) throw thrown;
    if (image.format !== 'jpeg' || endsWell(image.bytes)) throw refusedByDecoder(thrown);
    try {
      return { made: await work(Buffer.concat([image.bytes, Buffer.from([0xff, 0xd9])]), 'warning'), lacksEnd: true };
    } catch {
      throw refusedByDecoder(thrown);
    }
  }
}

/** Whether a JPEG's last bytes are its end marker. */
const endsWell = (bytes: Uint8Array): boolean => bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;

/** A full disk is not the file's fault. sharp has only words for it. */
const isOurs = (thrown: unknown): boolean => /no space left|unable to (open|write) for write|write error/i.test(String(thrown));
