import type { Camera, ImageSize, Viewport } from './camera.ts';
import { imageToDevice, visibleRect } from './camera.ts';
import type { MipChain } from './mips.ts';
import { createMipChain } from './mips.ts';

/** Draws the image below the markers. */
export interface ImageLayer {
  setImage(image: { bitmap: ImageBitmap; widthPx: number; heightPx: number } | null): void;
  /** `moving`: quickly; at rest: as well as possible. `sharp`: single pixels show as squares as soon as they are magnified. */
  draw(ctx: CanvasRenderingContext2D, camera: Camera, view: Viewport, how: { readonly moving: boolean; readonly sharp?: boolean }): void;
  destroy(): void;
}

/** Device pixels per bitmap pixel from which single pixels are shown as squares. */
const nearestFrom = 3;

/** Makes the layer; `redraw` is asked for when a better copy of the image is ready. */
export function createImageLayer(redraw: () => void): ImageLayer {
  let size: ImageSize | null = null;
  let bitmap: ImageBitmap | null = null;
  let mips: MipChain | null = null;

  return {
    setImage(image) {
      mips?.destroy();
      size = image && { widthPx: image.widthPx, heightPx: image.heightPx };
      bitmap = image && image.bitmap;
      mips = bitmap && createMipChain(bitmap, redraw);
    },
    draw(ctx, camera, view, { moving, sharp = false }) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, view.widthDev, view.heightDev);
      const seen = size && visibleRect(camera, size, view);
      // a closed bitmap has no size: its owner let it go before the next image came
      if (!size || !bitmap || !mips || !seen || bitmap.width === 0) return;
      const scaleDev = (camera.scale * view.dpr * size.widthPx) / bitmap.width;
      const { bitmap: source, best } = mips.pick(scaleDev);
      if (!best) mips.want(scaleDev);
      const fx = source.width / size.widthPx;
      const fy = source.height / size.heightPx;
      ctx.imageSmoothingEnabled = scaleDev < (sharp ? 1 : nearestFrom) && !(scaleDev === 1 && source === bitmap);
      ctx.imageSmoothingQuality = moving || !best ? 'low' : 'high';
      const m = imageToDevice(camera, view);
      ctx.setTransform(m.a / fx, m.b / fx, m.c / fy, m.d / fy, m.e, m.f);
      // two pixels more than is seen, so that smoothing at the edge has its neighbours
      const x0 = Math.max(0, Math.floor(seen.x0 * fx) - 2);
      const y0 = Math.max(0, Math.floor(seen.y0 * fy) - 2);
      const x1 = Math.min(source.width, Math.ceil(seen.x1 * fx) + 2);
      const y1 = Math.min(source.height, Math.ceil(seen.y1 * fy) + 2);
      if (x1 > x0 && y1 > y0) ctx.drawImage(source, x0, y0, x1 - x0, y1 - y0, x0, y0, x1 - x0, y1 - y0);
    },
    destroy() {
      mips?.destroy();
      mips = null;
      bitmap = null;
    },
  };
}
