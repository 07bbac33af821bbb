/** One image on a stage of its own, for screens that only show: decoded once, kept while one goes back and forth. */
import { useEffect, useState } from 'react';
import type { ImageRecord } from '../../shared/domain/image.ts';
import { type AppError, toAppError } from '../../shared/rpc/errors.ts';
import { useHost } from '../host/host.ts';
import { createImageLoader, type LoadedImage } from './image-loader.ts';
import type { Stage } from './stage-api.ts';

let loader: ReturnType<typeof createImageLoader> | null = null;
/** One for the window: the image before stays decoded. */
const theLoader = () => (loader ??= createImageLoader({ maxBytes: 120_000_000 }));
const MAX_PIXELS = 4_000_000;

/** Decodes the image and shows it; the error where it can't be. */
export function useStageImage(stage: Stage | null, image: ImageRecord | undefined): AppError | null {
  const host = useHost();
  const [problem, setProblem] = useState<AppError | null>(null);
  const key = image ? `${image.id} ${image.sha256}` : '';
  useEffect(() => {
    if (!stage || !image) return;
    const abort = new AbortController();
    let loaded: LoadedImage | null = null;
    setProblem(null);
    theLoader()
      .load(
        { url: host.imageUrl(image), directUrl: host.pictureUrl(image), widthPx: image.widthPx, heightPx: image.heightPx, maxPixels: MAX_PIXELS },
        { signal: abort.signal },
      )
      .then((found) => {
        if (abort.signal.aborted) return found.release();
        loaded = found;
        stage.setImage({ bitmap: found.bitmap, widthPx: found.widthPx, heightPx: found.heightPx });
      })
      .catch((thrown: unknown) => {
        if (!abort.signal.aborted) setProblem(toAppError(thrown));
      });
    return () => {
      abort.abort();
      stage.setImage(null);
      loaded?.release();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a card that is read again is another object of the same image
  }, [stage, host, key]);
  return problem;
}
