import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { isTiled } from '../../../shared/domain/tiles.ts';
import { type AppError, toAppError } from '../../../shared/rpc/errors.ts';
import { createImageLoader, type ImageLoader, type ImageRequest, type LoadedImage } from '../../canvas/image-loader.ts';
import type { LoadTile } from '../../canvas/tile-layer.ts';
import type { Host } from '../../host/host.ts';
import { useAnnotate } from './context.ts';

/** The open image, decoded. */
export interface Shown {
  readonly state: 'shown';
  readonly imageId: string;
  readonly loaded: LoadedImage;
  /** The same image was shown before, less well: the view stays. */
  readonly better: boolean;
  readonly loadTile: LoadTile | null;
}

/** What there is to see of the open image. */
export type Bitmap =
  | { readonly state: 'waiting' | 'loading'; readonly imageId: string }
  | Shown
  | { readonly state: 'failed'; readonly imageId: string; readonly error: AppError };

/** Up to this many pixels an image is decoded whole at once: 24 MB. */
const WHOLE_PIXELS = 6_000_000;
/** The spinner appears after this; a prefetched image is there long before. */
const PATIENCE_MS = 150;

/** Longer than the image before stays on the canvas. */
const RELEASE_MS = 1000;

/** What fills this screen: the first paint and what is decoded ahead need no more, in half the time and a tenth of the memory. */
const screenPixels = (): number => Math.min(8_300_000, Math.max(1_500_000, Math.round(screen.width * screen.height * devicePixelRatio ** 2)));

/** Two frames after the open image its neighbours are begun with. */
const AHEAD_MS = 34;

let loader: ImageLoader | null = null;
/** One loader for the window, with room for the open image and three neighbours (6 to 8 MB each on most screens): what was decoded stays while one looks at the gallery. */
const theLoader = () => (loader ??= createImageLoader({ maxBytes: Math.max(36_000_000, 4 * 4 * screenPixels()) }));

/** At the screen's size, or whole. */
function request(host: Host, { id, sha256, widthPx, heightPx }: ImageRecord, whole: boolean): ImageRequest {
  const all = { url: host.imageUrl({ id, sha256 }), directUrl: host.pictureUrl({ id, sha256 }), widthPx, heightPx };
  return whole || widthPx * heightPx <= WHOLE_PIXELS ? all : { ...all, maxPixels: screenPixels() };
}

/** Begins to decode the image that a key or a click opens, while the screen is still made for it. Where it was decoded ahead, it comes at once. */
export function decodeNow(host: Host, image: ImageRecord): Promise<LoadedImage> | null {
  const wanted = request(host, image, false);
  theLoader().start(wanted);
  return !isTiled(image) && theLoader().has(wanted) ? theLoader().load(wanted) : null;
}

/** Begins to decode an image before there is a screen to show it. */
export const decodeAhead = (host: Host, image: ImageRecord): void => theLoader().prefetch([request(host, image, false)]);

/**
 * Decodes the open image, then its neighbours. The image before never stays under the next one's points. `paint` is told of it at once, so that it is on
 * the screen in the next frame; React hears of it as well and is later.
 */
export function useBitmap(
  imageId: string,
  image: ImageRecord | undefined,
  neighbours: readonly ImageRecord[],
  paint: (shown: Shown) => void,
): { bitmap: Bitmap; wantDetail: () => void } {
  const { host } = useAnnotate();
  const [bitmap, setBitmap] = useState<Bitmap>({ state: 'waiting', imageId });
  const detail = useRef<() => void>(() => {});
  const id = image?.id;
  const sha256 = image?.sha256;
  useEffect(() => {
    if (!image || image.id !== imageId) return;
    const abort = new AbortController();
    const { signal } = abort;
    const tiled = isTiled(image);
    let loaded: LoadedImage | null = null;
    const show = (result: LoadedImage, better: boolean): void => {
      if (signal.aborted) return result.release();
      const last = loaded;
      loaded = result;
      const shown: Shown = { state: 'shown', imageId, loaded: result, better, loadTile: tiled ? tileLoader(host, image) : null };
      paint(shown);
      setBitmap(shown);
      // The canvas draws from it until the better one is there.
      if (last) setTimeout(() => last.release(), RELEASE_MS);
    };
    const timer = setTimeout(() => setBitmap({ state: 'loading', imageId }), PATIENCE_MS);
    theLoader()
      .load(request(host, image, false), { signal })
      .catch((thrown: unknown) => {
        // Where the browser can't decode a part of so large a file, its thumbnail stands below the tiles.
        if (!tiled || toAppError(thrown).code !== 'invalid') throw thrown;
        return theLoader().load({ url: host.thumbUrl(image), widthPx: image.widthPx, heightPx: image.heightPx }, { signal });
      })
      .then((result) => {
        clearTimeout(timer);
        show(result, false);
      })
      .catch((thrown: unknown) => {
        clearTimeout(timer);
        const error = toAppError(thrown);
        if (!signal.aborted && error.code !== 'cancelled') setBitmap({ state: 'failed', imageId, error });
      });
    detail.current = () => {
      if (tiled || !loaded) return;
      theLoader()
        .load(request(host, image, true), { signal })
        // What is on the screen stays as good as it is.
        .then(
          (result) => show(result, true),
          () => {},
        );
    };
    return () => {
      clearTimeout(timer);
      abort.abort();
      detail.current = () => {};
      setBitmap({ state: 'waiting', imageId });
      // The canvas shows it until the next one is there.
      const last = loaded;
      if (last) setTimeout(() => last.release(), RELEASE_MS);
    };
    // A card that is read again is another object of the same image.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [host, imageId, id, sha256, paint]);
  const key = neighbours.map((card) => card.id).join(' ');
  const seen = bitmap.state === 'shown' && bitmap.imageId === imageId;
  useEffect(() => {
    if (!seen) return;
    // The open image's own frame comes first.
    const timer = setTimeout(() => theLoader().prefetch(neighbours.filter((card) => !card.missing).map((card) => request(host, card, false))), AHEAD_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for the list of neighbours, which is another array each time
  }, [host, seen, key]);
  const wantDetail = useCallback(() => detail.current(), []);
  return { bitmap: bitmap.imageId === imageId ? bitmap : { state: 'waiting', imageId }, wantDetail };
}

function tileLoader(host: Host, image: ImageRecord): LoadTile {
  return async (level, x, y, signal) => {
    const response = await fetch(host.tileUrl(image, { level, x, y }), { signal });
    if (!response.ok) throw new Error(`no tile: status ${response.status}`);
    return createImageBitmap(await response.blob());
  };
}
