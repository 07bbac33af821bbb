import type { Vec, Viewport } from './camera.ts';

/** The stage's elements: two canvases of exactly as many pixels as the screen gives them. */
export interface Surface {
  readonly root: HTMLElement;
  readonly image: HTMLCanvasElement;
  readonly points: HTMLCanvasElement;
  readonly imageContext: CanvasRenderingContext2D;
  readonly pointsContext: CanvasRenderingContext2D;
  readonly view: Viewport;
  fromClient(clientX: number, clientY: number): Vec;
  toClient(x: number, y: number): { clientX: number; clientY: number };
  destroy(): void;
}

/** Fills the container; `onResize` runs after the canvases have their new size and before the browser paints. */
export function createSurface(container: HTMLElement, onResize: (view: Viewport) => void): Surface {
  const root = document.createElement('div');
  root.style.cssText = 'position:absolute;inset:0;overflow:hidden;touch-action:none;user-select:none;contain:strict;cursor:grab';
  const [image, points] = [addCanvas(root), addCanvas(root)];
  container.append(root);
  const fit = (widthDev: number, heightDev: number): Viewport => {
    for (const canvas of [image, points]) {
      if (canvas.width !== widthDev) canvas.width = widthDev;
      if (canvas.height !== heightDev) canvas.height = heightDev;
    }
    return { widthDev, heightDev, dpr: window.devicePixelRatio };
  };
  const box = root.getBoundingClientRect();
  let view = fit(Math.max(1, Math.round(box.width * window.devicePixelRatio)), Math.max(1, Math.round(box.height * window.devicePixelRatio)));
  const observer = new ResizeObserver((entries) => {
    const size = entries.at(-1)?.devicePixelContentBoxSize[0];
    // nothing to draw on while hidden
    if (!size || size.inlineSize === 0 || size.blockSize === 0) return;
    if (size.inlineSize === view.widthDev && size.blockSize === view.heightDev && window.devicePixelRatio === view.dpr) return;
    view = fit(size.inlineSize, size.blockSize);
    onResize(view);
  });
  observer.observe(points, { box: 'device-pixel-content-box' });

  /** The browser moves a canvas to whole device pixels: clicks are counted from there. */
  const origin = (): Vec => {
    const { left, top } = root.getBoundingClientRect();
    return { x: Math.round(left * view.dpr) / view.dpr, y: Math.round(top * view.dpr) / view.dpr };
  };
  return {
    root,
    image,
    points,
    imageContext: image.getContext('2d')!,
    pointsContext: points.getContext('2d')!,
    get view() {
      return view;
    },
    fromClient(clientX, clientY) {
      const { x, y } = origin();
      return { x: clientX - x, y: clientY - y };
    },
    toClient(x, y) {
      const from = origin();
      return { clientX: x + from.x, clientY: y + from.y };
    },
    destroy() {
      observer.disconnect();
      root.remove();
    },
  };
}

function addCanvas(root: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
  canvas.setAttribute('aria-hidden', 'true');
  root.append(canvas);
  return canvas;
}
