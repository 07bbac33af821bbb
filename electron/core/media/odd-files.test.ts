/** The 50 oddest of the shared fixtures: each is shown upright and right, or refused with the right reason, and none takes anything else down. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { phashDistance } from '../../../shared/domain/phash.ts';
import { smallPixels } from './decode.ts';
import { thumbPath } from './media-folder.ts';
import type { Inspected } from './messages.ts';
import { thumbsOf } from './pool.ts';
import { type TestProject, testProject } from './test-project.ts';

// They start processes, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FIXTURES = path.resolve(import.meta.dirname, '../../../../shared/fixtures/odd');
const there = existsSync(path.join(FIXTURES, 'INDEX.json'));
if (!there) console.warn('skipped: the odd files of ../shared/fixtures are not here');

/** `format WIDTHxHEIGHT`, with `*` where a rendition is shown instead of the file, or the reason it is refused for. */
const EXPECTED: Readonly<Record<string, string>> = {
  // Turned by EXIF, by the container, or by nothing at all.
  'exif-orientation/Landscape_0.jpg': 'jpeg 1800x1200',
  'exif-orientation/Landscape_6.jpg': 'jpeg 1800x1200',
  'exif-orientation/Portrait_7.jpg': 'jpeg 1200x1800',
  'pillow/g4_orientation_6.tif': 'tiff 590x88 *',
  'pillow/hopper_orientation_7.webp': 'webp 128x128 *',
  'libvips/avif-orientation-6.avif': 'avif 3024x4032',
  'libavif/clap_irot_imir_non_essential.avif': 'avif 10x8 *',
  // Only some programs can show them.
  'libheif/example.heic': 'heic 1280x854 *',
  'sharp/testimgl.jpg': 'jpeg 227x149 *',
  'sharp/Channel_digital_image_CMYK_color.jpg': 'jpeg 500x333 *',
  'pillow/tiff_tiled_cmyk_jpeg.tif': 'tiff 100x100 *',
  'pillow/tiff_strip_planar_16bit_RGB.tiff': 'tiff 100x40 *',
  'pillow/16bit.MM.deflate.tif': 'tiff 64x64 *',
  'libvips/subsampled.tif': 'tiff 250x325 *',
  'libvips/ojpeg-tile.tif': 'unsupported-format',
  'pillow/tiff_tiled_planar_16bit_RGB.tiff': 'unsupported-format',
  'libavif/sofa_grid1x5_420_dimg_repeat.avif': 'avif 1024x770 *',
  'libavif/color_grid_gainmap_different_grid.avif': 'avif 512x600 *',
  'libavif/io__cosmos1650_yuv444_10bpc_p3pq.avif': 'avif 1024x428',
  // Animated, stereo, deep, huge, tiny: the first picture counts.
  'libavif/colors-animated-8bpc-audio.avif': 'avif 150x150',
  'sharp/rotating-squares.gif': 'gif 80x80 *',
  'libvips/big-height.webp': 'webp 13x169',
  'pillow/iss634.apng': 'png 245x245',
  'pillow/frame_size.mpo': 'jpeg 56x70',
  'sharp/Flag_of_the_Netherlands-16bit.png': 'png 900x600',
  'sharp/giant-image.jpg': 'jpeg 20000x14000',
  'wuffs/artificial-gif__empty-palette.gif': 'gif 1x1 *',
  'wuffs/artificial-gif__small-frame-interlaced.gif': 'gif 5x5 *',
  'wuffs/peacock.progressive.scan001.jpeg': 'jpeg 100x75',
  'wuffs/peacock.s-very-weird.jpeg': 'jpeg 100x75',
  'wuffs/artificial-jpeg__hippopotamus-sof-dht-swap.jpeg': 'jpeg 36x28',
  'pillow/hopper_bad_exif.jpg': 'jpeg 500x500',
  'pillow/truncated_app14.jpg': 'jpeg 100x100',
  // Cut off.
  'sharp/truncated.jpg': 'truncated',
  'sharp/truncated.png': 'truncated',
  'pillow/truncated_end_chunk.png': 'truncated',
  'wuffs/hippopotamus.interlaced.truncated.png': 'truncated',
  'wuffs/artificial-gif__pixel-data-not-enough.gif': 'truncated',
  'sharp/corrupt-header.jpg': 'truncated',
  // Made to break decoders.
  'pillow/decompression_bomb.gif': 'corrupt',
  'pillow/crash-0da013a13571cc8eb457a39fee8db18f8a3c7127.tif': 'corrupt',
  'pillow/crash-2020-10-test.tif': 'corrupt',
  'pillow/timeout-6646305047838720': 'corrupt',
  'pillow/broken_data_stream.png': 'corrupt',
  'pngtest-bad/crashers__badadler.png': 'corrupt',
  'libavif/color_grid_alpha_grid_tile_shared_in_dimg.avif': 'corrupt',
  'wuffs/artificial-gif__no-frames.gif': 'corrupt',
  // Not ours to read.
  'libvips/logo.svg': 'unsupported-format',
  'pillow/oom-8ed3316a4109213ca96fb8a256a0bfefdece1461.icns': 'unsupported-format',
  'pillow/pngtest_bad.png.bin': 'not-an-image',
};

describe.skipIf(!there)('odd files', () => {
  let project: TestProject;
  const inspected = new Map<string, Inspected | Error>();
  const inspect = (file: string) =>
    project.media.run('inspect', { path: path.join(FIXTURES, file), thumbs: thumbsOf(project.media) }).catch((thrown: unknown) => thrown as Error);
  const shown = (image: Inspected | Error): string => {
    if (image instanceof Error) return image.message.split(':')[0]!;
    return `${image.format} ${image.widthPx}x${image.heightPx}${image.needsRendition ? ' *' : ''}`;
  };
  const thumb = async (image: Inspected) => await smallPixels(await readFile(thumbPath(thumbsOf(project.media), image.sha256)), 'webp');
  beforeAll(async () => {
    project = await testProject();
    // All at once, as an import does: what one of them breaks must not show on another.
    await Promise.all(Object.keys(EXPECTED).map(async (file) => inspected.set(file, await inspect(file))));
  }, 120_000);
  afterAll(() => project.close());

  test('there are fifty', () => {
    expect(Object.keys(EXPECTED)).toHaveLength(50);
  });

  test.each(Object.entries(EXPECTED))('%s is %s', async (file, expected) => {
    const image = inspected.get(file)!;
    expect(shown(image)).toBe(expected);
    if (image instanceof Error) return;
    const { width, height } = await thumb(image);
    const scale = Math.min(1, 320 / Math.max(image.widthPx, image.heightPx));
    expect(Math.abs(width - Math.max(1, image.widthPx * scale))).toBeLessThanOrEqual(1);
    expect(Math.abs(height - Math.max(1, image.heightPx * scale))).toBeLessThanOrEqual(1);
  });

  test('no worker died', () => {
    expect(project.logged).toEqual([]);
  });

  test.each(['Landscape', 'Portrait'])('all orientations of the same %s photo give the same upright picture', async (name) => {
    const images = await Promise.all(Array.from({ length: 9 }, (_, orientation) => inspect(`exif-orientation/${name}_${orientation}.jpg`)));
    const first = images[0] as Inspected;
    const { data: reference, channels } = await thumb(first);
    for (const image of images as Inspected[]) {
      expect(shown(image)).toBe(shown(first));
      expect(phashDistance(image.phash, first.phash)).toBeLessThanOrEqual(4);
      const { data } = await thumb(image);
      let sum = 0;
      for (let at = 0; at < reference.length; at++) sum += Math.abs(reference[at]! - data[at]!);
      // Each file carries its own number as a caption in the picture; a turned photo differs by 40 and more.
      expect(sum / (reference.length / channels) / channels).toBeLessThan(8);
    }
  });
});
