import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyGrid, mirroredPhash, phashDistance, phashOf, tellsNothing } from './phash.ts';

/** A smooth picture made of a few waves, drawn at any size. */
const picture = (waves: readonly { u: number; v: number; phase: number }[], width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, at) => {
    const x = ((at % width) + 0.5) / width;
    const y = (Math.floor(at / width) + 0.5) / height;
    const sum = waves.reduce((total, { u, v, phase }) => total + Math.cos(Math.PI * (u * x + v * y) + phase), 0);
    return Math.round(127.5 + (127 * sum) / waves.length);
  });
const wave = fc.record({ u: fc.integer({ min: 1, max: 6 }), v: fc.integer({ min: 1, max: 6 }), phase: fc.double({ min: 0, max: 6, noNaN: true }) });
const waves = fc.array(wave, { minLength: 3, maxLength: 6 });
const hash = (pixels: Uint8Array, width: number, height: number) => phashOf(greyGrid(pixels, width, height, 1));

test('the hash is 16 hex digits, and the same for the same pixels', () => {
  fc.assert(
    fc.property(waves, (list) => {
      const pixels = picture(list, 64, 48);
      expect(hash(pixels, 64, 48)).toMatch(/^[0-9a-f]{16}$/);
      expect(hash(pixels, 64, 48)).toBe(hash(Uint8Array.from(pixels), 64, 48));
    }),
  );
});

test('the same picture at another size keeps nearly all bits', () => {
  let sum = 0;
  const seeds = fc.sample(waves, { numRuns: 30, seed: 7 });
  for (const list of seeds) sum += phashDistance(hash(picture(list, 320, 240), 320, 240), hash(picture(list, 160, 120), 160, 120));
  expect(sum / seeds.length).toBeLessThan(6);
});

test('brighter and of less contrast is still the same picture', () => {
  const list = [
    { u: 1, v: 3, phase: 0.4 },
    { u: 4, v: 2, phase: 1.1 },
    { u: 2, v: 5, phase: 2.5 },
  ];
  const pixels = picture(list, 128, 96);
  expect(
    phashDistance(
      hash(pixels, 128, 96),
      hash(
        pixels.map((grey) => 40 + grey * 0.6),
        128,
        96,
      ),
    ),
  ).toBeLessThanOrEqual(10);
});

test('different pictures differ in about half of the bits', () => {
  const lists = fc.sample(waves, { numRuns: 60, seed: 3 });
  const distances = lists.slice(1).map((list, at) => phashDistance(hash(picture(list, 96, 96), 96, 96), hash(picture(lists[at]!, 96, 96), 96, 96)));
  expect(distances.reduce((sum, bits) => sum + bits, 0) / distances.length).toBeGreaterThan(20);
});

test('a flat picture of any colour has a hash of zeros', () => {
  for (const grey of [0, 1, 127, 128, 255]) expect(hash(new Uint8Array(40 * 30).fill(grey), 40, 30)).toBe('0000000000000000');
});

test('one pixel is enough for a hash', () => {
  expect(hash(Uint8Array.of(200), 1, 1)).toBe('0000000000000000');
});

test('what is transparent counts as white', () => {
  const clear = new Uint8Array(32 * 32 * 4);
  expect(greyGrid(clear, 32, 32, 4).every((grey) => grey === 255)).toBe(true);
});

test('the distance counts bits', () => {
  expect(phashDistance('0000000000000000', 'ffffffffffffffff')).toBe(64);
  expect(phashDistance('00000000000000f0', '0000000000000010')).toBe(3);
});

test('the hash of a mirror image can be told from the hash, and twice mirrored is the same', () => {
  let own = 0;
  let sum = 0;
  const seeds = fc.sample(waves, { numRuns: 30, seed: 11 });
  for (const list of seeds) {
    const pixels = picture(list, 160, 120);
    const mirror = pixels.map((_, at) => pixels[at - (at % 160) + 159 - (at % 160)]!);
    const hashed = hash(pixels, 160, 120);
    own += phashDistance(hashed, hash(mirror, 160, 120));
    sum += phashDistance(mirroredPhash(hashed), hash(mirror, 160, 120));
    expect(mirroredPhash(mirroredPhash(hashed))).toBe(hashed);
  }
  expect(sum).toBeLessThan(own / 2);
});

test('the hash of a flat picture tells nothing', () => {
  expect(tellsNothing(hash(new Uint8Array(64 * 48).fill(90), 64, 48))).toBe(true);
  expect(
    tellsNothing(
      hash(
        picture(
          [
            { u: 1, v: 2, phase: 0.3 },
            { u: 4, v: 3, phase: 1 },
            { u: 6, v: 5, phase: 2 },
          ],
          64,
          48,
        ),
        64,
        48,
      ),
    ),
  ).toBe(false);
});
