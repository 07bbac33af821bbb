import { beforeEach, expect, test, vi } from 'vitest';
import { decodeImage } from './decode-image.ts';

let format = 'BGRX';
let closed = 0;
const jpeg = () => Promise.resolve(new Response(new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), { headers: { 'Content-Type': 'image/jpeg' } }));
const sources: string[] = [];

beforeEach(() => {
  closed = 0;
  sources.length = 0;
  vi.stubGlobal(
    'ImageDecoder',
    class {
      decode = () => Promise.resolve({ image: { format, close: () => closed++ } });
      close = () => {};
    },
  );
  vi.stubGlobal('createImageBitmap', (source: object) => {
    sources.push(source instanceof Blob ? 'file' : 'frame');
    return Promise.resolve({ width: 300, height: 200, close: () => {} });
  });
});

test('a photo that gets smaller comes from the scaling decoder', async () => {
  format = 'BGRX';
  await decodeImage(await jpeg(), { widthPx: 6000, heightPx: 4000, maxPixels: 60_000 }, jpeg);
  expect([sources, closed]).toEqual([['frame'], 1]);
});

test('a photo that stays whole never does, as Chromium keeps what it makes of its planes for ever', async () => {
  await decodeImage(await jpeg(), { widthPx: 300, heightPx: 200 }, jpeg);
  expect(sources).toEqual(['file']);
  format = 'I420';
  await decodeImage(await jpeg(), { widthPx: 6000, heightPx: 4000, maxPixels: 60_000 }, jpeg);
  expect([sources, closed]).toEqual([['file', 'file'], 1]);
});
