import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Camera, ImageSize, Rotation, Viewport } from './camera.ts';
import {
  centreOn,
  clampCamera,
  fitCamera,
  imageToDevice,
  imageToStage,
  oneToOne,
  panBy,
  resized,
  rotateBy,
  scaleLimits,
  stageToImage,
  toPct,
  visibleRect,
  zoomAt,
} from './camera.ts';

const rotations = fc.constantFrom<Rotation>(0, 90, 180, 270);
const images = fc.record({
  widthPx: fc.integer({ min: 1, max: 12_000 }),
  heightPx: fc.integer({ min: 1, max: 12_000 }),
});
const views = fc
  .record({
    width: fc.integer({ min: 160, max: 3840 }),
    height: fc.integer({ min: 120, max: 2160 }),
    dpr: fc.constantFrom(1, 1.25, 1.5, 2),
  })
  .map(({ width, height, dpr }): Viewport => ({
    widthDev: Math.round(width * dpr),
    heightDev: Math.round(height * dpr),
    dpr,
  }));

/** Any camera that people can reach. */
const scenes = fc
  .record({
    image: images,
    view: views,
    rotation: rotations,
    zoom: fc.double({ min: 0, max: 1, noNaN: true }),
    fx: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
    fy: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
  })
  .map(({ image, view, rotation, zoom, fx, fy }) => {
    const { min, max } = scaleLimits(image, view, rotation);
    const scale = min * (max / min) ** zoom;
    const camera = clampCamera({ cx: fx * image.widthPx, cy: fy * image.heightPx, scale, rotation, fit: false }, image, view);
    return { image, view, camera };
  });

test('an image position drawn on the stage and clicked there comes back within a thousandth of a pixel', () => {
  fc.assert(
    fc.property(scenes, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), ({ image, view, camera }, u, v) => {
      const at = imageToStage(camera, view, u * image.widthPx, v * image.heightPx);
      const back = stageToImage(camera, view, at.x, at.y);
      expect(Math.abs(back.x - u * image.widthPx)).toBeLessThan(1e-3);
      expect(Math.abs(back.y - v * image.heightPx)).toBeLessThan(1e-3);
    }),
    { numRuns: 500 },
  );
});

test('a click on the middle of a known pixel is stored within half a pixel of it, in percent', () => {
  fc.assert(
    fc.property(
      scenes,
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      ({ image, view, camera }, u, v) => {
        const px = Math.floor(u * image.widthPx) + 0.5;
        const py = Math.floor(v * image.heightPx) + 0.5;
        const at = imageToStage(camera, view, px, py);
        const hit = stageToImage(camera, view, at.x, at.y);
        const { xPct, yPct } = toPct(image, hit.x, hit.y);
        expect(Math.abs((xPct / 100) * image.widthPx - px)).toBeLessThan(0.5);
        expect(Math.abs((yPct / 100) * image.heightPx - py)).toBeLessThan(0.5);
      },
    ),
    { numRuns: 500 },
  );
});

test('zooming in keeps the pixel under the cursor there', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(scenes, share, share, fc.double({ min: 1, max: 4, noNaN: true }), ({ image, view, camera }, u, v, factor) => {
      const seen = visibleRect(camera, image, view)!;
      // smaller images than this are kept in view as a whole instead
      if (Math.min(image.widthPx, image.heightPx) * camera.scale < 80) return;
      const held = { x: seen.x0 + u * (seen.x1 - seen.x0), y: seen.y0 + v * (seen.y1 - seen.y0) };
      const cursor = imageToStage(camera, view, held.x, held.y);
      const after = imageToStage(zoomAt(camera, image, view, factor, cursor.x, cursor.y), view, held.x, held.y);
      // half a device pixel is what whole-number scales may round
      expect(Math.abs(after.x - cursor.x)).toBeLessThan(0.51 / view.dpr);
      expect(Math.abs(after.y - cursor.y)).toBeLessThan(0.51 / view.dpr);
    }),
    { numRuns: 500 },
  );
});

test('zooming out keeps the pixel under the cursor there unless the image would be lost', () => {
  const image: ImageSize = { widthPx: 6000, heightPx: 4000 };
  const view: Viewport = { widthDev: 1440, heightDev: 900, dpr: 1 };
  const near = zoomAt(fitCamera(image, view, 90), image, view, 6, 500, 300);
  const before = stageToImage(near, view, 700, 500);
  const after = imageToStage(zoomAt(near, image, view, 1 / 3, 700, 500), view, before.x, before.y);
  expect(after.x).toBeCloseTo(700, 6);
  expect(after.y).toBeCloseTo(500, 6);
});

test('no sequence of pans, zooms and turns loses the image', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('pan' as const),
      dx: fc.integer({ min: -9000, max: 9000 }),
      dy: fc.integer({ min: -9000, max: 9000 }),
    }),
    fc.record({
      kind: fc.constant('zoom' as const),
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
      x: fc.integer({ min: 0, max: 2000 }),
      y: fc.integer({ min: 0, max: 2000 }),
    }),
    fc.record({ kind: fc.constant('turn' as const), by: fc.constantFrom(1, -1) }),
  );
  fc.assert(
    fc.property(scenes, fc.array(step, { maxLength: 12 }), ({ image, view, camera }, steps) => {
      let at: Camera = camera;
      for (const s of steps) {
        if (s.kind === 'pan') at = panBy(at, image, view, s.dx, s.dy);
        else if (s.kind === 'zoom') at = zoomAt(at, image, view, s.factor, s.x, s.y);
        else at = rotateBy(at, image, view, s.by);
        const { min, max } = scaleLimits(image, view, at.rotation);
        expect(at.scale).toBeGreaterThanOrEqual(min * 0.999999);
        expect(at.scale).toBeLessThanOrEqual(max * 1.000001);
        const seen = visibleRect(at, image, view);
        expect(seen).not.toBeNull();
      }
    }),
  );
});

test('four quarter turns are none, and a turn keeps the middle', () => {
  fc.assert(
    fc.property(scenes, ({ image, view, camera }) => {
      const turned = rotateBy(camera, image, view, 1);
      const back = rotateBy(turned, image, view, -1);
      expect(back.rotation).toBe(camera.rotation);
      expect(turned.rotation).toBe((camera.rotation + 90) % 360);
      let round: Camera = fitCamera(image, view, camera.rotation);
      for (let i = 0; i < 4; i += 1) round = rotateBy(round, image, view, 1);
      expect(round).toEqual(fitCamera(image, view, camera.rotation));
    }),
  );
});

test('a quarter turn clockwise brings the image top to the right', () => {
  const image: ImageSize = { widthPx: 100, heightPx: 50 };
  const view: Viewport = { widthDev: 400, heightDev: 400, dpr: 1 };
  const camera = fitCamera(image, view, 90);
  const top = imageToStage(camera, view, 50, 0);
  const bottom = imageToStage(camera, view, 50, 50);
  const left = imageToStage(camera, view, 0, 25);
  expect(top.x).toBeGreaterThan(bottom.x);
  expect(top.y).toBeCloseTo(bottom.y, 9);
  expect(left.y).toBeLessThan(200);
});

test('fit shows the whole image in every turn and stays fit when the window changes', () => {
  fc.assert(
    fc.property(images, views, views, rotations, (image, view, other, rotation) => {
      const camera = resized(fitCamera(image, view, rotation), image, other);
      expect(camera).toEqual(fitCamera(image, other, rotation));
      for (const [x, y] of [
        [0, 0],
        [image.widthPx, image.heightPx],
      ] as const) {
        const at = imageToStage(camera, other, x, y);
        expect(at.x).toBeGreaterThanOrEqual(-0.51);
        expect(at.y).toBeGreaterThanOrEqual(-0.51);
        expect(at.x).toBeLessThanOrEqual(other.widthDev / other.dpr + 0.51);
        expect(at.y).toBeLessThanOrEqual(other.heightDev / other.dpr + 0.51);
      }
    }),
  );
});

test('a resize of a view that is not fit keeps the middle of the view', () => {
  const image: ImageSize = { widthPx: 6000, heightPx: 4000 };
  const view: Viewport = { widthDev: 1000, heightDev: 800, dpr: 1 };
  const camera = centreOn(oneToOne(fitCamera(image, view, 0), image, view), image, view, 1234, 2345);
  const after = resized(camera, image, { widthDev: 700, heightDev: 900, dpr: 1 });
  expect([after.cx, after.cy, after.scale]).toEqual([1234, 2345, 1]);
});

test('one to one puts image pixels on whole device pixels', () => {
  const image: ImageSize = { widthPx: 601, heightPx: 403 };
  for (const dpr of [1, 1.25, 1.5, 2]) {
    const view: Viewport = { widthDev: 1001, heightDev: 777, dpr };
    const m = imageToDevice(oneToOne(fitCamera(image, view, 0), image, view), view);
    expect(m.a).toBeCloseTo(1, 12);
    expect(Number.isInteger(m.e)).toBe(true);
    expect(Number.isInteger(m.f)).toBe(true);
  }
});

test('percent stays within 0 to 100', () => {
  const image: ImageSize = { widthPx: 300, heightPx: 200 };
  expect(toPct(image, -5, 999)).toEqual({ xPct: 0, yPct: 100 });
  expect(toPct(image, 150, 50)).toEqual({ xPct: 50, yPct: 25 });
});
