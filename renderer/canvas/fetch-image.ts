/** Loads an image's file and decodes it, in the worker: no step of it waits until the page has rendered. */
import { AppError } from '../../shared/rpc/errors.ts';
import { decodeImage } from './decode-image.ts';
import type { Decoded, ImageRequest } from './image-loader.ts';

/** Rejects with an AppError as the loader says. */
export async function fetchAndDecode(request: ImageRequest, signal: AbortSignal): Promise<Decoded> {
  const open = async () => (await fetchDirect(request.directUrl, signal)) ?? (await fetchImage(request.url, signal));
  const decoded = await open()
    .then((response) => decodeImage(response, request, open))
    .catch((thrown: unknown) => {
      if (thrown instanceof AppError) throw thrown;
      throw signal.aborted ? new AppError('cancelled', 'cancelled') : unavailable(String(thrown));
    });
  if (!signal.aborted) return decoded;
  decoded.bitmap.close();
  throw new AppError('cancelled', 'cancelled');
}

const unavailable = (why: string): AppError => new AppError('unavailable', `could not load an image: ${why}`, { key: 'image-unavailable' });

/** By the shorter way; null where that gives nothing: it can't say why. */
async function fetchDirect(url: string | null | undefined, signal: AbortSignal): Promise<Response | null> {
  if (!url) return null;
  try {
    const response = await fetch(url, { signal });
    return response.ok ? response : null;
  } catch {
    if (signal.aborted) throw new AppError('cancelled', 'cancelled');
    return null;
  }
}

async function fetchImage(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
    if (response.ok) return response;
  } catch (thrown) {
    if (signal.aborted) throw new AppError('cancelled', 'cancelled');
    throw unavailable(String(thrown));
  }
  if (response.status === 404 || response.status === 410) throw new AppError('not-found', 'the image file is not there', { key: 'image-missing' });
  if (response.status === 403) throw new AppError('forbidden', 'the image may not be shown', { key: 'image-forbidden' });
  if (response.status === 415 || response.status === 422) throw new AppError('invalid', 'the image cannot be decoded', { key: 'image-undecodable' });
  throw unavailable(`status ${response.status}`);
}
