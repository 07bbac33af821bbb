import { useEffect, useState } from 'react';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { type AppError, toAppError } from '../../../shared/rpc/errors.ts';
import { createImageLoader, type ImageLoader, type ImageRequest, type LoadedImage } from '../../canvas/image-loader.ts';
import type { Host } from '../../host/host.ts';
import { useAnnotate } from './context.ts';

/** What there is to see of the open image. */
export type Bitmap =
  | { readonly state: 'waiting' | 'loading'; readonly imageId: string }
  | { readonly state: 'shown'; readonly imageId: string; readonly loaded: LoadedImage }
  | { readonly state: 'failed'; readonly imageId: string; readonly error: AppError };

/** Room for about five 24-megapixel images: the open one and two neighbours on each side of most photos. */
const MAX_BYTES = 200_000_000;
/** The spinner appears after this; a prefetched image is there long before. */
const PATIENCE_MS = 150;

/** Longer than the image before stays on the canvas. */
const RELEASE_MS = 1000;

let loader: ImageLoader | null = null;
/** One loader for the window: what was decoded stays while one looks at the gallery. */
const theLoader = () => (loader ??= createImageLoader({ maxBytes: MAX_BYTES }));

const request = (host: Host, { id, sha256, widthPx, heightPx }: ImageRecord): ImageRequest => ({ url: host.imageUrl({ id, sha256 }), widthPx, heightPx });

/** Begins to decode an image before there is a screen to show it. */
export const decodeAhead = (host: Host, image: ImageRecord): void => theLoader().prefetch([request(host, image)]);

/** Decodes the open image, then its neighbours. The image before never stays under the next one's points. */
export function useBitmap(imageId: string, image: ImageRecord | undefined, neighbours: readonly ImageRecord[]): Bitmap {
  const { host } = useAnnotate();
  const [bitmap, setBitmap] = useState<Bitmap>({ state: 'waiting', imageId });
  const id = image?.id;
  const sha256 = image?.sha256;
  useEffect(() => {
    if (!image || image.id !== imageId) return;
    const abort = new AbortController();
    let loaded: LoadedImage | null = null;
    const timer = setTimeout(() => setBitmap({ state: 'loading', imageId }), PATIENCE_MS);
    theLoader()
      .load(request(host, image), { signal: abort.signal })
      .then((result) => {
        loaded = result;
        if (abort.signal.aborted) return result.release();
        clearTimeout(timer);
        setBitmap({ state: 'shown', imageId, loaded: result });
      })
      .catch((thrown: unknown) => {
        clearTimeout(timer);
        const error = toAppError(thrown);
        if (!abort.signal.aborted && error.code !== 'cancelled') setBitmap({ state: 'failed', imageId, error });
      });
    return () => {
      clearTimeout(timer);
      abort.abort();
      setBitmap({ state: 'waiting', imageId });
      // The canvas shows it until the next one is there.
      const last = loaded;
      if (last) setTimeout(() => last.release(), RELEASE_MS);
    };
    // A card that is read again is another object of the same image.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [host, imageId, id, sha256]);
  const key = neighbours.map((card) => card.id).join(' ');
  const seen = bitmap.state === 'shown' && bitmap.imageId === imageId;
  useEffect(() => {
    if (seen) theLoader().prefetch(neighbours.filter((card) => !card.missing).map((card) => request(host, card)));
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [host, seen, key]);
  return bitmap.imageId === imageId ? bitmap : { state: 'waiting', imageId };
}
