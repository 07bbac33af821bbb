import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runImport } from '../importers/import-images.ts';
import { smallPixels, writeUpright } from './decode.ts';
import { resolveMedia } from './resolve.ts';
import { madePicture, withExif, writeJpeg, writePng } from './test-photos.ts';
import { type TestProject, testProject } from './test-project.ts';

// They start processes, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const LARGE = { width: 8100, height: 5003 };
let project: TestProject;
const ids: Record<string, string> = {};
const at = (name: string) => path.join(project.files, name);

/** An uncompressed TIFF of 8-bit RGB with an orientation. */
function tiff(width: number, height: number, orientation: number, pixel: (x: number, y: number) => [number, number, number]): Buffer {
  const tags: [number, number, number, number][] = [
    [256, 3, 1, width],
    [257, 3, 1, height],
    [258, 3, 3, 8 + 2 + 12 * 10 + 4],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, 200],
    [274, 3, 1, orientation],
    [277, 3, 1, 3],
    [278, 3, 1, height],
    [279, 4, 1, width * height * 3],
  ];
  const file = Buffer.alloc(200 + width * height * 3);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, type, count, value], index) => {
    file.writeUInt16LE(tag, 10 + index * 12);
    file.writeUInt16LE(type, 12 + index * 12);
    file.writeUInt32LE(count, 14 + index * 12);
    file.writeUInt32LE(value, 18 + index * 12);
  });
  for (let channel = 0; channel < 3; channel++) file.writeUInt16LE(8, 8 + 2 + 12 * 10 + 4 + channel * 2);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) file.set(pixel(x, y), 200 + (y * width + x) * 3);
  return file;
}

beforeAll(async () => {
  project = await testProject();
  await mkdir(project.files, { recursive: true });
  await writeJpeg(madePicture(1, 200, 120), at('plain.jpg'));
  await writeFile(at('turned.jpg'), withExif(await readFile(at('plain.jpg')), 8));
  await writePng(madePicture(2, 64, 64, 120), at('clear.png'));
  // Stored with a red left half; turned by 90 degrees clockwise, red is on top.
  await writeFile(
    at('scan.tif'),
    tiff(60, 40, 6, (x) => (x < 30 ? [255, 0, 0] : [0, 0, 255])),
  );
  // Each row of pixels in its own grey, so that a tile says where it is from.
  const rows = new Uint32Array(LARGE.width * LARGE.height);
  for (let y = 0; y < LARGE.height; y++) rows.fill(0xff000000 + Math.floor((y * 256) / LARGE.height) * 0x010101, y * LARGE.width, (y + 1) * LARGE.width);
  await writeUpright({ data: new Uint8Array(rows.buffer), ...LARGE, channels: 4 }, { alpha: false, shrinkTo: null, quality: 95 }, at('large.jpg'));
  const signal = new AbortController().signal;
  await runImport(project, { paths: [project.files], mode: 'reference' }, { id: 'job', signal, progress: () => {} });
  for (const { id, name } of project.db.prepare('SELECT id, name FROM image').all() as { id: string; name: string }[]) ids[name] = id;
});
afterAll(() => project.close());

test('a file that a browser shows upright is served as it is', async () => {
  expect(await resolveMedia(project, 'image', ids['turned.jpg']!)).toEqual({ path: at('turned.jpg'), mime: 'image/jpeg' });
});

test('a file that a browser does not show is served as an upright rendition, made once', async () => {
  const both = await Promise.all([resolveMedia(project, 'image', ids['scan.tif']!), resolveMedia(project, 'image', ids['scan.tif']!)]);
  const [media] = both;
  expect(both[1]).toEqual(media);
  expect(media?.mime).toBe('image/jpeg');
  const { data, width, height, channels } = await smallPixels(await readFile(media!.path), 'jpeg');
  expect([width, height]).toEqual([40, 60]);
  expect([data[0]! > 200, data[2]! < 60]).toEqual([true, true]);
  const last = (width * height - 1) * channels;
  expect([data[last]! < 60, data[last + 2]! > 200]).toEqual([true, true]);
});

test('a thumbnail that was thrown away is made again', async () => {
  const thumb = await resolveMedia(project, 'thumb', ids['plain.jpg']!);
  await rm(thumb!.path);
  expect(await resolveMedia(project, 'thumb', ids['plain.jpg']!)).toEqual(thumb);
  expect((await stat(thumb!.path)).size).toBeGreaterThan(100);
});

test('an unknown image has no media', async () => {
  expect(await resolveMedia(project, 'image', '01900000-0000-7000-8000-000000000000')).toBeNull();
});

test('for exports a plain file is its own upright copy, and everything else is made one, the same bytes each time', async () => {
  const upright = (name: string, to: string) =>
    project.media.run('upright', { path: at(name), to: path.join(project.folder, 'media', 'scratch', to), maxSidePx: null, quality: 95 });
  expect(await upright('plain.jpg', 'a')).toBeNull();
  expect(await upright('clear.png', 'b')).toBeNull();
  const turned = await upright('turned.jpg', 'c');
  expect(turned).toMatchObject({ mime: 'image/jpeg', path: expect.stringMatching(/c\.jpg$/) });
  const pixels = await smallPixels(await readFile(turned!.path), 'jpeg');
  expect([pixels.width, pixels.height]).toEqual([120, 200]);
  expect((await upright('turned.jpg', 'd'))!.sha256).toBe(turned!.sha256);
  expect((await upright('scan.tif', 'e'))!.mime).toBe('image/jpeg');
});

test('a file that is gone or holds other bytes is missing until it is back; its thumbnail stays', async () => {
  const missing = () => project.db.prepare('SELECT missing FROM image WHERE id = ?').pluck().get(ids['plain.jpg']);
  await rename(at('plain.jpg'), at('away.jpg'));
  expect(await resolveMedia(project, 'image', ids['plain.jpg']!)).toBeNull();
  expect(missing()).toBe(1);
  expect(await resolveMedia(project, 'thumb', ids['plain.jpg']!)).not.toBeNull();
  expect(project.notices).toContainEqual({ topic: 'images', imageIds: [ids['plain.jpg']], by: null });
  const bytes = await readFile(at('away.jpg'));
  bytes[bytes.length - 30]! ^= 1;
  await writeFile(at('plain.jpg'), bytes);
  expect(await resolveMedia(project, 'image', ids['plain.jpg']!)).toBeNull();
  await rename(at('away.jpg'), at('plain.jpg'));
  await utimes(at('plain.jpg'), new Date(), new Date(Date.now() - 9000));
  expect(await resolveMedia(project, 'image', ids['plain.jpg']!)).not.toBeNull();
  expect(missing()).toBe(0);
});

test('a large image is served as it is, and in tiles that are made a level at a time and are made again when they were thrown away', async () => {
  expect(await resolveMedia(project, 'image', ids['large.jpg']!)).toEqual({ path: at('large.jpg'), mime: 'image/jpeg' });
  const tile = (level: number, x: number, y: number) => resolveMedia(project, 'tile', ids['large.jpg']!, { level, x, y });
  const [one, two] = await Promise.all([tile(1, 1, 2), tile(1, 7, 4)]);
  expect(one?.path).toMatch(/1.1_2\.jpeg$/);
  const pixels = await smallPixels(await readFile(one!.path), 'jpeg');
  // Level 1 is 2502 pixels high; this tile is its rows 1023 to 1537.
  const row = (y: number) => pixels.data[y * pixels.width * pixels.channels]!;
  expect(Math.abs(row(0) - (1023 / 2502) * 256)).toBeLessThan(3);
  expect(Math.abs(row(pixels.height - 1) - (1537 / 2502) * 256)).toBeLessThan(3);
  expect(two?.mime).toBe('image/jpeg');
  await rm(path.dirname(one!.path), { recursive: true });
  expect(await tile(1, 1, 2)).toEqual(one);
  expect([await tile(1, 8, 0), await tile(9, 0, 0), await resolveMedia(project, 'tile', ids['plain.jpg']!, { level: 0, x: 0, y: 0 })]).toEqual([
    null,
    null,
    null,
  ]);
});
