import type { Camera, Viewport } from './camera.ts';
import { imageToDevice, visibleArea } from './camera.ts';
import type { DotPattern } from './dot-raster.ts';
import { createDotRaster, dotPattern, strideOf } from './dot-raster.ts';
import { cellsWithin, hitTest } from './hit-test.ts';
import type { PointTable } from './point-table.ts';
import { redrawOf } from './point-redraw.ts';
import { rangeOf, walkOf } from './point-table.ts';
import type { Painter } from './spread.ts';
import type { MarkerStyle, Sprite, SpriteSheet } from './sprites.ts';
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
  /** The view moves: dots are drawn quickly. */
  readonly moving: boolean;
  /** Nothing else is drawn on the same canvas. */
  readonly plain: boolean;
}

/** From how many dots their pixels are written instead of pictures copied. */
const rasterFrom = 1500;
/** From how many dots they are drawn smaller. */
const crowdedFrom = 20_000;
/** Milliseconds of a frame for numbers seen for the first time (0.03 to 0.1 each); the rest show up on the next frames. */
const newSpritesMs = 3;
/** Radius of a point's ring in the loupe, in CSS pixels. */
const ringSize = 5;
/** Selected points up to this many keep their number also where it is crowded. */
const fewSelected = 12;

/** Draws the markers. */
export interface PointLayer {
  /** Returns false when some numbers are still missing and another frame is needed. */
  draw(ctx: Painter, scene: PointScene): boolean;
}

/** Whether a marker shows as a dot at this scale. */
export function isDot(table: PointTable, index: number, camera: Camera): boolean {
  return table.nearest.distance[index]! * camera.scale < markerSize;
}

/** The point under a stage position given in image pixels, or -1; `scale` turns the marker's CSS size into image pixels. */
export function pointAt(table: PointTable, camera: Camera, x: number, y: number): number {
  const marker = (markerSize / 2 + 1) / camera.scale;
  const dot = (dotSizes.normal / 2 + 2) / camera.scale;
  return hitTest(walkOf(table).grid, table.xs, table.ys, { x, y, maxRadius: marker }, (i, distance) => distance <= (isDot(table, i, camera) ? dot : marker));
}

/** The look of a point's set and its number within it. */
export function lookOf(table: PointTable, index: number, activeSetId: string | null): { style: MarkerStyle; rank: number } | null {
  const range = rangeOf(table, index);
  return range && { style: styleOf(range.set, activeSetId), rank: range.set.number ?? index - range.start + 1 };
}

function styleOf(set: { id: string; color: string; shape: number }, activeSetId: string | null): MarkerStyle {
  return {
    color: set.color,
    shape: set.shape,
    dimmed: activeSetId !== null && set.id !== activeSetId,
  };
}

/** Points of one kind in view: device position, index and range, reused between frames. */
interface Visible {
  length: number;
  x: Int32Array;
  y: Int32Array;
  index: Uint32Array;
  range: Uint16Array;
}

interface Sorted {
  capacity: number;
  /** The active set comes last, above the others. */
  readonly dots: [others: Visible, active: Visible];
  readonly markers: [others: Visible, active: Visible];
}

const emptyList = (capacity: number): Visible => ({
  length: 0,
  x: new Int32Array(capacity),
  y: new Int32Array(capacity),
  index: new Uint32Array(capacity),
  range: new Uint16Array(capacity),
});

const emptySorted = (capacity: number): Sorted => ({
  capacity,
  dots: [emptyList(capacity), emptyList(capacity)],
  markers: [emptyList(capacity), emptyList(capacity)],
});

/** Makes the layer for one device scale factor. */
export function createPointLayer(sheet: SpriteSheet): PointLayer {
  const raster = createDotRaster();
  const patterns = new Map<string, DotPattern>();
  let sorted = emptySorted(0);
  let last: Drawn | null = null;

  const patternOf = (style: MarkerStyle, diameter: number, stride: number): DotPattern => {
    const key = `${style.color} ${style.shape} ${style.dimmed} ${diameter}`;
    let pattern = patterns.get(key);
    if (!pattern || pattern.stride !== stride) {
      pattern = dotPattern(sheet.dotPixels(style, diameter), stride);
      patterns.set(key, pattern);
    }
    return pattern;
  };

  const stampDots = (ctx: Painter, { view, moving }: PointScene, styles: readonly MarkerStyle[], diameter: number): void => {
    raster.begin(view.widthDev, view.heightDev);
    const used = styles.map((style) => patternOf(style, diameter, strideOf(view.widthDev)));
    for (const { length, x, y, range } of sorted.dots)
      for (let k = 0; k < length; k += 1) raster.stamp(used[range[k]!]!, x[k]!, y[k]!, !moving && diameter === dotSizes.normal);
    raster.flush(ctx);
  };

  const copyDots = (ctx: Painter, styles: readonly MarkerStyle[], diameter: number): void => {
    const dots = styles.map((style) => sheet.dot(style, diameter));
    for (const { length, x, y, range } of sorted.dots) for (let k = 0; k < length; k += 1) drawAt(ctx, dots[range[k]!]!, x[k]!, y[k]!);
  };

  const drawMarkers = (ctx: Painter, table: PointTable, styles: readonly MarkerStyle[]): boolean => {
    const until = performance.now() + newSpritesMs;
    let complete = true;
    const made = styles.map((style) => sheet.madeMarkers(style));
    for (const { length, x, y, index, range } of sorted.markers) {
      for (let k = 0; k < length; k += 1) {
        const style = styles[range[k]!]!;
        const { set, start } = table.ranges[range[k]!]!;
        const rank = set.number ?? index[k]! - start + 1;
        let sprite = made[range[k]!]!.get(rank);
        if (!sprite) {
          complete &&= performance.now() < until;
          sprite = complete ? sheet.marker(style, rank) : sheet.blank(style);
        }
        drawAt(ctx, sprite, x[k]!, y[k]!);
      }
    }
    return complete;
  };

  const drawAll = (ctx: Painter, scene: PointScene): boolean => {
    const styles = stylesOf(scene);
    collect(scene, sorted);
    const dots = sorted.dots[0].length + sorted.dots[1].length;
    const empty = dots + sorted.markers[0].length + sorted.markers[1].length + scene.selected.size === 0;
    const stays = empty && last?.empty === true && last.scene.view === scene.view && last.scene.plain;
    if (stays) {
      // A canvas that is cleared is painted anew, also where it was clear.
    } else if (dots > rasterFrom) stampDots(ctx, scene, styles, diameterOf(dots));
    else {
      ctx.clearRect(0, 0, scene.view.widthDev, scene.view.heightDev);
      copyDots(ctx, styles, dotSizes.normal);
    }
    const complete = drawMarkers(ctx, scene.table, styles);
    drawSelected(ctx, scene, sheet);
    // What is not complete is no ground to go on from.
    last = complete ? { scene, dots, empty } : null;
    return complete;
  };

  /** Moves what is there, and draws what came into view at the edges. */
  const shift = (ctx: Painter, scene: PointScene, { dots }: Drawn, dx: number, dy: number): boolean => {
    const { widthDev, heightDev } = scene.view;
    ctx.globalCompositeOperation = 'copy';
    ctx.drawImage(ctx.canvas, dx, dy);
    ctx.globalCompositeOperation = 'source-over';
    const styles = stylesOf(scene);
    let complete = true;
    for (const strip of [
      { x: dx > 0 ? 0 : widthDev + dx, y: 0, width: Math.abs(dx), height: heightDev },
      { x: Math.max(0, dx), y: dy > 0 ? 0 : heightDev + dy, width: widthDev - Math.abs(dx), height: Math.abs(dy) },
    ]) {
      if (strip.width === 0 || strip.height === 0) continue;
      ctx.save();
      ctx.beginPath();
      ctx.rect(strip.x, strip.y, strip.width, strip.height);
      ctx.clip();
      // What lay beyond the view on a larger canvas is not what belongs here.
      ctx.clearRect(strip.x, strip.y, strip.width, strip.height);
      collect(scene, sorted, strip);
      copyDots(ctx, styles, diameterOf(dots));
      complete = drawMarkers(ctx, scene.table, styles) && complete;
      drawSelected(ctx, scene, sheet);
      ctx.restore();
    }
    last = complete ? { scene, dots, empty: false } : null;
    return complete;
  };

  const add = (ctx: Painter, scene: PointScene, { dots }: Drawn, from: number, to: number): void => {
    const { table, camera, view } = scene;
    const m = imageToDevice(camera, view);
    for (let i = from; i < to; i += 1) {
      const { style, rank } = lookOf(table, i, scene.activeSetId)!;
      const sprite = isDot(table, i, camera) ? sheet.dot(style, diameterOf(dots)) : sheet.marker(style, rank);
      drawAt(ctx, sprite, Math.round(m.a * table.xs[i]! + m.c * table.ys[i]! + m.e), Math.round(m.b * table.xs[i]! + m.d * table.ys[i]! + m.f));
    }
    // As if all were dots: near the limit all is drawn again a little early.
    last = { scene, dots: dots + to - from, empty: false };
  };

  return {
    draw(ctx, scene) {
      if (sorted.capacity < scene.table.count) sorted = emptySorted(Math.ceil(scene.table.count * 1.2));
      const redraw = last && redrawOf(last.scene, scene);
      if (!last || !redraw || redraw.kind === 'all' || (redraw.kind === 'shift' && last.empty)) return drawAll(ctx, scene);
      if (redraw.kind === 'shift') return shift(ctx, scene, last, redraw.dx, redraw.dy);
      if (redraw.kind === 'nothing') last = { ...last, scene };
      else if (diameterOf(last.dots) !== diameterOf(last.dots + redraw.to - redraw.from)) return drawAll(ctx, scene);
      else add(ctx, scene, last, redraw.from, redraw.to);
      return true;
    },
  };
}

/** What is on the canvas. */
interface Drawn {
  readonly scene: PointScene;
  readonly dots: number;
  readonly empty: boolean;
}

const diameterOf = (dots: number): number => (dots > crowdedFrom ? dotSizes.small : dotSizes.normal);
const stylesOf = ({ table, activeSetId }: PointScene): MarkerStyle[] => table.ranges.map(({ set }) => styleOf(set, activeSetId));

/** The points as small open rings, for the loupe: they say what is marked already and hide nothing. */
export function drawRings(ctx: Painter, table: PointTable, camera: Camera, view: Viewport, hidden: number): void {
  const { grid } = walkOf(table);
  if (grid.count === 0) return;
  const m = imageToDevice(camera, view);
  const cells = cellsWithin(grid, visibleArea(camera, view, ringSize * view.dpr));
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  for (const [width, style] of [
    [3.4, 'rgb(20 21 23 / 0.6)'],
    [1.6, null],
  ] as const) {
    ctx.lineWidth = width * view.dpr;
    for (let row = cells.r0; row <= cells.r1; row += 1) {
      const end = grid.start[row * grid.columns + cells.c1 + 1]!;
      for (let k = grid.start[row * grid.columns + cells.c0]!; k < end; k += 1) {
        const i = grid.order[k]!;
        if (i === hidden) continue;
        const x = m.a * table.xs[i]! + m.c * table.ys[i]! + m.e;
        const y = m.b * table.xs[i]! + m.d * table.ys[i]! + m.f;
        ctx.strokeStyle = style ?? rangeOf(table, i)?.set.color ?? '#fff';
        ctx.beginPath();
        ctx.arc(x, y, ringSize * view.dpr, 0, 2 * Math.PI);
        ctx.stroke();
      }
    }
  }
}

function drawAt(ctx: Painter, { image, size }: Sprite, x: number, y: number): void {
  ctx.drawImage(image, x - size / 2, y - size / 2);
}

interface DeviceRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Sorts what is in view, or in a part of it. */
function collect(scene: PointScene, out: Sorted, part: DeviceRect | null = null): void {
  const { table, camera, view, hidden } = scene;
  const { grid, xs, ys, nearest, range } = walkOf(table);
  for (const list of [...out.dots, ...out.markers]) list.length = 0;
  if (grid.count === 0) return;
  const { a, b, c, d, e, f } = imageToDevice(camera, view);
  const marginDev = Math.ceil((markerSize / 2 + 5) * view.dpr);
  const area = visibleArea(camera, view, marginDev);
  const dotBelow = markerSize / camera.scale;
  const active = table.ranges.findIndex(({ set }) => set.id === scene.activeSetId);
  const cells = cellsWithin(grid, area);
  const [left, top] = part ? [part.x - marginDev, part.y - marginDev] : [-marginDev, -marginDev];
  const right = (part ? part.x + part.width : view.widthDev) + marginDev;
  const bottom = (part ? part.y + part.height : view.heightDev) + marginDev;
  for (let row = cells.r0; row <= cells.r1; row += 1) {
    const end = grid.start[row * grid.columns + cells.c1 + 1]!;
    for (let k = grid.start[row * grid.columns + cells.c0]!; k < end; k += 1) {
      const x = Math.round(a * xs[k]! + c * ys[k]! + e);
      const y = Math.round(b * xs[k]! + d * ys[k]! + f);
      if (x < left || y < top || x > right || y > bottom) continue;
      const index = grid.order[k]!;
      if (index === hidden) continue;
      const list = (nearest[k]! < dotBelow ? out.dots : out.markers)[range[k] === active ? 1 : 0];
      const at = list.length++;
      list.x[at] = x;
      list.y[at] = y;
      list.index[at] = index;
      list.range[at] = range[k]!;
    }
  }
}

function drawSelected(ctx: Painter, scene: PointScene, sheet: SpriteSheet): void {
  const { table, camera, view } = scene;
  const m = imageToDevice(camera, view);
  const marginDev = markerSize * view.dpr;
  const few = scene.selected.size <= fewSelected;
  for (const i of scene.selected) {
    const look = i === scene.hidden ? null : lookOf(table, i, scene.activeSetId);
    if (!look) continue;
    const x = Math.round(m.a * table.xs[i]! + m.c * table.ys[i]! + m.e);
    const y = Math.round(m.b * table.xs[i]! + m.d * table.ys[i]! + m.f);
    if (x < -marginDev || y < -marginDev || x > view.widthDev + marginDev || y > view.heightDev + marginDev) continue;
    const small = !few && isDot(table, i, camera);
    drawAt(ctx, sheet.halo(small ? dotSizes.normal : markerSize), x, y);
    drawAt(ctx, small ? sheet.dot(look.style, dotSizes.normal) : sheet.marker(look.style, look.rank), x, y);
  }
}
