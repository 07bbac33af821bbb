import type { Sprite } from './sprites.ts';

/** One marker above all others, moved by the compositor instead of being drawn into the points. */
export interface RaisedMarker {
  readonly element: HTMLElement;
  /** `x`, `y`: CSS pixels from the stage's top left. */
  show(sprite: Sprite, x: number, y: number, dpr: number): void;
  hide(): void;
}

/** Adds the marker's canvas to the stage, hidden. */
export function createRaisedMarker(root: HTMLElement): RaisedMarker {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;left:0;top:0;display:none;pointer-events:none';
  root.append(canvas);
  const ctx = canvas.getContext('2d')!;
  let shown: ImageBitmap | null = null;
  return {
    element: canvas,
    show(sprite, x, y, dpr) {
      if (shown !== sprite.image) {
        canvas.width = sprite.size;
        canvas.height = sprite.size;
        canvas.style.width = `${sprite.size / dpr}px`;
        canvas.style.height = `${sprite.size / dpr}px`;
        ctx.drawImage(sprite.image, 0, 0);
        shown = sprite.image;
      }
      const half = sprite.size / 2;
      canvas.style.transform = `translate(${Math.round(x * dpr - half) / dpr}px, ${Math.round(y * dpr - half) / dpr}px)`;
      canvas.style.display = '';
    },
    hide() {
      canvas.style.display = 'none';
    },
  };
}
