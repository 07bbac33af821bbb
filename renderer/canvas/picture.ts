/**
 * Puts the stage's layers together on its one canvas. One and no more: each canvas over the whole stage costs 2 to 4 ms a frame where there is no graphics
 * card, to hand it over and to lay it on the others.
 */
import type { Camera, Viewport } from './camera.ts';
import { createSpread, spreadMargin, type Painter } from './spread.ts';

export interface PictureLayers {
  /** Empties the canvas and draws what lies below the markers. */
  image(ctx: Painter, camera: Camera, view: Viewport, moving: boolean): void;
  /** Draws the markers on a canvas of their own that is kept from frame to frame. */
  points(ctx: Painter, camera: Camera, view: Viewport, moving: boolean): void;
  /** Draws what is little and changes often. */
  above(ctx: Painter, camera: Camera, view: Viewport): void;
}
export interface PictureFrame {
  readonly camera: Camera;
  readonly view: Viewport;
  readonly moving: boolean;
  /** Layers that changed by themselves. */
  readonly image: boolean;
  readonly points: boolean;
}

/** Makes the picture on this canvas. */
export function createPicture(ctx: Painter, layers: PictureLayers): { draw(frame: PictureFrame): void } {
  const [images, markers] = [createSpread(true), createSpread(false)];
  let wide: Viewport = { widthDev: 0, heightDev: 0, dpr: 1 };
  let wideOf: Viewport | null = null;
  /** The markers are on the image's canvas: a pan then copies one picture a frame, and copying what is clear costs more than what is opaque. */
  let joined = false;
  return {
    draw({ camera, view, moving, image, points }) {
      if (wideOf !== view) {
        wideOf = view;
        wide = { ...view, widthDev: view.widthDev + 2 * spreadMargin, heightDev: view.heightDev + 2 * spreadMargin };
      }
      const frame = { camera, view, wide, moving };
      const drawPoints = (own: Painter, at: Camera, size: Viewport) => layers.points(own, at, size, moving);
      if (moving && !images.isNew(camera, view)) {
        const stale = image || points || !joined;
        joined = true;
        images.draw(ctx, { ...frame, stale }, false, (own, at, size) => {
          layers.image(own, at, size, moving);
          markers.draw(own, { camera: at, view: size, wide: size, moving, stale: points }, true, drawPoints);
        });
      } else {
        // In a zoom every frame is another: a copy kept of it would never be used.
        if (moving) {
          layers.image(ctx, camera, view, moving);
          images.skip(camera, view);
        } else images.draw(ctx, { ...frame, stale: image || joined }, false, (own, at, size) => layers.image(own, at, size, moving));
        joined = false;
        markers.draw(ctx, { ...frame, stale: points }, true, drawPoints);
      }
      layers.above(ctx, camera, view);
    },
  };
}
