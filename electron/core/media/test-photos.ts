/** Pictures that tests make for themselves: smooth colour with a few blocks, different for every seed, so that their hashes differ. */
import type { RawImage } from './heic.ts';
import { writeShown, writeUpright } from './decode.ts';

/** Opaque unless `alpha` is given. The corner at the top left is red, top right green, bottom left blue, bottom right white. */
export function madePicture(seed: number, width = 96, height = 64, alpha = 255): RawImage {
  const data = new Uint8Array(width * height * 4);
  const block = (value: number, cell: number) => ((value * 7919 + seed * 104_729 + cell * 1299) % 97) * 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const cell = Math.floor((x * 6) / width) + 6 * Math.floor((y * 4) / height);
      const left = x < width / 6;
      const right = x >= (width * 5) / 6;
      const [top, bottom] = [y < height / 4, y >= (height * 3) / 4];
      const corner = top && left ? [255, 0, 0] : top && right ? [0, 255, 0] : bottom && left ? [0, 0, 255] : bottom && right ? [255, 255, 255] : null;
      data.set(corner ?? [block(1, cell), block(2, cell), block(3, cell)], at);
      data[at + 3] = alpha;
    }
  }
  return { data, width, height, channels: 4 };
}

export const writeJpeg = (picture: RawImage, to: string): Promise<void> => writeShown(picture, { widthPx: picture.width, heightPx: picture.height }, false, to);
export const writeWebp = (picture: RawImage, to: string): Promise<void> => writeShown(picture, { widthPx: picture.width, heightPx: picture.height }, true, to);
export const writePng = (picture: RawImage, to: string): Promise<void> => writeUpright(picture, { alpha: true, shrinkTo: null, quality: 95 }, to);

/** A JPEG with an EXIF block that holds this orientation and time, put in behind the start marker. */
export function withExif(jpeg: Uint8Array, orientation: number, taken = '2024:05:06 07:08:09'): Uint8Array {
  const exif = Buffer.alloc(6 + 8 + 2 + 3 * 12 + 4 + 20 + 10);
  exif.write('Exif\0\0', 0, 'latin1');
  const tiff = exif.subarray(6);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(3, 8);
  const entry = (index: number, tag: number, type: number, count: number, value: number) => {
    const at = 10 + index * 12;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  const text = 10 + 3 * 12 + 4;
  entry(0, 0x0110, 2, 10, text + 20);
  entry(1, 0x0112, 3, 1, orientation);
  entry(2, 0x0132, 2, 20, text);
  tiff.write(`${taken}\0`, text, 'latin1');
  tiff.write('Testcam 1\0', text + 20, 'latin1');
  const segment = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, exif, jpeg.subarray(2)]);
}
