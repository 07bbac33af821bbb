import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageFormats } from '../../../shared/domain/image.ts';
import { Refused } from './refused.ts';
import { checkStructure } from './structure.ts';

/** A GIF of 2 x 2 pixels: LZW with 2 root bits, 3-bit codes: clear, 1, 2, 3, 0, end. */
const gif = (data: readonly number[]): Uint8Array =>
  Buffer.from([
    ...Buffer.from('GIF89a'),
    2,
    0,
    2,
    0,
    0x81,
    0,
    0,
    ...Array<number>(12).fill(9),
    0x2c,
    0,
    0,
    0,
    0,
    2,
    0,
    2,
    0,
    0,
    2,
    data.length,
    ...data,
    0,
    0x3b,
  ]);

test('a GIF whose first frame has all its pixels is taken, and held still by a rendition', () => {
  // Codes 4 1 2 3 0 5 in 3 bits each, the lowest first; after four codes they are 4 bits long.
  const codes: [number, number][] = [
    [4, 3],
    [1, 3],
    [2, 3],
    [3, 3],
    [0, 3],
    [5, 4],
  ];
  let [buffer, held] = [0, 0];
  for (const [code, bits] of codes) {
    buffer |= code << held;
    held += bits;
  }
  expect(checkStructure('gif', gif([buffer & 255, (buffer >> 8) & 255, (buffer >> 16) & 255]))).toEqual({ odd: true, pixels: 4 });
});

test('a GIF whose first frame ends early is truncated', () => {
  expect(() => checkStructure('gif', gif([0b00_001_100]))).toThrow('truncated: 1 of 4 pixels');
});

test('a PNG without its end chunk is truncated, one with a nameless chunk is corrupt', () => {
  const png = (...chunks: [string, number][]) =>
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      ...chunks.map(([name, length]) => {
        const chunk = Buffer.alloc(12 + length);
        chunk.writeUInt32BE(length);
        chunk.write(name, 4, 'latin1');
        return chunk;
      }),
    ]);
  expect(checkStructure('png', png(['IHDR', 13], ['IDAT', 5], ['IEND', 0])).odd).toBe(false);
  expect(() => checkStructure('png', png(['IHDR', 13], ['IDAT', 5]))).toThrow('truncated');
  expect(() => checkStructure('png', png(['IHDR', 13], ['\x01\x02\x03\x04', 0], ['IEND', 0]))).toThrow('corrupt');
});

test('a JPEG that browsers cannot read is odd', () => {
  const jpeg = (marker: number, precision: number) => Buffer.from([0xff, 0xd8, 0xff, marker, 0, 11, precision, 0, 4, 0, 4, 1, 1, 0x11, 0, 0, 0]);
  expect(checkStructure('jpeg', jpeg(0xc0, 8)).odd).toBe(false);
  expect(checkStructure('jpeg', jpeg(0xc2, 8)).odd).toBe(false);
  expect(checkStructure('jpeg', jpeg(0xc3, 8)).odd).toBe(true);
  expect(checkStructure('jpeg', jpeg(0xc1, 12)).odd).toBe(true);
});

test('a camera raw file is not taken for its preview', () => {
  const dng = Buffer.alloc(64);
  dng.write('II*\0', 0, 'latin1');
  dng.writeUInt32LE(8, 4);
  dng.writeUInt16LE(1, 8);
  dng.writeUInt16LE(50_706, 10);
  expect(() => checkStructure('tiff', dng)).toThrow('camera raw (DNG)');
});

test('any bytes at all are checked or refused, never worse, and it always ends', () => {
  fc.assert(
    fc.property(fc.constantFrom(...imageFormats), fc.uint8Array({ minLength: 12, maxLength: 400 }), (format, bytes) => {
      try {
        checkStructure(format, bytes);
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
      }
    }),
    { numRuns: 5000 },
  );
});
