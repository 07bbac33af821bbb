import { AppError } from '../../shared/rpc/errors.ts';
import { decodeInWorker } from './decode-in-worker.ts';
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
  /** The same bytes by a shorter way; where it gives nothing, `url` is asked, which says why. */
  readonly directUrl?: string | null;
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
  /** Whether `load` would answer at once. */
  has(request: ImageRequest): boolean;
  /** Begins with an image that will be loaded in a moment, before anything else: what is under way ahead of time is given up for it. */
  start(request: ImageRequest): void;
  /** Loads these next, one after the other, and gives up on what was asked for before and isn't wanted now. */
  prefetch(requests: readonly ImageRequest[]): void;
  /** Forgets everything that isn't shown. */
  clear(): void;
}

/** An upright image and its size in full. */
export interface Decoded {
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
  decode = decodeInWorker,
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
    has: (request) => cache.has(keyOf(request)),
    start(request) {
      wanted = [];
      if (cache.has(keyOf(request))) return;
      for (const [key, flight] of flights) if (flight.waiting === 0 && key !== keyOf(request)) flight.abort.abort();
      fly(request);
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
