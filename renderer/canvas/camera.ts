/** Pure geometry of the view: no DOM, so that every click and every marker can be checked by property tests. */

/** Quarter turns of the view, clockwise; the data never turns. */
export type Rotation = 0 | 90 | 180 | 270;

/** What the view shows of the image. `cx`, `cy` is the upright image pixel position at the middle of the viewport, so that a resize keeps it there. */
export interface Camera {
  readonly cx: number;
  readonly cy: number;
  /** CSS pixels per upright image pixel. */
  readonly scale: number;
  readonly rotation: Rotation;
  /** The whole image is kept in view, also when the window changes. */
  readonly fit: boolean;
}

/** The stage's size. Backing pixels come first: fractional scale factors make CSS sizes that aren't whole pixels. */
export interface Viewport {
  readonly widthDev: number;
  readonly heightDev: number;
  /** Device pixels per CSS pixel. */
  readonly dpr: number;
}

/** The upright image, in pixels. */
export interface ImageSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** x' = a x + c y + e, y' = b x + d y + f: the order canvas uses. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export interface Vec {
  readonly x: number;
  readonly y: number;
}

/** CSS pixels left free around a fitted image. */
const fitPadding = 24;
/** CSS pixels of the image that always stay in view, so that it can't be lost. */
const keepInView = 80;
/** CSS pixels per image pixel at the closest. */
const closest = 32;

const cosOf = { 0: 1, 90: 0, 180: -1, 270: 0 } as const;
const sinOf = { 0: 0, 90: 1, 180: 0, 270: -1 } as const;

const clamp = (value: number, low: number, high: number): number => (low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value)));

/** The scale at which the whole image is in view. */
export function fitScale(image: ImageSize, view: Viewport, rotation: Rotation): number {
  const width = view.widthDev / view.dpr;
  const height = view.heightDev / view.dpr;
  const padding = Math.min(fitPadding, width * 0.05, height * 0.05);
  const across = rotation % 180 === 0 ? image.widthPx : image.heightPx;
  const down = rotation % 180 === 0 ? image.heightPx : image.widthPx;
  const scale = Math.min((width - 2 * padding) / across, (height - 2 * padding) / down);
  return scale > 0 && Number.isFinite(scale) ? scale : 1;
}

/** The smallest and largest scale; 1:1 and fit are always reachable, also for very small images. */
export function scaleLimits(image: ImageSize, view: Viewport, rotation: Rotation): { min: number; max: number } {
  const fit = fitScale(image, view, rotation);
  return { min: Math.min(fit / 4, 1 / view.dpr), max: Math.max(closest, fit) };
}

/** The camera that shows the whole image. */
export function fitCamera(image: ImageSize, view: Viewport, rotation: Rotation): Camera {
  return {
    cx: image.widthPx / 2,
    cy: image.heightPx / 2,
    scale: fitScale(image, view, rotation),
    rotation,
    fit: true,
  };
}

/**
 * Image pixels to device pixels. Where image pixels fall on whole device pixels (1:1, 2:1 ...) the offset is rounded, or every pixel would be blurred
 * over its neighbours; clicks go through the same matrix, so that they stay exact.
 */
export function imageToDevice(camera: Camera, view: Viewport): Matrix {
  const scale = camera.scale * view.dpr;
  const cos = cosOf[camera.rotation];
  const sin = sinOf[camera.rotation];
  let e = view.widthDev / 2 - scale * (cos * camera.cx - sin * camera.cy);
  let f = view.heightDev / 2 - scale * (sin * camera.cx + cos * camera.cy);
  if (Math.abs(scale - Math.round(scale)) < 1e-9) {
    e = Math.round(e);
    f = Math.round(f);
  }
  return { a: scale * cos, b: scale * sin, c: -scale * sin, d: scale * cos, e, f };
}

/** Sums of doubles that should be whole differ from it by less. */
const wholeWithin = 1e-6;

/** By how many device pixels the picture moved from one camera to the other, rounded, and whether they were whole; null where it also turned or changed its scale. */
export function shiftBetween(from: Camera, to: Camera, view: Viewport): { readonly dx: number; readonly dy: number; readonly whole: boolean } | null {
  const [a, b] = [imageToDevice(from, view), imageToDevice(to, view)];
  if (a.a !== b.a || a.b !== b.b || a.c !== b.c || a.d !== b.d) return null;
  const [dx, dy] = [Math.round(b.e - a.e), Math.round(b.f - a.f)];
  return { dx, dy, whole: Math.abs(b.e - a.e - dx) <= wholeWithin && Math.abs(b.f - a.f - dy) <= wholeWithin };
}

/** A position through a matrix. */
export function apply(m: Matrix, x: number, y: number): Vec {
  return { x: m.a * x + m.c * y + m.e, y: m.b * x + m.d * y + m.f };
}

/** The matrix back. */
export function invert(m: Matrix): Matrix {
  const det = m.a * m.d - m.b * m.c;
  return {
    a: m.d / det,
    b: -m.b / det,
    c: -m.c / det,
    d: m.a / det,
    e: (m.c * m.f - m.d * m.e) / det,
    f: (m.b * m.e - m.a * m.f) / det,
  };
}

/** Where on the image a stage position is, in image pixels. `x`, `y` are CSS pixels from the stage's top left. */
export function stageToImage(camera: Camera, view: Viewport, x: number, y: number): Vec {
  return apply(invert(imageToDevice(camera, view)), x * view.dpr, y * view.dpr);
}

/** Where on the stage an image position is, in CSS pixels. */
export function imageToStage(camera: Camera, view: Viewport, x: number, y: number): Vec {
  const device = apply(imageToDevice(camera, view), x, y);
  return { x: device.x / view.dpr, y: device.y / view.dpr };
}

/** Limits scale and position: the image can't be lost. */
export function clampCamera(camera: Camera, image: ImageSize, view: Viewport): Camera {
  const limits = scaleLimits(image, view, camera.rotation);
  const scale = clamp(camera.scale, limits.min, limits.max);
  const turned = camera.rotation % 180 !== 0;
  const halfAcross = (turned ? view.heightDev : view.widthDev) / view.dpr / 2 / scale;
  const halfDown = (turned ? view.widthDev : view.heightDev) / view.dpr / 2 / scale;
  const keep = keepInView / scale;
  const keepX = Math.min(keep, image.widthPx, 2 * halfAcross);
  const keepY = Math.min(keep, image.heightPx, 2 * halfDown);
  return {
    ...camera,
    scale,
    cx: clamp(camera.cx, keepX - halfAcross, image.widthPx - keepX + halfAcross),
    cy: clamp(camera.cy, keepY - halfDown, image.heightPx - keepY + halfDown),
  };
}

/** Zooms and keeps the image position below the stage position (`x`, `y`, CSS pixels) where it is. */
export function zoomAt(camera: Camera, image: ImageSize, view: Viewport, factor: number, x: number, y: number): Camera {
  const limits = scaleLimits(image, view, camera.rotation);
  const scale = clamp(camera.scale * factor, limits.min, limits.max);
  if (scale === camera.scale) return camera;
  const held = stageToImage(camera, view, x, y);
  return clampCamera(holdAt({ ...camera, scale, fit: false }, view, held, x, y), image, view);
}

function holdAt(camera: Camera, view: Viewport, held: Vec, x: number, y: number): Camera {
  const dx = (x - view.widthDev / view.dpr / 2) / camera.scale;
  const dy = (y - view.heightDev / view.dpr / 2) / camera.scale;
  const back = turnBack(camera.rotation, dx, dy);
  return { ...camera, cx: held.x - back.x, cy: held.y - back.y };
}

function turnBack(rotation: Rotation, dx: number, dy: number): Vec {
  const cos = cosOf[rotation];
  const sin = sinOf[rotation];
  return { x: cos * dx + sin * dy, y: -sin * dx + cos * dy };
}

/** Moves the image by CSS pixels. */
export function panBy(camera: Camera, image: ImageSize, view: Viewport, dx: number, dy: number): Camera {
  const back = turnBack(camera.rotation, dx / camera.scale, dy / camera.scale);
  return clampCamera({ ...camera, cx: camera.cx - back.x, cy: camera.cy - back.y, fit: false }, image, view);
}

/** The camera with the picture moved by device pixels, also to where nothing of the image is left: for what is drawn ahead of a pan. */
export function shifted(camera: Camera, view: Viewport, dxDev: number, dyDev: number): Camera {
  const back = turnBack(camera.rotation, dxDev / view.dpr / camera.scale, dyDev / view.dpr / camera.scale);
  return { ...camera, cx: camera.cx - back.x, cy: camera.cy - back.y };
}

/** Turns the view; what is in the middle stays there. */
export function rotateBy(camera: Camera, image: ImageSize, view: Viewport, quarterTurns: number): Camera {
  const rotation = ((((camera.rotation + quarterTurns * 90) % 360) + 360) % 360) as Rotation;
  return camera.fit ? fitCamera(image, view, rotation) : clampCamera({ ...camera, rotation }, image, view);
}

/** Brings an image position into the middle. */
export function centreOn(camera: Camera, image: ImageSize, view: Viewport, x: number, y: number): Camera {
  return clampCamera({ ...camera, cx: x, cy: y, fit: false }, image, view);
}

/** Brings an area of the image (in pixels) into view as large as it fits between the margins, in CSS pixels. */
export function areaCamera(camera: Camera, image: ImageSize, view: Viewport, area: Area, margin: Vec): Camera {
  const turned = camera.rotation % 180 !== 0;
  const [wide, high] = [area.x1 - area.x0, area.y1 - area.y0];
  const [across, down] = turned ? [high, wide] : [wide, high];
  const width = Math.max(view.widthDev / view.dpr - 2 * margin.x, 1);
  const height = Math.max(view.heightDev / view.dpr - 2 * margin.y, 1);
  const scale = Math.min(width / across, height / down);
  return clampCamera({ ...camera, cx: (area.x0 + area.x1) / 2, cy: (area.y0 + area.y1) / 2, scale, fit: false }, image, view);
}

/** One image pixel on one device pixel, about the middle. */
export function oneToOne(camera: Camera, image: ImageSize, view: Viewport): Camera {
  return clampCamera({ ...camera, scale: 1 / view.dpr, fit: false }, image, view);
}

/** The camera after the stage changed its size: fit stays fit. */
export function resized(camera: Camera, image: ImageSize, view: Viewport): Camera {
  return camera.fit ? fitCamera(image, view, camera.rotation) : clampCamera(camera, image, view);
}

/** Image pixels as percent of the upright image, kept within 0 to 100. */
export function toPct(image: ImageSize, x: number, y: number): { xPct: number; yPct: number } {
  return {
    xPct: clamp((x / image.widthPx) * 100, 0, 100),
    yPct: clamp((y / image.heightPx) * 100, 0, 100),
  };
}

/** A rectangle in image pixels. */
export interface Area {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The viewport, and `marginDev` device pixels around it, in image pixels. */
export function visibleArea(camera: Camera, view: Viewport, marginDev: number): Area {
  const back = invert(imageToDevice(camera, view));
  const p = apply(back, -marginDev, -marginDev);
  const q = apply(back, view.widthDev + marginDev, view.heightDev + marginDev);
  return {
    x0: Math.min(p.x, q.x),
    y0: Math.min(p.y, q.y),
    x1: Math.max(p.x, q.x),
    y1: Math.max(p.y, q.y),
  };
}

/** The part of the image in view, in image pixels, cut to the image; null when nothing of it shows. */
export function visibleRect(camera: Camera, image: ImageSize, view: Viewport): Area | null {
  const area = visibleArea(camera, view, 0);
  const x0 = Math.max(0, area.x0);
  const y0 = Math.max(0, area.y0);
  const x1 = Math.min(image.widthPx, area.x1);
  const y1 = Math.min(image.heightPx, area.y1);
  return x1 > x0 && y1 > y0 ? { x0, y0, x1, y1 } : null;
}

/** A part of the image given by its middle and size in percent, in image pixels. */
export function areaOf(image: ImageSize, part: { readonly xPct: number; readonly yPct: number; readonly widthPct: number; readonly heightPct: number }): Area {
  const [x, y] = [(part.xPct / 100) * image.widthPx, (part.yPct / 100) * image.heightPx];
  const [dx, dy] = [(part.widthPct / 200) * image.widthPx, (part.heightPct / 200) * image.heightPx];
  return { x0: x - dx, y0: y - dy, x1: x + dx, y1: y + dy };
}

/** The middle of the stage, in CSS pixels from its top left. */
export const middleOf = (view: Viewport): Vec => ({ x: view.widthDev / view.dpr / 2, y: view.heightDev / view.dpr / 2 });
