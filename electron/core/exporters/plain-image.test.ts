import { expect, test } from 'vitest';
import { isEmbeddable } from './plain-image.ts';
import { tinyPng } from './testing.ts';

/** A JPEG with this frame, a scan and its end; no decoder looks at it. */
function jpeg(marker: number, bits: number, components: number): Buffer {
  const head = [0xff, 0xd8, 0xff, 0xe0, 0, 6, 1, 2, 0xff, 0xd9];
  const frame = [0xff, marker, 0, 17, bits, 0, 1, 0, 1, components, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const scan = [0xff, 0xda, 0, 4, 1, 2, 7, 7, 7, 7, 7, 7, 7, 0xff, 0xd9];
  return Buffer.from([head, frame, scan].flat());
}

test('plain JPEGs go in as they are; CMYK, 12-bit and arithmetic ones and turned ones do not', () => {
  const plain = { format: 'jpeg', orientation: 1 } as const;
  expect(isEmbeddable(plain, jpeg(0xc0, 8, 3))).toBe(true);
  expect(isEmbeddable(plain, jpeg(0xc2, 8, 1))).toBe(true);
  expect(isEmbeddable(plain, jpeg(0xc0, 8, 4))).toBe(false);
  expect(isEmbeddable(plain, jpeg(0xc1, 12, 3))).toBe(false);
  expect(isEmbeddable(plain, jpeg(0xc9, 8, 3))).toBe(false);
  expect(isEmbeddable(plain, Uint8Array.of(0xff, 0xd8))).toBe(false);
  expect(isEmbeddable(plain, jpeg(0xc0, 8, 3).subarray(0, -1))).toBe(false);
  expect(isEmbeddable({ format: 'jpeg', orientation: 6 }, jpeg(0xc0, 8, 3))).toBe(false);
});

test('PNGs of 8 bits and WebPs go in as they are; 16 bits and other formats do not', () => {
  expect(isEmbeddable({ format: 'png', orientation: 1 }, tinyPng(1, 1, [1, 2, 3]))).toBe(true);
  expect(isEmbeddable({ format: 'png', orientation: 1 }, tinyPng(1, 1, [1, 2, 3], 16))).toBe(false);
  expect(isEmbeddable({ format: 'webp', orientation: 1 }, Uint8Array.of(0x52))).toBe(true);
  for (const format of ['avif', 'heic', 'tiff', 'gif'] as const) expect(isEmbeddable({ format, orientation: 1 }, Uint8Array.of(0))).toBe(false);
});
