import { AppError } from '../../shared/rpc/errors.ts';
import { decodeImage } from './decode-image.ts';
import { createLru } from './lru.ts';

/** A decoded upright image. Call `release` when it is no longer shown; the loader closes the bitmap when its place is needed. */
export interface LoadedImage {
  readonly bitmap: ImageBitmap;
  /** The upright size in full, also when the bitmap is smaller. */
  readonly widthPx: number;
  readonly heightPx: number;
  release(): void;
}

/** What is known of an image before it is loaded: its upright size lets huge images be decoded smaller from the start. */
export interface ImageRequest {
  readonly url: string;
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** Decode to no more than this, 40 million if not given: a few million are enough to fill the screen, in half the time and a tenth of the memory. */
  readonly maxPixels?: number;
}

/** One address may be there in full and small. */
const keyOf = ({ url, maxPixels }: ImageRequest): string => (maxPixels === undefined ? url : `${url} ${maxPixels}`);

/** Loads images, and their neighbours ahead of time. */
export interface ImageLoader {
  /** Rejects with an AppError: `not-found`, `invalid` (can't be decoded), `unavailable`, `cancelled`. */
  load(request: ImageRequest, options?: { signal?: AbortSignal }): Promise<LoadedImage>;
  /** Loads these next, one after the other, and gives up on what was asked for before and isn't wanted now. */
  prefetch(requests: readonly ImageRequest[]): void;
  /** Forgets everything that isn't shown. */
  clear(): void;
}

interface Decoded {
  readonly bitmap: ImageBitmap;
  readonly widthPx: number;
  readonly heightPx: number;
}

interface Flight {
  readonly promise: Promise<void>;
  readonly abort: AbortController;
  /** Someone waits for it; a prefetch alone may be given up. */
  waiting: number;
}

/** Two 24-megapixel images: the one shown and a neighbour. */
const defaultMaxBytes = 200_000_000;

/** Makes a loader; `maxBytes` bounds decoded pixels (4 bytes each). `decode` is there for tests. */
export function createImageLoader({
  maxBytes = defaultMaxBytes,
  decode = fetchAndDecode,
}: {
  maxBytes?: number;
  decode?: (request: ImageRequest, signal: AbortSignal) => Promise<Decoded>;
} = {}): ImageLoader {
  const cache = createLru<Decoded>(maxBytes, ({ bitmap }) => bitmap.close());
  const flights = new Map<string, Flight>();
  let wanted: readonly ImageRequest[] = [];
  let prefetching = false;

  const fly = (request: ImageRequest): Flight => {
    const key = keyOf(request);
    const running = flights.get(key);
    if (running && !running.abort.signal.aborted) return running;
    const abort = new AbortController();
    const promise = decode(request, abort.signal)
      .then((decoded) => cache.put(key, decoded, decoded.bitmap.width * decoded.bitmap.height * 4))
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    // a prefetch that fails is tried again, and reported, when its image is opened
    promise.catch(() => undefined);
    const flight: Flight = { promise, abort, waiting: 0 };
    flights.set(key, flight);
    return flight;
  };

  const wait = async (flight: Flight, signal: AbortSignal | undefined): Promise<void> => {
    flight.waiting += 1;
    try {
      await abortable(flight.promise, signal);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0 && signal?.aborted) flight.abort.abort();
    }
  };

  const prefetchNext = async (): Promise<void> => {
    if (prefetching) return;
    prefetching = true;
    for (let next = wanted[0]; next; next = wanted[0]) {
      wanted = wanted.slice(1);
      // an image that someone waits for goes first
      while ([...flights.values()].some((flight) => flight.waiting > 0)) await Promise.allSettled([...flights.values()].map((flight) => flight.promise));
      if (!cache.has(keyOf(next))) await fly(next).promise.catch(() => undefined);
    }
    prefetching = false;
  };

  return {
    async load(request, { signal } = {}) {
      for (;;) {
        if (signal?.aborted) throw new AppError('cancelled', 'cancelled');
        const decoded = cache.take(keyOf(request));
        if (decoded) {
          let held = true;
          return {
            ...decoded,
            release: () => held && ((held = false), cache.release(keyOf(request))),
          };
        }
        await wait(fly(request), signal);
      }
    },
    prefetch(requests) {
      wanted = requests.filter((request) => !cache.has(keyOf(request)));
      const keep = new Set(requests.map(keyOf));
      for (const [key, flight] of flights) if (flight.waiting === 0 && !keep.has(key)) flight.abort.abort();
      void prefetchNext();
    },
    clear() {
      wanted = [];
      cache.clear();
    },
  };
}

/** The promise, or a `cancelled` as soon as the signal says so. */
function abortable(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new AppError('cancelled', 'cancelled'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function fetchAndDecode(request: ImageRequest, signal: AbortSignal): Promise<Decoded> {
  const decoded = await fetchImage(request.url, signal)
    .then((response) => decodeImage(response, request))
    .catch((thrown: unknown) => {
      if (thrown instanceof AppError) throw thrown;
      throw signal.aborted ? new AppError('cancelled', 'cancelled') : unavailable(String(thrown));
    });
  if (!signal.aborted) return decoded;
  decoded.bitmap.close();
  throw new AppError('cancelled', 'cancelled');
}

const unavailable = (why: string): AppError => new AppError('unavailable', `could not load an image: ${why}`, { key: 'image-unavailable' });

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
