import type { Camera, ImageSize, Viewport } from './camera.ts';
import { imageToDevice, visibleRect } from './camera.ts';
import type { MipChain } from './mips.ts';
import { createMipChain } from './mips.ts';
import type { Painter } from './spread.ts';
import type { StageImage } from './stage-api.ts';
import type { TileLayer } from './tile-layer.ts';
import { createTileLayer } from './tile-layer.ts';

interface ImageLook {
  readonly moving: boolean;
  readonly sharp?: boolean;
  readonly background?: string;
  readonly filter?: string;
}

/** Draws the image below the markers. */
export interface ImageLayer {
  setImage(image: StageImage | null): void;
  readonly bitmap: ImageBitmap | null;
  /**
   * `moving`: quickly; at rest: as well as possible. `sharp`: single pixels show as squares as soon as they are magnified. `background`: the colour around
   * the image, clear if not given; `filter`: of the image, not of what is around it.
   */
  draw(ctx: Painter, camera: Camera, view: Viewport, how: ImageLook): void;
  destroy(): void;
}

/** Device pixels per bitmap pixel from which single pixels are shown as squares. */
const nearestFrom = 3;

/** Makes the layer; `redraw` is asked for when a better copy of the image is ready, `wantDetail` when the bitmap is magnified and the image has more. */
export function createImageLayer(redraw: () => void, wantDetail: () => void): ImageLayer {
  let size: ImageSize | null = null;
  let bitmap: ImageBitmap | null = null;
  let mips: MipChain | null = null;
  let tiles: TileLayer | null = null;
  let asked = false;

  return {
    get bitmap() {
      return bitmap;
    },
    setImage(image) {
      mips?.destroy();
      tiles?.destroy();
      asked = false;
      size = image && { widthPx: image.widthPx, heightPx: image.heightPx };
      bitmap = image && image.bitmap;
      mips = bitmap && createMipChain(bitmap, redraw);
      tiles = image?.loadTile ? createTileLayer(image, { widthPx: image.bitmap.width, heightPx: image.bitmap.height }, image.loadTile, redraw) : null;
    },
    draw(ctx, camera, view, { moving, sharp = false, background, filter }) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      if (background === undefined) ctx.clearRect(0, 0, view.widthDev, view.heightDev);
      else {
        ctx.fillStyle = background;
        ctx.fillRect(0, 0, view.widthDev, view.heightDev);
      }
      const seen = size && visibleRect(camera, size, view);
      // a closed bitmap has no size: its owner let it go before the next image came
      if (!size || !bitmap || !mips || !seen || bitmap.width === 0) return;
      if (filter) ctx.filter = filter;
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
      if (tiles) {
        ctx.imageSmoothingEnabled = camera.scale * view.dpr < (sharp ? 1 : nearestFrom) && camera.scale * view.dpr !== 1;
        tiles.draw(ctx, camera, view, sharp);
      } else if (scaleDev > 1.01 && bitmap.width < size.widthPx && !asked) {
        asked = true;
        wantDetail();
      }
      if (filter) ctx.filter = 'none';
    },
    destroy() {
      tiles?.destroy();
      tiles = null;
      mips?.destroy();
      mips = null;
      bitmap = null;
    },
  };
}
