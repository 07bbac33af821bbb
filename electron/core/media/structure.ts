/** What a file's own structure says before a decoder sees it: where it ends too early, and what a browser would not show. */
import type { ImageFormat } from '../../../shared/domain/image.ts';
import { checkFirstFrame } from './gif.ts';
import { Refused } from './refused.ts';

export interface Structure {
  /** A browser would not show it, or not as other decoders do. */
  readonly odd: boolean;
  /** Size of the canvas where the header says it in the clear. */
  readonly pixels: number | null;
}
const plain: Structure = { odd: false, pixels: null };
const ascii = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** Checks what costs no decoding. `bytes` is the whole file. Throws `Refused` where it ends too early. */
export function checkStructure(format: ImageFormat, bytes: Uint8Array): Structure {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'png') return png(bytes, view);
  if (format === 'gif') return gif(view);
  if (format === 'jpeg') return jpeg(view);
  if (format === 'webp' && view.byteLength < 12) throw new Refused('truncated');
  if (format === 'webp' && view.getUint32(4, true) + 8 > view.byteLength + 1) throw new Refused('truncated');
  if (format === 'avif' || format === 'heic') return iso(bytes, view);
  if (format === 'tiff') return tiff(view);
  return plain;
}

/** Walks the chunks (PNG 1.2, 5.3): browsers refuse a file without its end chunk, whatever pixels it has. */
function png(bytes: Uint8Array, view: DataView): Structure {
  const pixels = view.byteLength >= 24 ? view.getUint32(16) * view.getUint32(20) : null;
  for (let at = 8; ;) {
    if (at + 12 > view.byteLength) throw new Refused('truncated');
    const end = at + 12 + view.getUint32(at);
    if (!/^[A-Za-z]{4}$/.test(ascii(bytes, at + 4))) throw new Refused('corrupt', 'a chunk without a name');
    if (ascii(bytes, at + 4) === 'IEND') return { odd: false, pixels };
    at = end;
  }
}

/** Animated as a rule: what is annotated is the first frame, which only a rendition holds still everywhere. */
const gif = (view: DataView): Structure => ({ odd: true, pixels: checkFirstFrame(view) });

/** Finds the frame header (ITU T.81, B.1.1.3): browsers read baseline, extended and progressive Huffman coding of 8 bits only. */
function jpeg(view: DataView): Structure {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return plain;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { odd: marker > 0xc2 || view.getUint8(at + 4) !== 8, pixels: view.getUint16(at + 5) * view.getUint16(at + 7) };
    if (marker === 0xda || marker === 0xd9) return plain;
    at += 2 + view.getUint16(at + 2);
  }
  return plain;
}

/** Boxes of the file (ISO 14496-12, 4.2): one that runs past the end was cut off. What is built of several items is shown by few browsers alike. */
function iso(bytes: Uint8Array, view: DataView): Structure {
  let odd = false;
  for (let at = 0; at + 8 <= view.byteLength;) {
    const size = view.getUint32(at);
    const length = size === 1 && at + 16 <= view.byteLength ? Number(view.getBigUint64(at + 8)) : size === 0 ? view.byteLength - at : size;
    if (length < 8) throw new Refused('corrupt');
    if (at + length > view.byteLength) throw new Refused('truncated');
    if (ascii(bytes, at + 4) === 'meta') {
      const text = new TextDecoder('latin1').decode(bytes.subarray(at, at + Math.min(length, 65_536)));
      odd ||= /clap|grid|tmap|iovl|lsel|a1op/.test(text);
    }
    at += length;
  }
  return { odd, pixels: null };
}

/** Reads the first directory (TIFF 6.0, section 2) far enough to tell photos from camera raw files, whose first image is a small preview. */
function tiff(view: DataView): Structure {
  const little = view.getUint8(0) === 0x49;
  if (view.byteLength < 8) throw new Refused('truncated');
  // BigTIFF has another layout and is no camera's raw format.
  if (view.getUint16(2, little) !== 42) return plain;
  const at = view.getUint32(4, little);
  if (at + 2 > view.byteLength) throw new Refused('truncated');
  let reduced = false;
  let subImages = false;
  for (let entry = at + 2; entry < at + 2 + view.getUint16(at, little) * 12 && entry + 12 <= view.byteLength; entry += 12) {
    const tag = view.getUint16(entry, little);
    if (tag === 50_706) throw new Refused('unsupported-format', 'camera raw (DNG)');
    if (tag === 254) reduced = (view.getUint32(entry + 8, little) & 1) === 1;
    if (tag === 330) subImages = true;
  }
  if (reduced && subImages) throw new Refused('unsupported-format', 'camera raw');
  return plain;
}
