/** Loads and decodes images away from the page's thread. */
import { toAppError } from '../../shared/rpc/errors.ts';
import type { DecodeAnswer, DecodeOrder } from './decode-in-worker.ts';
import { fetchAndDecode } from './fetch-image.ts';

const running = new Map<number, AbortController>();
const send = (answer: DecodeAnswer, transfer: Transferable[] = []) => self.postMessage(answer, { transfer });

self.addEventListener('message', ({ data: { n, request } }: MessageEvent<DecodeOrder>) => {
  if (request === null) return running.get(n)?.abort();
  const abort = new AbortController();
  running.set(n, abort);
  fetchAndDecode(request, abort.signal)
    .then(
      (decoded) => send({ n, decoded, error: null }, [decoded.bitmap]),
      (thrown: unknown) => {
        const { code, message, details } = toAppError(thrown);
        send({ n, decoded: null, error: { code, message, details } });
      },
    )
    .finally(() => running.delete(n));
});
