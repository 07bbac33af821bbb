import type { Viewport } from './camera.ts';

/** A canvas over the whole stage that is there only while something is drawn on it: at 4K one takes 33 MB. */
export interface Overlay {
  /** Empties it, at the view's size, and hands it over to be drawn on. */
  draw(view: Viewport, paint: (ctx: CanvasRenderingContext2D) => void): void;
  /** Gives its memory back. */
  clear(): void;
}

/** `before`: what it lies below; null for above everything. */
export function createOverlay(root: HTMLElement, before: Node | null): Overlay {
  let canvas: HTMLCanvasElement | null = null;
  return {
    draw(view, paint) {
      if (!canvas) {
        canvas = document.createElement('canvas');
        canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
        canvas.setAttribute('aria-hidden', 'true');
        root.insertBefore(canvas, before);
      }
      if (canvas.width !== view.widthDev) canvas.width = view.widthDev;
      if (canvas.height !== view.heightDev) canvas.height = view.heightDev;
      const ctx = canvas.getContext('2d')!;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, view.widthDev, view.heightDev);
      paint(ctx);
    },
    clear() {
      canvas?.remove();
      canvas = null;
    },
  };
}
