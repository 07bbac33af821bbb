import { expect, test } from 'vitest';
import { jpegOrientation } from './exif-orientation.ts';

/** The beginning of a JPEG file: a JFIF segment, then EXIF with the orientation as its second entry. */
function jpeg(orientation: number, little: boolean): Uint8Array {
  const bytes = new Uint8Array(80);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xffd8ffe0);
  view.setUint16(4, 4);
  view.setUint16(8, 0xffe1);
  view.setUint16(10, 60);
  view.setUint32(12, 0x45786966);
  const tiff = 18;
  view.setUint16(tiff, little ? 0x4949 : 0x4d4d);
  view.setUint16(tiff + 2, 42, little);
  view.setUint32(tiff + 4, 8, little);
  view.setUint16(tiff + 8, 2, little);
  view.setUint16(tiff + 10, 0x010f, little);
  view.setUint16(tiff + 22, 0x0112, little);
  view.setUint16(tiff + 24, 3, little);
  view.setUint32(tiff + 26, 1, little);
  view.setUint16(tiff + 30, orientation, little);
  return bytes;
}

test('the orientation is read in both byte orders', () => {
  for (let orientation = 1; orientation <= 8; orientation += 1)
    for (const little of [true, false]) expect(jpegOrientation(jpeg(orientation, little))).toBe(orientation);
});

test('what has no orientation, a wrong one, or is cut off is upright', () => {
  expect(jpegOrientation(jpeg(9, true))).toBe(1);
  expect(jpegOrientation(new Uint8Array([0x89, 0x50, 0x4e, 0x47]))).toBe(1);
  for (let length = 0; length < 49; length += 1) expect(jpegOrientation(jpeg(6, true).subarray(0, length))).toBe(1);
});
