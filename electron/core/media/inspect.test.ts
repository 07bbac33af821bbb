import { mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { phashDistance } from '../../../shared/domain/phash.ts';
import { smallPixels } from './decode.ts';
import { thumbPath } from './media-folder.ts';
import { thumbsOf } from './pool.ts';
import { madePicture, withExif, writeJpeg, writePng, writeWebp } from './test-photos.ts';
import { type TestProject, testProject } from './test-project.ts';

// They start processes, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let project: TestProject;
beforeAll(async () => {
  project = await testProject();
  await mkdir(project.files, { recursive: true });
});
afterAll(() => project.close());

const at = (name: string) => path.join(project.files, name);
const inspect = (name: string) => project.media.run('inspect', { path: at(name), thumbs: thumbsOf(project.media) });
const verdict = (name: string) =>
  inspect(name).then(
    (image) => image.format as string,
    (thrown: unknown) => (thrown as Error).message,
  );
/** Colour of the picture's corner in the thumbnail: r, g, b or w. */
async function corner(sha256: string, right: boolean, bottom: boolean): Promise<string> {
  const { data, width, height, channels } = await smallPixels(await readFile(thumbPath(thumbsOf(project.media), sha256)), 'webp');
  const index = ((bottom ? height - 3 : 2) * width + (right ? width - 3 : 2)) * channels;
  const [r, g, b] = [data[index]! > 128, data[index + 1]! > 128, data[index + 2]! > 128];
  return r && g && b ? 'w' : r ? 'r' : g ? 'g' : b ? 'b' : '?';
}

test('a photo is read once and all that is asked of it is known', async () => {
  await writeJpeg(madePicture(1, 900, 600), at('plain.jpg'));
  await writeFile(at('taken.jpg'), withExif(await readFile(at('plain.jpg')), 1));
  const image = await inspect('taken.jpg');
  expect(image).toMatchObject({ format: 'jpeg', widthPx: 900, heightPx: 600, orientation: 1, needsRendition: false, camera: 'Testcam 1' });
  expect(image.takenAt).toBe(Date.UTC(2024, 4, 6, 7, 8, 9));
  expect(image.sizeBytes).toBe((await stat(at('taken.jpg'))).size);
  const thumb = await smallPixels(await readFile(thumbPath(thumbsOf(project.media), image.sha256)), 'webp');
  expect([thumb.width, thumb.height]).toEqual([320, 213]);
});

test('all eight EXIF orientations give the upright size and the upright thumbnail', async () => {
  await writeJpeg(madePicture(2, 400, 240), at('stored.jpg'));
  const stored = await readFile(at('stored.jpg'));
  // Where each orientation (EXIF 2.32, table 6) puts the stored corners red, green, blue, white: top left, top right, bottom left, bottom right.
  const upright = ['rgbw', 'grwb', 'wbgr', 'bwrg', 'rbgw', 'brwg', 'wgbr', 'gwrb'];
  for (let orientation = 1; orientation <= 8; orientation++) {
    await writeFile(at('turned.jpg'), withExif(stored, orientation));
    const image = await inspect('turned.jpg');
    expect([image.orientation, image.widthPx, image.heightPx]).toEqual([orientation, ...(orientation > 4 ? [240, 400] : [400, 240])]);
    const corners = [];
    for (const [right, bottom] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const)
      corners.push(await corner(image.sha256, right, bottom));
    expect(corners.join(''), `orientation ${orientation}`).toBe(upright[orientation - 1]);
    expect(image.needsRendition).toBe(false);
  }
});

test('the hash of a picture survives another format and another size', async () => {
  await writePng(madePicture(3, 600, 400), at('large.png'));
  await writeWebp(madePicture(3, 240, 160), at('small.webp'));
  await writeJpeg(madePicture(4, 600, 400), at('other.jpg'));
  const [large, small, other] = [await inspect('large.png'), await inspect('small.webp'), await inspect('other.jpg')];
  expect(phashDistance(large.phash, small.phash)).toBeLessThanOrEqual(6);
  expect(phashDistance(large.phash, other.phash)).toBeGreaterThan(10);
});

test('a file that was cut off is refused as truncated, wherever it was cut', async () => {
  await writeJpeg(madePicture(5, 800, 500), at('whole.jpg'));
  await writePng(madePicture(5, 200, 120), at('whole.png'));
  await writeWebp(madePicture(5, 200, 120), at('whole.webp'));
  for (const extension of ['jpg', 'png', 'webp']) {
    const { size } = await stat(at(`whole.${extension}`));
    for (const share of [0.4, 0.75, 0.95]) {
      await writeFile(at(`cut.${extension}`), await readFile(at(`whole.${extension}`)));
      await truncate(at(`cut.${extension}`), Math.floor(size * share));
      expect(await verdict(`cut.${extension}`), `${extension} ${share}`).toMatch(/^truncated/);
    }
  }
});

test('a JPEG without its last two bytes is a photo like any other', async () => {
  await writeJpeg(madePicture(6, 300, 200), at('no-end.jpg'));
  await truncate(at('no-end.jpg'), (await stat(at('no-end.jpg'))).size - 2);
  expect(await verdict('no-end.jpg')).toBe('jpeg');
});

test('what is no photo is refused with the reason', async () => {
  await writeFile(at('empty.jpg'), '');
  await writeFile(at('text.jpg'), 'not a photo');
  await writeFile(at('drawing.png'), '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>');
  await writeFile(at('noise.jpg'), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5000, 7)]));
  expect(await verdict('empty.jpg')).toBe('empty');
  expect(await verdict('text.jpg')).toBe('not-an-image');
  expect(await verdict('drawing.png')).toBe('unsupported-format: SVG');
  expect(await verdict('noise.jpg')).toMatch(/^(corrupt|truncated)/);
  expect(await verdict('absent.jpg')).toBe('unreadable: ENOENT');
});

test('a small file that claims to be a huge picture is refused before any of it is decoded', async () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  png.writeUInt32BE(200_000, 16);
  png.writeUInt32BE(200_000, 20);
  await writeFile(at('bomb.png'), png);
  expect(await verdict('bomb.png')).toBe('too-many-pixels');
});

test('the decoder’s words name no path', async () => {
  await writeFile(at('broken.png'), Buffer.concat([(await readFile(at('whole.png'))).subarray(0, 60), Buffer.alloc(200, 1)]));
  expect(await verdict('broken.png')).not.toContain(project.files);
});
