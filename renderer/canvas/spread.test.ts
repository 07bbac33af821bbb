import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitCamera, imageToDevice, panBy, shifted, type Viewport, zoomAt } from './camera.ts';
import { ahead, type Painted, placingOf, spreadMargin } from './spread.ts';

const image = { widthPx: 6000, heightPx: 4000 };
const view: Viewport = { widthDev: 1001, heightDev: 800, dpr: 1 };
const wide: Viewport = { ...view, widthDev: view.widthDev + 2 * spreadMargin, heightDev: view.heightDev + 2 * spreadMargin };
const close = zoomAt(fitCamera(image, view, 0), image, view, 6, 500, 400);
const rested: Painted = { camera: close, base: view, view, fast: false };
const panned: Painted = { camera: close, base: view, view: wide, fast: true };

test('what rests and did not change is copied as it is', () => {
  expect(placingOf(rested, close, view, wide, false, false)).toEqual({ paint: null, x: 0, y: 0 });
});

test('the first step of a pan draws more than is in view, most of it where the pan goes, and the next ones only copy another part of it', () => {
  const first = panBy(close, image, view, 30, 0);
  expect(placingOf(rested, first, view, wide, true, false)).toEqual({
    paint: { camera: shifted(first, view, ahead, 0), view: wide },
    x: spreadMargin + ahead,
    y: spreadMargin,
  });
  const next = panBy(close, image, view, -90, 12);
  expect(placingOf(panned, next, view, wide, true, false)).toEqual({ paint: null, x: spreadMargin + 90, y: spreadMargin - 12 });
  const beyond = panBy(close, image, view, -spreadMargin - 1, 0);
  expect(placingOf(panned, beyond, view, wide, true, false).paint).toEqual({ camera: shifted(beyond, view, -ahead, 0), view: wide });
});

test('what changed in a pan is drawn where it was, so that one more point is drawn alone', () => {
  const next = panBy(close, image, view, 40, 0);
  expect(placingOf(panned, next, view, wide, true, true)).toEqual({ paint: { camera: close, view: wide }, x: spreadMargin - 40, y: spreadMargin });
});

test('at rest it is drawn well, in place and no wider than the view', () => {
  const next = panBy(close, image, view, 40, 0);
  expect(placingOf(panned, next, view, wide, false, false)).toEqual({ paint: { camera: next, view }, x: 0, y: 0 });
  expect(placingOf({ ...panned, fast: false }, panBy(close, image, view, 0.5, 0), view, wide, false, false).paint).not.toBeNull();
});

test('another scale or another view keeps nothing', () => {
  const zoomed = zoomAt(close, image, view, 1.1, 500, 400);
  expect(placingOf(panned, zoomed, view, wide, true, false)).toEqual({ paint: { camera: zoomed, view }, x: 0, y: 0 });
  expect(placingOf({ ...panned, base: { ...view } }, close, view, wide, true, false).paint).toEqual({ camera: close, view });
  expect(placingOf(null, close, view, wide, false, false).paint).toEqual({ camera: close, view });
});

test('a place of the image is copied to where the camera has it, to within half a pixel in a pan and exactly at rest', () => {
  const step = fc.double({ min: -2 * spreadMargin, max: 2 * spreadMargin, noNaN: true });
  fc.assert(
    fc.property(step, step, fc.boolean(), fc.boolean(), (dx, dy, moving, stale) => {
      const camera = panBy(close, image, view, dx, dy);
      const placing = placingOf({ ...panned, fast: false }, camera, view, wide, moving, stale);
      const from = placing.paint ?? panned;
      const [drawn, wanted] = [imageToDevice(from.camera, from.view), imageToDevice(camera, view)];
      const off = Math.hypot(drawn.e - placing.x - wanted.e, drawn.f - placing.y - wanted.f);
      expect(off).toBeLessThanOrEqual(moving ? Math.SQRT1_2 + 1e-6 : 1e-5);
    }),
  );
});
