/**
 * What a layer drew, kept beside the screen and a little wider than the view: while it is panned it is only copied to another place. A copy of a million
 * pixels takes 0.7 ms, drawing the image scaled 5, and moving a canvas within itself 4, because the browser copies all of it first.
 */
import { type Camera, shiftBetween, shifted, type Viewport } from './camera.ts';

/** A canvas on the page or beside it. */
export type Painter = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Device pixels around the view for a pan: five notches of the wheel. */
export const spreadMargin = 160;
/** Of them as many as a pan that goes on will use lie ahead of it, and a few behind, for a hand that trembles. */
export const ahead = 130;

/** What is on the canvas beside the screen. */
export interface Painted {
  readonly camera: Camera;
  /** The view that it was drawn for, without the margin. */
  readonly base: Viewport;
  /** With the margin, or `base`. */
  readonly view: Viewport;
  /** Drawn while the view moved: at rest it is drawn again, better. */
  readonly fast: boolean;
}

/** What a frame does with it: `camera` and `view` to draw with, or null to leave it; then it is copied from `x`, `y`. */
export interface Placing {
  readonly paint: { readonly camera: Camera; readonly view: Viewport } | null;
  readonly x: number;
  readonly y: number;
}

/** Decides what a frame needs. `wide` is `view` with the margin, the same object as long as `view` is. */
export function placingOf(painted: Painted | null, camera: Camera, view: Viewport, wide: Viewport, moving: boolean, stale: boolean): Placing {
  const shift = painted?.base === view ? shiftBetween(painted.camera, camera, view) : null;
  if (painted && shift) {
    const margin = painted.view === view ? 0 : spreadMargin;
    const within = Math.abs(shift.dx) <= margin && Math.abs(shift.dy) <= margin;
    // A fraction of a pixel is left out while it moves, and comes with the drawing at rest.
    const as = { x: margin - shift.dx, y: margin - shift.dy };
    if (within && !stale && (moving || (shift.whole && !painted.fast))) return { paint: null, ...as };
    if (within && stale && shift.whole && (moving || !painted.fast)) return { paint: { camera: painted.camera, view: painted.view }, ...as };
    if (moving && !within) {
      const [x, y] = [Math.sign(shift.dx) * ahead, Math.sign(shift.dy) * ahead];
      return { paint: { camera: shifted(camera, view, x, y), view: wide }, x: spreadMargin + x, y: spreadMargin + y };
    }
  }
  return { paint: { camera, view }, x: 0, y: 0 };
}

/** The canvas itself. */
export interface Spread {
  /** Draws where that is needed, and copies it to `onto`; `over`: above what is there. */
  draw(onto: Painter, frame: SpreadFrame, over: boolean, paint: (ctx: OffscreenCanvasRenderingContext2D, camera: Camera, view: Viewport) => void): void;
  /** Whether the last frame had another scale or there was none: nothing of it could be copied. */
  isNew(camera: Camera, view: Viewport): boolean;
  /** Takes note of a frame that was drawn without it. */
  skip(camera: Camera, view: Viewport): void;
}
export interface SpreadFrame {
  readonly camera: Camera;
  readonly view: Viewport;
  readonly wide: Viewport;
  readonly moving: boolean;
  readonly stale: boolean;
}

/** `opaque`: nothing shows through it, so that it is copied without being blended. */
export function createSpread(opaque: boolean): Spread {
  let ctx: OffscreenCanvasRenderingContext2D | null = null;
  let painted: Painted | null = null;
  let skipped = false;
  const prepare = ({ widthDev, heightDev }: Viewport, base: Viewport): OffscreenCanvasRenderingContext2D => {
    ctx ??= new OffscreenCanvas(widthDev, heightDev).getContext('2d', { alpha: !opaque })!;
    const { canvas } = ctx;
    // It only grows as long as the view is the same, so that a pan after a zoom does not make it anew.
    const kept = painted?.base === base;
    const [width, height] = kept ? [Math.max(canvas.width, widthDev), Math.max(canvas.height, heightDev)] : [widthDev, heightDev];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    return ctx;
  };
  return {
    draw(onto, { camera, view, wide, moving, stale }, over, paint) {
      const placing = placingOf(painted, camera, view, wide, moving, stale || skipped);
      if (placing.paint) {
        const own = placing.paint;
        paint(prepare(own.view, view), own.camera, own.view);
        painted = { camera: own.camera, base: view, view: own.view, fast: moving };
        skipped = false;
      }
      const { widthDev, heightDev } = view;
      onto.setTransform(1, 0, 0, 1, 0, 0);
      onto.globalCompositeOperation = over ? 'source-over' : 'copy';
      onto.drawImage(ctx!.canvas, placing.x, placing.y, widthDev, heightDev, 0, 0, widthDev, heightDev);
      onto.globalCompositeOperation = 'source-over';
    },
    isNew: (camera, view) => painted?.base !== view || shiftBetween(painted.camera, camera, view) === null,
    skip(camera, view) {
      painted = { camera, base: view, view, fast: true };
      skipped = true;
    },
  };
}
