import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askedPixels, readHeader } from './decode.ts';
import { isSrgbProfile } from './srgb-profile.ts';
import { madePicture, writeJpeg } from './test-photos.ts';
import { type TestProject, testProject } from './test-project.ts';

let project: TestProject;
beforeAll(async () => {
  project = await testProject();
  await mkdir(project.files, { recursive: true });
});
afterAll(() => project.close());

interface Curve {
  readonly gamma?: number;
  readonly table?: number;
}
/** A profile of a matrix and one curve for all channels. */
function profile({ gamma = 2.4, table = 0 }: Curve = {}, red: readonly number[] = [0.4361, 0.2225, 0.0139], extra: readonly string[] = []): Buffer {
  const columns: Readonly<Record<string, readonly number[]>> = {
    rXYZ: red,
    gXYZ: [0.3851, 0.7169, 0.0971],
    bXYZ: [0.1431, 0.0606, 0.7141],
    wtpt: [0.9642, 1, 0.8249],
  };
  const fixed = (values: readonly number[]) => Buffer.concat(values.map((value) => int(Math.round(value * 65536))));
  const int = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return bytes;
  };
  const srgb = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** gamma);
  const entries = Array.from({ length: table }, (_, i) => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(Math.round(srgb(i / (table - 1)) * 65535));
    return bytes;
  });
  const curve =
    table > 0
      ? Buffer.concat([Buffer.from('curv\0\0\0\0'), int(table), ...entries])
      : Buffer.concat([Buffer.from('para\0\0\0\0\0\u0003\0\0'), fixed([gamma, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])]);
  const text = Buffer.from('desc\0\0\0\0\0\0\0\u0005made\0');
  const tags: [string, Buffer][] = [
    ['desc', text],
    ['cprt', text],
    ...Object.entries(columns).map(([tag, xyz]): [string, Buffer] => [tag, Buffer.concat([Buffer.from('XYZ \0\0\0\0'), fixed(xyz)])]),
    ...['rTRC', 'gTRC', 'bTRC', ...extra].map((tag): [string, Buffer] => [tag, curve]),
  ];
  const header = Buffer.alloc(128);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  fixed([0.9642, 1, 0.8249]).copy(header, 68);
  let at = 132 + tags.length * 12;
  const table_ = tags.map(([tag, data]) => {
    const entry = Buffer.concat([Buffer.from(tag), int(at), int(data.length)]);
    at += Math.ceil(data.length / 4) * 4;
    return entry;
  });
  const body = tags.map(([, data]) => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]));
  const whole = Buffer.concat([header, int(tags.length), ...table_, ...body]);
  whole.writeUInt32BE(whole.length, 0);
  return whole;
}

/** A JPEG with this profile in it. */
function withProfile(jpeg: Uint8Array, icc: Uint8Array): Buffer {
  const segment = Buffer.concat([Buffer.from([0xff, 0xe2, (icc.length + 16) >> 8, (icc.length + 16) & 255]), Buffer.from('ICC_PROFILE\0\u0001\u0001'), icc]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

test('a profile with the primaries and the curve of sRGB is one, its curve as a formula or as a table', () => {
  expect(isSrgbProfile(profile())).toBe(true);
  expect(isSrgbProfile(profile({ table: 1024 }))).toBe(true);
});

test('other primaries, another curve, tables beside the matrix and half of a profile are not', () => {
  expect(isSrgbProfile(profile({}, [0.6097, 0.3111, 0.0195]))).toBe(false);
  expect(isSrgbProfile(profile({ gamma: 2.2 }))).toBe(false);
  expect(isSrgbProfile(profile({}, undefined, ['A2B0']))).toBe(false);
  for (let length = 0; length < profile().length - 8; length += 7) expect(isSrgbProfile(profile().subarray(0, length))).toBe(false);
});

test('a photo that says sRGB gives the same pixels whether its profile is followed or not, and one that says more is followed', async () => {
  const plain = path.join(project.files, 'plain.jpg');
  await writeJpeg(madePicture(1, 400, 240), plain);
  const ask = { region: null, width: 64, height: 48, kernel: 'cubic' } as const;
  const jpeg = await readFile(plain);
  const said = withProfile(jpeg, profile({ table: 1024 }));
  expect((await readHeader(said)).saysSrgb).toBe(true);
  expect(await askedPixels(said, ask)).toEqual(await askedPixels(said, ask, { ignoreIcc: true }));
  const wide = path.join(project.files, 'wide.jpg');
  await writeFile(wide, withProfile(jpeg, profile({}, [0.6097, 0.3111, 0.0195])));
  const followed = await project.media.run('pixels', { path: wide, ...ask });
  expect(Buffer.from(followed.data)).not.toEqual(Buffer.from(await askedPixels(jpeg, ask)));
});
