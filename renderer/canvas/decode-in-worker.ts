/** Hands images to the worker that loads and decodes them. It starts with the first one and lives as long as the window. */
import { AppError } from '../../shared/rpc/errors.ts';
import type { Decoded, ImageRequest } from './image-loader.ts';

/** `request` null: give up on it. */
export interface DecodeOrder {
  readonly n: number;
  readonly request: ImageRequest | null;
}
export type DecodeAnswer =
  | { readonly n: number; readonly decoded: Decoded; readonly error: null }
  | { readonly n: number; readonly decoded: null; readonly error: Pick<AppError, 'code' | 'message' | 'details'> };

const waiting = new Map<number, PromiseWithResolvers<Decoded>>();
let worker: Worker | null = null;
let next = 0;

function theWorker(): Worker {
  if (worker) return worker;
  const made = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', ({ data: { n, decoded, error } }: MessageEvent<DecodeAnswer>) => {
    const who = waiting.get(n);
    waiting.delete(n);
    if (!who) decoded?.bitmap.close();
    else if (decoded) who.resolve(decoded);
    else who.reject(new AppError(error.code, error.message, error.details));
  });
  // Its script did not come, or it ran out of memory: what waits is told, and the next image gets another worker.
  made.addEventListener('error', ({ message }) => {
    made.terminate();
    if (worker === made) worker = null;
    for (const who of waiting.values()) who.reject(new AppError('unavailable', `the image worker failed: ${message}`, { key: 'image-unavailable' }));
    waiting.clear();
  });
  return (worker = made);
}

/** Starts the worker before the first image is known: it takes some 30 ms, beside what the page does meanwhile. */
export const startDecoder = (): void => void theWorker();

/** Loads and decodes one image. Rejects with an AppError; `cancelled` as soon as the signal says so. */
export function decodeInWorker(request: ImageRequest, signal: AbortSignal): Promise<Decoded> {
  const n = next++;
  const who = Promise.withResolvers<Decoded>();
  waiting.set(n, who);
  const send = (order: DecodeOrder) => theWorker().postMessage(order);
  signal.addEventListener(
    'abort',
    () => {
      if (!waiting.delete(n)) return;
      send({ n, request: null });
      who.reject(new AppError('cancelled', 'cancelled'));
    },
    { once: true },
  );
  send({ n, request });
  return who.promise;
}
