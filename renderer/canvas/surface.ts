import type { Vec, Viewport } from './camera.ts';

/** The stage's element: a canvas of exactly as many pixels as the screen gives it. */
export interface Surface {
  readonly root: HTMLElement;
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly view: Viewport;
  /** The colour around the image. */
  readonly background: string;
  fromClient(clientX: number, clientY: number): Vec;
  toClient(x: number, y: number): { clientX: number; clientY: number };
  destroy(): void;
}

/** Fills the container; `onColour` runs when its background has another colour, `onResize` after the canvas has its new size and before the browser paints. */
export function createSurface(container: HTMLElement, onResize: (view: Viewport) => void, onColour: () => void): Surface {
  const root = document.createElement('div');
  root.style.cssText = 'position:absolute;inset:0;overflow:hidden;background:var(--stage);touch-action:none;user-select:none;contain:strict;cursor:grab';
  const element = addCanvas(root);
  // Handed over to be composed by itself: a canvas that belongs to the page is painted into it in every frame, 18 ms of processor time instead of 6 for a
  // million pixels without a graphics card, most of it for what lies around and above it.
  const canvas = element.transferControlToOffscreen();
  container.append(root);
  const fit = (widthDev: number, heightDev: number): Viewport => {
    if (canvas.width !== widthDev) canvas.width = widthDev;
    if (canvas.height !== heightDev) canvas.height = heightDev;
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
  observer.observe(element, { box: 'device-pixel-content-box' });

  const stopFollowing = followTheme(onColour);
  const computed = getComputedStyle(root);

  /** The browser moves a canvas to whole device pixels: clicks are counted from there. */
  const origin = (): Vec => {
    const { left, top } = root.getBoundingClientRect();
    return { x: Math.round(left * view.dpr) / view.dpr, y: Math.round(top * view.dpr) / view.dpr };
  };
  return {
    root,
    // Without alpha what lies below is not drawn at all: 3 ms a frame.
    context: canvas.getContext('2d', { alpha: false })!,
    get background() {
      return computed.backgroundColor;
    },
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
      stopFollowing();
      root.remove();
    },
  };
}

/** Calls back when a person or the system chose another theme, until the returned function is called. */
function followTheme(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(changed);
  dark.addEventListener('change', changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    dark.removeEventListener('change', changed);
    chosen.disconnect();
  };
}

function addCanvas(root: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
  canvas.setAttribute('aria-hidden', 'true');
  root.append(canvas);
  return canvas;
}
