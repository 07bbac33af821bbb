import { expect, test } from 'vitest';
import { withoutTraps } from './metadata.ts';
import { pngChunk, tinyPng } from './testing.ts';

/** A TIFF block with one directory entry. */
function exif(tag: number, value: number): Buffer {
  const data = Buffer.alloc(8 + 2 + 12 + 4);
  data.write('MM\0*', 'latin1');
  data.writeUInt32BE(8, 4);
  data.writeUInt16BE(1, 8);
  data.writeUInt16BE(tag, 10);
  data.writeUInt16BE(3, 12);
  data.writeUInt32BE(1, 14);
  data.writeUInt16BE(value, 18);
  return data;
}
const segment = (marker: number, data: Buffer) => Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);
const jpeg = (...segments: Buffer[]) => Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, Buffer.from([0xff, 0xda, 1, 2, 3])]);
const app1 = (tiff: Buffer) => segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
const xmp = (text: string) => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta ${text}/>`));
const same = (bytes: Uint8Array, format: 'jpeg' | 'png' | 'webp') => expect(withoutTraps(bytes, format)).toBe(bytes);

test('a file whose metadata misleads nobody stays the same array', () => {
  same(jpeg(app1(exif(0x0112, 1)), xmp('tiff:Orientation="1"'), xmp('x="y"')), 'jpeg');
  same(jpeg(app1(exif(0x010f, 6))), 'jpeg');
  same(tinyPng(1, 1, [1, 2, 3]), 'png');
});

test('broken EXIF, an orientation and XMP that turns are taken out of a JPEG, and nothing else', () => {
  const comment = segment(0xfe, Buffer.from('kept'));
  const calm = app1(exif(0x010f, 1));
  for (const trap of [
    app1(exif(0x0112, 6)),
    app1(exif(0x0112, 0)),
    app1(Buffer.from('not a TIFF header')),
    app1(exif(1, 1).subarray(0, 12)),
    xmp('tiff:Orientation="3"'),
  ]) {
    expect(Buffer.from(withoutTraps(jpeg(comment, trap, calm), 'jpeg'))).toEqual(jpeg(comment, calm));
  }
});

test('EXIF in a text chunk and XMP that turns are taken out of a PNG', () => {
  const plain = tinyPng(1, 1, [1, 2, 3]);
  const withChunk = (type: string, data: string | Buffer) => Buffer.concat([plain.subarray(0, 33), pngChunk(type, Buffer.from(data)), plain.subarray(33)]);
  const traps = [
    withChunk('zTXt', 'Raw profile type exif\0\0zzz'),
    withChunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<tiff:Orientation>3</tiff:Orientation>'),
    withChunk('iTXt', 'XML:com.adobe.xmp\0\x01\0\0\0compressed'),
    withChunk('eXIf', exif(0x0112, 3)),
  ];
  for (const trap of traps) expect(Buffer.from(withoutTraps(trap, 'png'))).toEqual(plain);
  same(withChunk('tEXt', 'Comment\0a dog, Orientation unknown'), 'png');
  same(withChunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<tiff:Orientation>1</tiff:Orientation>'), 'png');
});

test('a WebP keeps a right size when a block is taken out', () => {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
  };
  const webp = (...chunks: Buffer[]) => {
    const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
    const head = Buffer.from('RIFF....');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const picture = chunk('VP8L', Buffer.from([1, 2, 3]));
  expect(Buffer.from(withoutTraps(webp(picture, chunk('EXIF', exif(0x0112, 8)), chunk('XMP ', Buffer.from('tiff:Orientation="5"'))), 'webp'))).toEqual(
    webp(picture),
  );
  same(webp(picture, chunk('EXIF', exif(0x0112, 1))), 'webp');
});
