import type { Camera, Vec, Viewport } from './camera.ts';

/** Diameter in CSS pixels: wide enough to know where one is, small enough to look past. */
const diameter = 168;
/** How much larger than on the stage. */
const magnification = 4;
/** CSS pixels between the cursor and the loupe. */
const apart = 26;
/** The crosshair leaves this much free around the target, in CSS pixels. */
const free = 7;
const arm = 16;

/** A round magnifier beside the cursor: it follows by the compositor and is drawn only while it is on and the cursor is on the image. */
export interface Loupe {
  /** `at`: CSS pixels from the stage's top left; `target`: the same place in image pixels. */
  show(at: Vec, target: Vec, camera: Camera, view: Viewport, paint: (ctx: CanvasRenderingContext2D, camera: Camera, view: Viewport) => void): void;
  hide(): void;
  /** Brightness and contrast as on the stage. */
  setFilter(filter: string): void;
}

/** Adds the loupe's canvas to the stage, hidden. */
export function createLoupe(root: HTMLElement): Loupe {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = `position:absolute;left:0;top:0;display:none;width:${diameter}px;height:${diameter}px;border-radius:50%;pointer-events:none;background:#1c1d20;box-shadow:0 0 0 1.5px #fff, 0 0 0 3px rgb(20 21 23 / 0.75), 0 4px 14px rgb(0 0 0 / 0.35)`;
  canvas.dataset['loupe'] = '';
  canvas.setAttribute('aria-hidden', 'true');
  root.append(canvas);
  const ctx = canvas.getContext('2d')!;
  let filter = '';

  return {
    show(at, target, camera, view, paint) {
      const side = Math.round(diameter * view.dpr);
      if (canvas.width !== side) canvas.width = canvas.height = side;
      const own = { widthDev: side, heightDev: side, dpr: view.dpr };
      ctx.filter = filter || 'none';
      paint(ctx, { ...camera, cx: target.x, cy: target.y, scale: camera.scale * magnification, fit: false }, own);
      ctx.filter = 'none';
      drawCross(ctx, side / 2, view.dpr);
      const [width, height] = [view.widthDev / view.dpr, view.heightDev / view.dpr];
      // right below the cursor, and on the other side where the stage ends
      const x = at.x + apart + diameter < width ? at.x + apart : at.x - apart - diameter;
      const y = at.y + apart + diameter < height ? at.y + apart : at.y - apart - diameter;
      canvas.style.transform = `translate(${Math.round(x * view.dpr) / view.dpr}px, ${Math.round(y * view.dpr) / view.dpr}px)`;
      canvas.style.display = '';
    },
    hide() {
      canvas.style.display = 'none';
    },
    setFilter(next) {
      filter = next;
    },
  };
}

/** Four arms around the target, white on dark, so that it shows on any image and covers nothing of what is pointed at. */
function drawCross(ctx: CanvasRenderingContext2D, middle: number, dpr: number): void {
  ctx.setTransform(dpr, 0, 0, dpr, middle, middle);
  ctx.lineCap = 'butt';
  for (const [width, style] of [
    [3, 'rgb(20 21 23 / 0.7)'],
    [1.2, '#fff'],
  ] as const) {
    ctx.lineWidth = width;
    ctx.strokeStyle = style;
    ctx.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      ctx.moveTo(dx * free, dy * free);
      ctx.lineTo(dx * (free + arm), dy * (free + arm));
    }
    ctx.stroke();
  }
}
