import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from './refused.ts';
import { sniff } from './sniff.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat([...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))), Buffer.alloc(64)]);
const reason = (head: Uint8Array): string => {
  try {
    return sniff(head);
  } catch (thrown) {
    if (thrown instanceof Refused) return `${thrown.reason}${thrown.detail ? ` (${thrown.detail})` : ''}`;
    throw thrown;
  }
};

test('the seven formats are known by their first bytes', () => {
  expect(sniff(bytes([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
  expect(sniff(bytes([0x89], 'PNG\r\n\x1a\n'))).toBe('png');
  expect(sniff(bytes('GIF89a'))).toBe('gif');
  expect(sniff(bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '))).toBe('webp');
  expect(sniff(bytes('II*\0'))).toBe('tiff');
  expect(sniff(bytes('MM\0*'))).toBe('tiff');
  expect(sniff(bytes([0, 0, 0, 0x18], 'ftypheic', [0, 0, 0, 0], 'mif1heic'))).toBe('heic');
  expect(sniff(bytes([0, 0, 0, 0x18], 'ftypmif1', [0, 0, 0, 0], 'mif1avif'))).toBe('avif');
  expect(sniff(bytes([0, 0, 0, 0x18], 'ftypavis', [0, 0, 0, 0], 'avisavif'))).toBe('avif');
});

test('other images are refused by the name of their format', () => {
  expect(reason(bytes('BM'))).toBe('unsupported-format (BMP)');
  expect(reason(bytes('8BPS'))).toBe('unsupported-format (PSD)');
  expect(reason(bytes([0, 0, 0, 12], 'jP  \r\n'))).toBe('unsupported-format (JPEG 2000)');
  expect(reason(bytes('%PDF-1.7'))).toBe('unsupported-format (PDF)');
  expect(reason(bytes('II*\0', [8, 0, 0, 0], 'CR'))).toBe('unsupported-format (camera raw (CR2))');
  expect(reason(bytes('<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="x">'))).toBe('unsupported-format (SVG)');
  expect(reason(bytes([0xef, 0xbb, 0xbf], '<svg width="1">'))).toBe('unsupported-format (SVG)');
});

test('what is no image is refused as such', () => {
  expect(reason(new Uint8Array(0))).toBe('empty');
  expect(reason(bytes('Hello, world'))).toBe('not-an-image');
  expect(reason(bytes('<!doctype html><p>'))).toBe('not-an-image');
  expect(reason(bytes([0, 0, 0, 0x18], 'ftypisom', [0, 0, 0, 0], 'isommp42'))).toBe('not-an-image (a video or audio file)');
});

test('any bytes at all are sniffed or refused, never worse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (head) => {
      expect(typeof reason(head)).toBe('string');
    }),
    { numRuns: 2000 },
  );
});
