/** HEIC through libheif compiled to WebAssembly: sharp's own binary reads the container but not HEVC. The only file that imports heic-decode. */
import { MAX_PIXELS } from './messages.ts';
import { Refused } from './refused.ts';

export interface RawImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 4;
}
interface HeicImage {
  readonly width: number;
  readonly height: number;
  decode(): Promise<{ data: Uint8ClampedArray; width: number; height: number }>;
}
/** WebAssembly memory ends at 4 GB and the decoder holds the picture about four times in it. */
const MAX_HEIC_PIXELS = Math.min(MAX_PIXELS, 200_000_000);

/** The picture, upright: the decoder applies rotation and mirroring itself. `index` counts the top-level pictures of the file. */
export async function decodeHeic(bytes: Uint8Array, index: number): Promise<RawImage> {
  // Loaded only when there is a HEIC file: it brings 30 MB of WebAssembly memory.
  const { default: decode } = (await import('heic-decode')) as { default: { all(input: { buffer: Uint8Array }): Promise<HeicImage[] & { dispose(): void }> } };
  // heic-decode looks at the major brand alone; a file may name its brand among the compatible ones.
  const images = await decode.all({ buffer: withBrand(bytes, 'heic') });
  try {
    const image = images[index] ?? images[0];
    if (image === undefined) throw new Refused('corrupt', 'no picture in the file');
    if (image.width * image.height > MAX_HEIC_PIXELS) throw new Refused('too-many-pixels');
    const { data, width, height } = await image.decode();
    return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, channels: 4 };
  } finally {
    images.dispose();
  }
}

/** A copy of the file with another major brand, where it has a different one. */
export function withBrand(bytes: Uint8Array, brand: string): Uint8Array {
  const now = String.fromCharCode(...bytes.subarray(8, 12));
  if (now === brand) return bytes;
  const copy = Uint8Array.from(bytes);
  for (let at = 0; at < 4; at++) copy[8 + at] = brand.charCodeAt(at);
  return copy;
}
