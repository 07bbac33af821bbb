import type { Camera, ImageSize, Vec, Viewport } from './camera.ts';
import { imageToStage, stageToImage, toPct } from './camera.ts';

/** Milliseconds a dropped point stays where it was dropped while its new position is on the way. */
const holdDropped = 1000;

/** The one point that is dragged, or was just dropped: drawn apart from the others. */
export interface PointDrag {
  /** Its index in the table, or -1. */
  readonly index: number;
  /** Where it is now, in image pixels. */
  readonly at: Vec;
  start(index: number, id: string, from: Vec): void;
  /** CSS pixels from the start. The part of the marker that was grabbed stays below the cursor; the point stays on the image. */
  moveBy(camera: Camera, view: Viewport, image: ImageSize, dx: number, dy: number): void;
  /** Ends with the new position, or null when nothing is dragged. The point is held there until `sync` or for a second. */
  drop(image: ImageSize): { id: string; xPct: number; yPct: number } | null;
  cancel(): void;
  /** New points came: a dropped point is where they say; one still in the hand stays there. */
  sync(indexOf: (id: string) => number): void;
}

/** Makes it; `changed` is called when the point has to be drawn in its place again. */
export function createPointDrag(changed: () => void): PointDrag {
  let dragged: { index: number; readonly id: string; readonly from: Vec; at: Vec } | null = null;
  let dropped = 0;

  const cancel = (): void => {
    clearTimeout(dropped);
    dropped = 0;
    if (!dragged) return;
    dragged = null;
    changed();
  };

  return {
    get index() {
      return dragged?.index ?? -1;
    },
    get at() {
      return dragged?.at ?? { x: 0, y: 0 };
    },
    start(index, id, from) {
      cancel();
      dragged = { index, id, from, at: from };
      changed();
    },
    moveBy(camera, view, image, dx, dy) {
      if (!dragged) return;
      const from = imageToStage(camera, view, dragged.from.x, dragged.from.y);
      const to = stageToImage(camera, view, from.x + dx, from.y + dy);
      dragged.at = {
        x: Math.min(image.widthPx, Math.max(0, to.x)),
        y: Math.min(image.heightPx, Math.max(0, to.y)),
      };
    },
    drop(image) {
      if (!dragged) return null;
      dropped = window.setTimeout(cancel, holdDropped);
      return { id: dragged.id, ...toPct(image, dragged.at.x, dragged.at.y) };
    },
    cancel,
    sync(indexOf) {
      if (!dragged) return;
      const index = dropped ? -1 : indexOf(dragged.id);
      if (index < 0) cancel();
      else dragged.index = index;
    },
  };
}
