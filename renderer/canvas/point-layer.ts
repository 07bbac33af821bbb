import type { Camera, Viewport } from './camera.ts';
import { imageToDevice } from './camera.ts';
import type { DotPattern } from './dot-raster.ts';
import { createDotRaster, dotPattern, strideOf } from './dot-raster.ts';
import { hitTest } from './hit-test.ts';
import type { PointTable } from './point-table.ts';
import { gridOf, rangeOf } from './point-table.ts';
import type { MarkerStyle, SpriteSheet } from './sprites.ts';
import { dotSizes, markerSize } from './sprites.ts';

/** What a frame draws. */
export interface PointScene {
  readonly table: PointTable;
  readonly camera: Camera;
  readonly view: Viewport;
  readonly activeSetId: string | null;
  readonly selected: ReadonlySet<number>;
  /** A point that is drawn elsewhere (dragged), or -1. */
  readonly hidden: number;
}

/** From how many dots their pixels are written instead of pictures copied. */
const rasterFrom = 1500;
/** From how many dots they are drawn smaller. */
const crowdedFrom = 20_000;
/** New numbers drawn in one frame (20 microseconds each); the rest show up on the next. */
const newSpritesPerFrame = 150;
/** Selected points up to this many keep their number also where it is crowded. */
const fewSelected = 12;

/** Draws the markers. */
export interface PointLayer {
  /** Returns false when some numbers are still missing and another frame is needed. */
  draw(ctx: CanvasRenderingContext2D, scene: PointScene): boolean;
}

/** Whether a marker shows as a dot at this scale. */
export function isDot(table: PointTable, index: number, camera: Camera): boolean {
  return table.nearest.distance[index]! * camera.scale < markerSize;
}

/** The point under a stage position given in image pixels, or -1; `scale` turns the marker's CSS size into image pixels. */
export function pointAt(table: PointTable, camera: Camera, x: number, y: number): number {
  const marker = (markerSize / 2 + 1) / camera.scale;
  const dot = (dotSizes.normal / 2 + 2) / camera.scale;
  return hitTest(gridOf(table), table.xs, table.ys, { x, y, maxRadius: marker }, (i, distance) => distance <= (isDot(table, i, camera) ? dot : marker));
}

/** The look of a point's set and its number within it. */
export function lookOf(table: PointTable, index: number, activeSetId: string | null): { style: MarkerStyle; rank: number } | null {
  const range = rangeOf(table, index);
  return range && { style: styleOf(range.set, activeSetId), rank: index - range.start + 1 };
}

function styleOf(set: { id: string; color: string; shape: number }, activeSetId: string | null): MarkerStyle {
  return { color: set.color, shape: set.shape, dimmed: activeSetId !== null && set.id !== activeSetId };
}

/** What is in view, sorted by how it is drawn: index lists and device positions, reused between frames. */
interface Visible {
  dots: number;
  markers: number;
  index: Uint32Array;
  x: Int32Array;
  y: Int32Array;
}

/** Makes the layer for one device scale factor. */
export function createPointLayer(sheet: SpriteSheet): PointLayer {
  const raster = createDotRaster();
  const patterns = new Map<string, DotPattern>();
  let visible: Visible = { dots: 0, markers: 0, index: new Uint32Array(0), x: new Int32Array(0), y: new Int32Array(0) };

  const patternOf = (style: MarkerStyle, diameter: number, stride: number): DotPattern => {
    const key = `${style.color} ${style.shape} ${style.dimmed} ${diameter}`;
    let pattern = patterns.get(key);
    if (!pattern || pattern.stride !== stride) {
      pattern = dotPattern(sheet.dotPixels(style, diameter), stride);
      patterns.set(key, pattern);
    }
    return pattern;
  };

  const drawDots = (ctx: CanvasRenderingContext2D, scene: PointScene): void => {
    const { dots, index, x, y } = visible;
    const useRaster = dots > rasterFrom;
    if (useRaster) raster.begin(scene.view.widthDev, scene.view.heightDev);
    else ctx.clearRect(0, 0, scene.view.widthDev, scene.view.heightDev);
    const diameter = dots > crowdedFrom ? dotSizes.small : dotSizes.normal;
    let k = 0;
    for (const range of rangesInOrder(scene)) {
      if (k < dots && index[k]! >= range.start && index[k]! < range.end) {
        const style = styleOf(range.set, scene.activeSetId);
        if (useRaster) {
          const pattern = patternOf(style, diameter, strideOf(scene.view.widthDev));
          for (; k < dots && index[k]! >= range.start && index[k]! < range.end; k += 1) raster.stamp(pattern, x[k]!, y[k]!);
        } else {
          const { image, size } = sheet.dot(style, diameter);
          for (; k < dots && index[k]! >= range.start && index[k]! < range.end; k += 1) ctx.drawImage(image, x[k]! - size / 2, y[k]! - size / 2);
        }
      }
    }
    if (useRaster) raster.flush(ctx);
  };

  /** Markers fill the lists from the end, so that one walk sorts both kinds. */
  const drawMarkers = (ctx: CanvasRenderingContext2D, scene: PointScene): boolean => {
    const { markers, index, x, y } = visible;
    let budget = newSpritesPerFrame;
    let k = index.length - 1;
    const end = index.length - markers;
    for (const range of rangesInOrder(scene)) {
      const style = styleOf(range.set, scene.activeSetId);
      for (; k >= end && index[k]! >= range.start && index[k]! < range.end; k -= 1) {
        const rank = index[k]! - range.start + 1;
        let sprite = sheet.madeMarker(style, rank);
        if (!sprite) {
          budget -= 1;
          sprite = budget >= 0 ? sheet.marker(style, rank) : sheet.dot(style, dotSizes.normal);
        }
        ctx.drawImage(sprite.image, x[k]! - sprite.size / 2, y[k]! - sprite.size / 2);
      }
    }
    return budget >= 0;
  };

  return {
    draw(ctx, scene) {
      if (visible.index.length < scene.table.count)
        visible = {
          dots: 0,
          markers: 0,
          index: new Uint32Array(scene.table.count),
          x: new Int32Array(scene.table.count),
          y: new Int32Array(scene.table.count),
        };
      collect(scene, visible);
      drawDots(ctx, scene);
      const complete = drawMarkers(ctx, scene);
      drawSelected(ctx, scene, sheet);
      return complete;
    },
  };
}

/** The active set is drawn last, above the others. */
function rangesInOrder(scene: PointScene): PointTable['ranges'] {
  const { ranges } = scene.table;
  const active = ranges.findIndex((range) => range.set.id === scene.activeSetId);
  return active < 0 ? ranges : [...ranges.slice(0, active), ...ranges.slice(active + 1), ranges[active]!];
}

function collect(scene: PointScene, out: Visible): void {
  const { table, camera, view } = scene;
  const { a, b, c, d, e, f } = imageToDevice(camera, view);
  const margin = Math.ceil((markerSize / 2 + 5) * view.dpr);
  const dotBelow = markerSize / camera.scale;
  const { xs, ys } = table;
  const { distance } = table.nearest;
  let dots = 0;
  let last = out.index.length - 1;
  for (const range of rangesInOrder(scene)) {
    for (let i = range.start; i < range.end; i += 1) {
      const x = Math.round(a * xs[i]! + c * ys[i]! + e);
      const y = Math.round(b * xs[i]! + d * ys[i]! + f);
      if (x < -margin || y < -margin || x > view.widthDev + margin || y > view.heightDev + margin || i === scene.hidden) continue;
      const at = distance[i]! < dotBelow ? dots++ : last--;
      out.index[at] = i;
      out.x[at] = x;
      out.y[at] = y;
    }
  }
  out.dots = dots;
  out.markers = out.index.length - 1 - last;
}

function drawSelected(ctx: CanvasRenderingContext2D, scene: PointScene, sheet: SpriteSheet): void {
  const { table, camera, view } = scene;
  const m = imageToDevice(camera, view);
  const few = scene.selected.size <= fewSelected;
  for (const i of scene.selected) {
    const look = i === scene.hidden ? null : lookOf(table, i, scene.activeSetId);
    if (!look) continue;
    const x = Math.round(m.a * table.xs[i]! + m.c * table.ys[i]! + m.e);
    const y = Math.round(m.b * table.xs[i]! + m.d * table.ys[i]! + m.f);
    if (x < -40 * view.dpr || y < -40 * view.dpr || x > view.widthDev + 40 * view.dpr || y > view.heightDev + 40 * view.dpr) continue;
    const small = !few && isDot(table, i, camera);
    for (const sprite of [
      sheet.halo(small ? dotSizes.normal : markerSize),
      small ? sheet.dot(look.style, dotSizes.normal) : sheet.marker(look.style, look.rank),
    ])
      ctx.drawImage(sprite.image, x - sprite.size / 2, y - sprite.size / 2);
  }
}
