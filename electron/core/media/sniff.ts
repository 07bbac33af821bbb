/** What a file is, by its first bytes and never by its name. */
import type { ImageFormat } from '../../../shared/domain/image.ts';
import { Refused } from './refused.ts';

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
const starts = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1', 'mif2']);
const AVIF_BRANDS = new Set(['avif', 'avis']);

/** The format of a file of which at least the first 512 bytes are given. Throws `Refused` for everything that is not taken. */
export function sniff(head: Uint8Array): ImageFormat {
  if (head.length === 0) throw new Refused('empty');
  if (starts(head, 0xff, 0xd8, 0xff)) return head[3] === 0xf7 ? refuse('JPEG-LS') : 'jpeg';
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (/^GIF8[79]a/.test(ascii(head, 0, 6))) return 'gif';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'webp';
  const tiff = ascii(head, 0, 4);
  if (tiff === 'II*\0' || tiff === 'MM\0*' || tiff === 'II+\0' || tiff === 'MM\0+') {
    if (ascii(head, 8, 10) === 'CR') return refuse('camera raw (CR2)');
    return 'tiff';
  }
  if (ascii(head, 4, 8) === 'ftyp') return isoFormat(head);
  const other = otherImage(head);
  if (other !== null) return refuse(other);
  throw new Refused('not-an-image');
}

const refuse = (kind: string): never => {
  throw new Refused('unsupported-format', kind);
};

/** HEIF, AVIF and their relatives (ISO 14496-12): the major brand, then the compatible ones. */
function isoFormat(head: Uint8Array): ImageFormat {
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const brands = [ascii(head, 8, 12)];
  for (let at = 16; at + 4 <= Math.min(size, head.length); at += 4) brands.push(ascii(head, at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'heic';
  if (brands[0] === 'crx ') return refuse('camera raw (CR3)');
  if (brands.includes('jxl ')) return refuse('JPEG XL');
  throw new Refused('not-an-image', 'a video or audio file');
}

/** Images of formats that are not taken, by name, so that people learn what to convert. */
function otherImage(head: Uint8Array): string | null {
  const text = ascii(head, 0, Math.min(head.length, 512));
  const four = text.slice(0, 4);
  const named = MAGICS.find(([magic]) => text.startsWith(magic));
  if (named !== undefined) return named[1];
  if (/^P[1-7FfP][\s]/.test(text) && !text.startsWith('P7 ')) return 'PNM';
  if (/^\s*(?:<\?xml[^>]*>|<!--[^]*?-->|<!DOCTYPE svg[^>]*>|\s)*<svg[\s>]/i.test(text.replace(/^\u00ef\u00bb\u00bf/, '')) || text.includes('<svg '))
    return 'SVG';
  if (ascii(head, 128, 132) === 'DICM') return 'DICOM';
  if (four === '\x00\x00\x01\x00') return 'ICO';
  if (four === '\x00\x00\x02\x00' && looksLikeCursor(head)) return 'CUR';
  if (text.slice(4, 8) === 'jP  ' || text.slice(4, 6) === 'jP') return 'JPEG 2000';
  if (head[4] === 0x11 || head[4] === 0x12) if (head[5] === 0xaf) return 'FLI/FLC';
  if (head[0] === 0x0a && head[1]! <= 5 && head[2] === 1 && [1, 2, 4, 8].includes(head[3]!)) return 'PCX';
  if (looksLikeTarga(head)) return 'TGA';
  return null;
}

const MAGICS: readonly (readonly [string, string])[] = [
  ['BM', 'BMP'],
  ['8BPS', 'PSD'],
  ['\xff\x4f\xff\x51', 'JPEG 2000'],
  ['\xff\x0a', 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 'JPEG XL'],
  ['\x01\xda', 'SGI'],
  ['qoif', 'QOI'],
  ['DDS ', 'DDS'],
  ['BLP1', 'BLP'],
  ['BLP2', 'BLP'],
  ['icns', 'ICNS'],
  ['%!PS', 'EPS'],
  ['\xc5\xd0\xd3\xc6', 'EPS'],
  ['%PDF', 'PDF'],
  ['gimp xcf', 'XCF'],
  ['#?RADIANCE', 'HDR'],
  ['\x76\x2f\x31\x01', 'OpenEXR'],
  ['DanM', 'MSP'],
  ['LinS', 'MSP'],
  ['SIMPLE  =', 'FITS'],
  ['FUJIFILMCCD-RAW', 'camera raw (RAF)'],
  ['IIRO', 'camera raw (ORF)'],
  ['IIU\0', 'camera raw (RW2)'],
  ['P7 332', 'XV thumbnail'],
];

const looksLikeCursor = (head: Uint8Array): boolean => head[4]! > 0 && head[5] === 0 && head[9] === 0;

/** Targa has no magic bytes; its 18-byte header has few possible values. */
function looksLikeTarga(head: Uint8Array): boolean {
  if (head.length < 18) return false;
  const [, mapType, imageType] = head;
  const size = head[12]! + head[13]! + head[14]! + head[15]!;
  const mapped = imageType === 1 || imageType === 9;
  return (
    [1, 2, 3, 9, 10, 11].includes(imageType!) && mapType === (mapped ? 1 : 0) && [8, 15, 16, 24, 32].includes(head[16]!) && size > 0 && (head[17]! & 0xc0) === 0
  );
}
