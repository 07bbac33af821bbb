import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askedPixels } from './decode.ts';
import type { PixelsAsk } from './messages.ts';
import { madePicture, withExif, writeJpeg, writePng } from './test-photos.ts';
import { type TestProject, testProject } from './test-project.ts';

let project: TestProject;
beforeAll(async () => {
  project = await testProject();
  await mkdir(project.files, { recursive: true });
});
afterAll(() => project.close());

const at = (name: string) => path.join(project.files, name);
const ask = (name: string, more: Partial<PixelsAsk> = {}) =>
  project.media.run('pixels', { path: at(name), region: null, width: 48, height: 48, kernel: 'linear', ...more });
/** Colours at the four corners, a little inside. */
function corners({ data, width, height }: { data: Uint8Array; width: number; height: number }): string {
  const colour = (x: number, y: number) => {
    const [r, g, b] = [0, 1, 2].map((channel) => data[(y * width + x) * 3 + channel]! > 128);
    return r && g && b ? 'w' : r ? 'r' : g ? 'g' : b ? 'b' : '?';
  };
  return colour(2, 2) + colour(width - 3, 2) + colour(2, height - 3) + colour(width - 3, height - 3);
}

test('an encoder gets its pixels upright, three bytes each, whatever the orientation', async () => {
  await writeJpeg(madePicture(1, 400, 240), at('stored.jpg'));
  const stored = await readFile(at('stored.jpg'));
  const upright = ['rgbw', 'grwb', 'wbgr', 'bwrg', 'rbgw', 'brwg', 'wgbr', 'gwrb'];
  for (let orientation = 1; orientation <= 8; orientation++) {
    await writeFile(at('turned.jpg'), withExif(stored, orientation));
    const pixels = await ask('turned.jpg');
    expect(pixels.data).toHaveLength(48 * 48 * 3);
    expect(corners(pixels)).toBe(upright[orientation - 1]);
    expect(pixels.sha256).toMatch(/^[0-9a-f]{64}$/);
  }
});

test('a part is the same as that part of the whole', async () => {
  await writePng(madePicture(3, 640, 480), at('part.png'));
  const whole = await ask('part.png', { width: 128, height: 96 });
  const part = await ask('part.png', { region: { xPct: 25, yPct: 50, widthPct: 50, heightPct: 50 }, width: 64, height: 48 });
  for (let y = 0; y < 48; y++) {
    const from = ((y + 48) * 128 + 32) * 3;
    expect([...part.data.subarray(y * 64 * 3, (y + 1) * 64 * 3)]).toEqual([...whole.data.subarray(from, from + 64 * 3)]);
  }
});

test('transparent parts are white, and pictures smaller than asked are enlarged', async () => {
  await writePng(madePicture(4, 20, 10, 0), at('clear.png'));
  expect(new Set((await ask('clear.png')).data)).toEqual(new Set([255]));
  await writePng(madePicture(4, 24, 16), at('small.png'));
  expect(corners(await ask('small.png', { width: 96, height: 96 }))).toBe('rgbw');
});

test('a file that is damaged is refused with its reason', async () => {
  const whole = await readFile(at('stored.jpg'));
  await writeFile(at('cut.jpg'), whole.subarray(0, whole.length / 2));
  await expect(ask('cut.jpg')).rejects.toMatchObject({ reason: 'truncated' });
});

/** Pillow's reduction with a triangle, scaled to the reduction: what other programs call antialiased bilinear. Rounded to bytes between the directions. */
function triangle(source: Uint8Array, width: number, height: number, to: number): Uint8Array {
  const pass = (data: Uint8Array, columns: number, rows: number, stepX: number, stepY: number, into: number): Uint8Array => {
    const out = new Uint8Array(into * rows * 3);
    const scale = columns / into;
    const support = Math.max(1, scale);
    for (let x = 0; x < into; x++) {
      const centre = (x + 0.5) * scale;
      const first = Math.max(0, Math.floor(centre - support + 0.5));
      const last = Math.min(columns, Math.floor(centre + support + 0.5));
      const weights = Array.from({ length: last - first }, (_, index) => Math.max(0, 1 - Math.abs((first + index - centre + 0.5) / support)));
      const sum = weights.reduce((a, b) => a + b, 0);
      for (let y = 0; y < rows; y++) {
        for (let channel = 0; channel < 3; channel++) {
          let value = 0;
          for (const [index, weight] of weights.entries()) value += weight * data[(first + index) * stepX + y * stepY + channel]!;
          out[stepX === 3 ? (y * into + x) * 3 + channel : (x * rows + y) * 3 + channel] = Math.round(value / sum);
        }
      }
    }
    return out;
  };
  return pass(pass(source, width, height, 3, width * 3, to), height, to, to * 3, 3, to);
}

test('reducing with the linear kernel is Pillow’s bilinear but for the places that libvips rounds to 1/64 pixel', async () => {
  const [width, height] = [144, 120];
  const noise = new Uint8Array(width * height * 3);
  for (let i = 0; i < noise.length; i++) noise[i] = ((i * 7919) ^ (i >> 3)) % 251;
  const ours = await askedPixels(
    { data: Uint8Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : noise[(i >> 2) * 3 + (i % 4)]!)), width, height, channels: 4 },
    { region: null, width: 96, height: 96, kernel: 'linear' },
  );
  const theirs = triangle(noise, width, height, 96);
  let most = 0;
  let sum = 0;
  for (let i = 0; i < ours.length; i++) {
    const difference = Math.abs(ours[i]! - theirs[i]!);
    most = Math.max(most, difference);
    sum += difference;
  }
  // Pure noise is the worst case; photos differ by less than one level.
  expect(most).toBeLessThanOrEqual(8);
  expect(sum / ours.length).toBeLessThan(1.5);
});
