/**
 * Metadata in an image file that trips readers: PIL's `exif_transpose`, which Molmo calls, raises on a broken EXIF block and turns a picture by an
 * orientation that stands in XMP or in a PNG's text, where browsers and people never saw it turned. Only such blocks are taken out; pixels stay as they are.
 */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly kind: 'exif' | 'xmp' | 'text';
  readonly data: Uint8Array;
}
const ascii = (bytes: Uint8Array, start: number, end: number) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);

/** The file without the blocks that trip readers; the same array where there is none. */
export function withoutTraps(bytes: Uint8Array, format: 'jpeg' | 'png' | 'webp'): Uint8Array {
  const blocks = [...blocksOf[format](bytes)].filter((block) => !isCalm(block));
  if (blocks.length === 0) return bytes;
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end } of blocks) {
    parts.push(bytes.subarray(at, start));
    at = end;
  }
  const kept = Buffer.concat([...parts, bytes.subarray(at)]);
  if (format === 'webp') kept.writeUInt32LE(kept.length - 8, 4);
  return kept;
}

const blocksOf = { jpeg: jpegBlocks, png: pngBlocks, webp: webpBlocks };

function* jpegBlocks(bytes: Uint8Array): Generator<Block> {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    if (bytes[at + 1] === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + (bytes[at + 2]! << 8) + bytes[at + 3]!;
    if (bytes[at + 1] === 0xe1) {
      if (ascii(bytes, at + 4, at + 9) === 'Exif\0') yield { start: at, end, kind: 'exif', data: bytes.subarray(at + 10, end) };
      else yield { start: at, end, kind: 'xmp', data: bytes.subarray(at + 4, end) };
    }
    at = end;
  }
}

function* pngBlocks(bytes: Uint8Array): Generator<Block> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    const type = ascii(bytes, at + 4, at + 8);
    const data = bytes.subarray(at + 8, end - 4);
    if (type === 'eXIf') yield { start: at, end, kind: 'exif', data };
    else if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') yield { start: at, end, kind: 'text', data };
    at = end;
  }
}

function* webpBlocks(bytes: Uint8Array): Generator<Block> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size & 1);
    const type = ascii(bytes, at, at + 4);
    const data = bytes.subarray(at + 8, at + 8 + size);
    if (type === 'EXIF') yield { start: at, end, kind: 'exif', data: ascii(data, 0, 5) === 'Exif\0' ? data.subarray(6) : data };
    else if (type === 'XMP ') yield { start: at, end, kind: 'xmp', data };
    at = end;
  }
}

function isCalm({ kind, data }: Block): boolean {
  if (kind === 'exif') return isCalmExif(data);
  const text = ascii(data, 0, data.length);
  if (kind === 'text') {
    // ImageMagick's hex dumps of EXIF, which PIL parses; XMP, which may be compressed.
    if (text.startsWith('Raw profile type')) return false;
    if (!text.startsWith('XML:com.adobe.xmp')) return true;
    if (data[18] !== 0) return false;
  }
  return !/Orientation(?!\s*(=\s*["']1["']|>1<))/.test(text.replaceAll('/tiff:Orientation', ''));
}

/** A TIFF header with a first directory that lies within the block and says no orientation but 1. */
function isCalmExif(data: Uint8Array): boolean {
  if (data.length < 8) return false;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const order = view.getUint16(0);
  const little = order === 0x4949;
  if ((!little && order !== 0x4d4d) || view.getUint16(2, little) !== 42) return false;
  const at = view.getUint32(4, little);
  if (at + 2 > data.length) return false;
  const count = view.getUint16(at, little);
  if (at + 2 + count * 12 > data.length) return false;
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * 12;
    if (view.getUint16(entry, little) === 0x0112 && (view.getUint16(entry + 2, little) !== 3 || view.getUint16(entry + 8, little) !== 1)) return false;
  }
  return true;
}
