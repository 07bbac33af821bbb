import { levelCount, levelSize, TILE_OVERLAP_PX, TILE_PX } from '../../shared/domain/tiles.ts';
import type { Camera, ImageSize, Viewport } from './camera.ts';
import { imageToDevice, visibleRect } from './camera.ts';
import type { Painter } from './spread.ts';

/** Loads one tile; rejects where there is none. */
export type LoadTile = (level: number, x: number, y: number, signal: AbortSignal) => Promise<ImageBitmap>;

/** Draws what is in view of an image too large to be decoded whole, above its overview. */
export interface TileLayer {
  /** `aside`: of a part that is magnified beside the view; what the view waits for goes on. */
  draw(ctx: Painter, camera: Camera, view: Viewport, aside: boolean): void;
  destroy(): void;
}

/** Decoded tiles kept beside those in view: 1 MB each. */
const mostKept = 96;
/** Side by side: more only wait for each other in the browser. */
const mostLoading = 4;
/** While a level is being made, one that is this much coarser is there in a tenth of the time. */
const coarser = 2;
/** A tile that failed is asked for again after this many milliseconds: the worker may have been busy or gone. */
const retryAfter = 3000;

interface Kept {
  readonly level: number;
  readonly x: number;
  readonly y: number;
  bitmap: ImageBitmap | null;
  loading: AbortController | null;
  failedAt: number;
  /** The frame that last wanted it. */
  seen: number;
}

/** The level to draw at `scaleDev` device pixels per image pixel: the coarsest that isn't magnified. */
export function tileLevel(image: ImageSize, scaleDev: number): number {
  const wanted = Math.floor(Math.log2(1 / scaleDev) + 1e-9);
  return Math.max(0, Math.min(levelCount(image) - 1, wanted));
}

/** Makes the layer; `overview` is the size of the bitmap below, which is as good where it isn't magnified. */
export function createTileLayer(image: ImageSize, overview: ImageSize, load: LoadTile, redraw: () => void): TileLayer {
  const kept = new Map<string, Kept>();
  let frame = 0;
  let loading = 0;
  let wanted: Kept[] = [];
  let destroyed = false;

  const at = (level: number, x: number, y: number): Kept => {
    const key = `${level} ${x} ${y}`;
    let tile = kept.get(key);
    if (!tile) kept.set(key, (tile = { level, x, y, bitmap: null, loading: null, failedAt: 0, seen: 0 }));
    return tile;
  };
  const pump = (): void => {
    while (!destroyed && loading < mostLoading && wanted.length > 0) {
      const tile = wanted.shift()!;
      if (tile.bitmap || tile.loading || performance.now() - tile.failedAt < retryAfter) continue;
      const abort = new AbortController();
      tile.loading = abort;
      loading += 1;
      load(tile.level, tile.x, tile.y, abort.signal)
        .then((bitmap) => {
          if (destroyed || abort.signal.aborted) return bitmap.close();
          tile.bitmap = bitmap;
          redraw();
        })
        .catch(() => (tile.failedAt = abort.signal.aborted ? 0 : performance.now()))
        .finally(() => {
          tile.loading = null;
          loading -= 1;
          // given up, and come into view again meanwhile
          if (abort.signal.aborted && tile.seen === frame) redraw();
          pump();
        });
    }
  };
  /** What went out of view is given up; of what is there the longest unseen goes first. */
  const shrink = (): void => {
    for (const tile of kept.values()) if (tile.seen !== frame) tile.loading?.abort();
    if (kept.size <= mostKept) return;
    const old = [...kept].filter(([, tile]) => tile.seen !== frame && !tile.loading).sort(([, a], [, b]) => a.seen - b.seen);
    for (const [key, tile] of old.slice(0, kept.size - mostKept)) {
      tile.bitmap?.close();
      kept.delete(key);
    }
  };
  /** The tiles of a level in view, the middle first. */
  const inView = (level: number, area: { x0: number; y0: number; x1: number; y1: number }): Kept[] => {
    const size = levelSize(image, level);
    const [fx, fy] = [size.widthPx / image.widthPx / TILE_PX, size.heightPx / image.heightPx / TILE_PX];
    const [c1, r1] = [Math.ceil(size.widthPx / TILE_PX) - 1, Math.ceil(size.heightPx / TILE_PX) - 1];
    const tiles: Kept[] = [];
    for (let y = Math.max(0, Math.floor(area.y0 * fy)); y <= Math.min(r1, Math.floor(area.y1 * fy)); y += 1)
      for (let x = Math.max(0, Math.floor(area.x0 * fx)); x <= Math.min(c1, Math.floor(area.x1 * fx)); x += 1) tiles.push(at(level, x, y));
    const [mx, my] = [((area.x0 + area.x1) / 2) * fx - 0.5, ((area.y0 + area.y1) / 2) * fy - 0.5];
    return tiles.sort((a, b) => Math.hypot(a.x - mx, a.y - my) - Math.hypot(b.x - mx, b.y - my));
  };
  const paint = (ctx: Painter, m: ReturnType<typeof imageToDevice>, tiles: readonly Kept[]): void => {
    for (const { level, x, y, bitmap } of tiles) {
      if (!bitmap) continue;
      const size = levelSize(image, level);
      const [fx, fy] = [size.widthPx / image.widthPx, size.heightPx / image.heightPx];
      ctx.setTransform(m.a / fx, m.b / fx, m.c / fy, m.d / fy, m.e, m.f);
      ctx.drawImage(bitmap, x * TILE_PX - (x > 0 ? TILE_OVERLAP_PX : 0), y * TILE_PX - (y > 0 ? TILE_OVERLAP_PX : 0));
    }
  };

  return {
    draw(ctx, camera, view, aside) {
      const area = visibleRect(camera, image, view);
      const scaleDev = camera.scale * view.dpr;
      if (!area || scaleDev * image.widthPx <= overview.widthPx) return;
      if (!aside) frame += 1;
      const level = tileLevel(image, scaleDev);
      const fine = inView(level, area);
      const missing = fine.some((tile) => !tile.bitmap);
      const stopGap = level + coarser;
      const coarse = missing && stopGap < levelCount(image) && levelSize(image, stopGap).widthPx > overview.widthPx ? inView(stopGap, area) : [];
      const m = imageToDevice(camera, view);
      // what is left of other levels: better than the overview until the right one is there
      if (missing)
        for (let other = levelCount(image) - 1; other > level; other -= 1)
          paint(
            ctx,
            m,
            [...kept.values()].filter((tile) => tile.level === other),
          );
      paint(ctx, m, fine);
      const next = [...coarse, ...fine].filter((tile) => !tile.bitmap);
      wanted = aside ? [...next, ...wanted.filter((tile) => !next.includes(tile))] : next;
      for (const tile of [...coarse, ...fine]) tile.seen = frame;
      if (!aside) shrink();
      pump();
    },
    destroy() {
      destroyed = true;
      for (const tile of kept.values()) {
        tile.loading?.abort();
        tile.bitmap?.close();
      }
      kept.clear();
    },
  };
}
