import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imagePlan, pictureBatch, toImage, toPicture } from './preprocess.ts';

const base = {
  input_size: 224,
  patch_size: 16,
  interpolation: 'bilinear' as const,
  mean: [0, 0, 0] as [number, number, number],
  std: [1, 1, 1] as [number, number, number],
  channels: 'rgb' as const,
};

test('each way of resizing asks for the pixels it needs', () => {
  expect(imagePlan({ ...base, resize: 'squash' }, 4000, 3000)).toMatchObject({ region: null, width: 224, height: 224, kernel: 'linear' });
  expect(imagePlan({ ...base, resize: 'crop' }, 4000, 3000)).toMatchObject({
    region: { xPct: 12.5, yPct: 0, widthPct: 75, heightPct: 100 },
    width: 224,
    height: 224,
  });
  expect(imagePlan({ ...base, resize: 'letterbox' }, 4000, 3000)).toMatchObject({ width: 224, height: 168, canvasWidth: 224, canvasHeight: 224 });
  expect(imagePlan({ ...base, resize: 'fit', size_multiple_of: 32 }, 4000, 3000, 640)).toMatchObject({ width: 640, height: 480 });
  expect(imagePlan({ ...base, resize: 'fit' }, 10_000, 10)).toMatchObject({ width: 224, height: 16 });
});

const size = fc.integer({ min: 1, max: 20_000 });
test('places go into the graph’s picture and back for every shape of image', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('squash', 'crop', 'letterbox', 'fit'),
      size,
      size,
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (resize, width, height, xPct, yPct) => {
        const plan = imagePlan({ ...base, resize: resize as 'fit' }, width, height);
        const { u, v } = toPicture(plan, { xPct, yPct });
        const back = toImage(plan, u, v);
        expect(back.xPct).toBeCloseTo(xPct, 6);
        expect(back.yPct).toBeCloseTo(yPct, 6);
        // What is not cropped off lies inside the picture, and the middle is the middle.
        if (resize !== 'crop') expect(Math.min(u, v, 1 - u, 1 - v)).toBeGreaterThanOrEqual(-1e-9);
        const middle = toPicture(plan, { xPct: 50, yPct: 50 });
        expect(Math.abs(middle.u - 0.5)).toBeLessThan(0.5 / 224 + 1e-9);
        expect(Math.abs(middle.v - 0.5)).toBeLessThan(0.5 / 224 + 1e-9);
      },
    ),
  );
});

test('pixels become planes in the graph’s order, brought to its mean and deviation', () => {
  const pixels = { data: Uint8Array.from([255, 0, 51, 0, 255, 102]), width: 2, height: 1 };
  const rgb = pictureBatch({ ...base, resize: 'squash', mean: [0.5, 0, 0], std: [0.5, 1, 1] }, [pixels]);
  expect(rgb.dims).toEqual([1, 3, 1, 2]);
  expect([...rgb.data].map((value) => Number(value.toFixed(3)))).toEqual([1, -1, 0, 1, 0.2, 0.4]);
  const bgr = pictureBatch({ ...base, resize: 'squash', channels: 'bgr' }, [pixels]);
  expect([...bgr.data].map((value) => Number(value.toFixed(3)))).toEqual([0.2, 0.4, 0, 1, 1, 0]);
});

test('bars of a letterbox are the mean colour and the picture is in the middle', () => {
  const { data, dims } = pictureBatch({ ...base, input_size: 4, resize: 'letterbox', mean: [0.2, 0.2, 0.2] }, [
    { data: new Uint8Array(4 * 2 * 3).fill(255), width: 4, height: 2 },
  ]);
  expect(dims).toEqual([1, 3, 4, 4]);
  expect([...data.subarray(0, 16)].map((value) => (value === 0 ? '.' : '#')).join('')).toBe('....########....');
});

test('a block of another size than its bytes is not taken', () => {
  expect(() => pictureBatch({ ...base, resize: 'squash' }, [{ data: new Uint8Array(10), width: 2, height: 2 }])).toThrow('10 bytes are not 2 x 2 pixels');
});
