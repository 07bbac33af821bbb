import { imageToDevice, type Camera, type ImageSize, type Vec, type Viewport } from './camera.ts';
import { type Nearest, nearestNeighbours } from './density.ts';
import type { Painter } from './spread.ts';
import { dotSizes, markerSize, type SpriteSheet } from './sprites.ts';
import type { StageGhosts } from './stage-api.ts';

/** Proposals on the stage: dashed and hollow, above the points and apart from them, because they are no data. */
export interface GhostLayer {
  set(ghosts: StageGhosts | null, image: ImageSize): void;
  readonly count: number;
  readonly look: StageGhosts | null;
  idAt(index: number): string | undefined;
  indexOf(id: string): number;
  /** In image pixels. */
  placeOf(index: number): Vec;
  /** The one under a place in image pixels, or -1. */
  hit(camera: Camera, x: number, y: number): number;
  /** `hidden` is drawn elsewhere (dragged, hovered), or -1. */
  draw(ctx: Painter, camera: Camera, view: Viewport, sheet: SpriteSheet, hidden: number): void;
}

/** Makes the layer; there are at most a thousand, so that each is simply gone through. */
export function createGhostLayer(): GhostLayer {
  let shown: StageGhosts | null = null;
  let places: Vec[] = [];
  /** Distance to the nearest other one, in image pixels. */
  let nearest: Nearest['distance'] = new Float64Array(0);
  const isSmall = (index: number, camera: Camera) => nearest[index]! * camera.scale < markerSize;
  return {
    set(ghosts, image) {
      if (ghosts?.ghosts !== shown?.ghosts || !ghosts) {
        places = (ghosts?.ghosts ?? []).map(({ xPct, yPct }) => ({ x: (xPct / 100) * image.widthPx, y: (yPct / 100) * image.heightPx }));
        // Each compared with each would take 10 ms for a thousand, after every click.
        nearest = nearestNeighbours(
          Float64Array.from(places, ({ x }) => x),
          Float64Array.from(places, ({ y }) => y),
          places.length,
        ).distance;
      }
      shown = ghosts && ghosts.ghosts.length > 0 ? ghosts : null;
    },
    get count() {
      return shown ? places.length : 0;
    },
    get look() {
      return shown;
    },
    idAt: (index) => shown?.ghosts[index]?.id,
    indexOf: (id) => shown?.ghosts.findIndex((ghost) => ghost.id === id) ?? -1,
    placeOf: (index) => places[index] ?? { x: 0, y: 0 },
    hit(camera, x, y) {
      let best = -1;
      let least = Infinity;
      for (let i = 0; shown && i < places.length; i += 1) {
        const reach = ((isSmall(i, camera) ? dotSizes.normal : markerSize) / 2 + 2) / camera.scale;
        const distance = Math.hypot(places[i]!.x - x, places[i]!.y - y);
        if (distance > reach || distance >= least) continue;
        best = i;
        least = distance;
      }
      return best;
    },
    draw(ctx, camera, view, sheet, hidden) {
      if (!shown) return;
      const { shape, focused, ghosts } = shown;
      const m = imageToDevice(camera, view);
      const margin = markerSize * view.dpr;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      const stamp = (i: number, isFocused: boolean) => {
        const x = Math.round(m.a * places[i]!.x + m.c * places[i]!.y + m.e);
        const y = Math.round(m.b * places[i]!.x + m.d * places[i]!.y + m.f);
        if (x < -margin || y < -margin || x > view.widthDev + margin || y > view.heightDev + margin) return;
        const diameter = isSmall(i, camera) && !isFocused ? dotSizes.normal : markerSize;
        for (const { image, size } of isFocused ? [sheet.halo(diameter), sheet.ghost(shape, diameter)] : [sheet.ghost(shape, diameter)])
          ctx.drawImage(image, x - size / 2, y - size / 2);
      };
      for (let i = 0; i < places.length; i += 1) if (i !== hidden && ghosts[i]!.id !== focused) stamp(i, false);
      const at = focused === null ? -1 : ghosts.findIndex((ghost) => ghost.id === focused);
      if (at >= 0 && at !== hidden) stamp(at, true);
    },
  };
}
