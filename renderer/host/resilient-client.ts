/** One client that outlives its wires: a call made while the core is away waits for it, a call that was under way fails and may be made again. */
import { type Client, createClient } from '../../shared/rpc/client.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import type { ClientWire } from '../../shared/rpc/wire.ts';

/** A core restarts in about one second; after ten a person should be told rather than kept waiting. */
const PATIENCE_MS = 10_000;

export interface ResilientClient {
  readonly client: Client;
  /** Uses this wire from now on, until it closes. */
  attach(wire: ClientWire): void;
  onConnection(listener: (alive: boolean) => void): () => void;
}

/** Makes the client; it has no wire until one is attached. */
export function resilientClient(patienceMs: number = PATIENCE_MS): ResilientClient {
  let current: Client | null = null;
  let waiting: ((client: Client) => void)[] = [];
  const listeners = new Set<(alive: boolean) => void>();
  const tell = (alive: boolean) => listeners.forEach((listener) => listener(alive));

  const attach = (wire: ClientWire) => {
    const client = createClient(wire);
    current = client;
    wire.onClose(() => {
      if (current !== client) return;
      current = null;
      tell(false);
    });
    const ready = waiting;
    waiting = [];
    for (const resolve of ready) resolve(client);
    tell(true);
  };
  const ready = (signal?: AbortSignal): Promise<Client> => {
    if (current) return Promise.resolve(current);
    return new Promise((resolve, reject) => {
      const stop = () => {
        waiting = waiting.filter((entry) => entry !== done);
        clearTimeout(timer);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new AppError('unavailable', 'the core did not come back in time', { key: 'core-gone' }));
      }, patienceMs);
      const done = (client: Client) => {
        stop();
        resolve(client);
      };
      waiting.push(done);
      signal?.addEventListener(
        'abort',
        () => {
          stop();
          reject(new AppError('cancelled', 'cancelled'));
        },
        { once: true },
      );
    });
  };
  const client: Client = {
    call: async (method, input, signal) => (current ?? (await ready(signal))).call(method, input, signal),
    open: (method, input, signal) => deferred(async () => (current ?? (await ready(signal))).open(method, input, signal)),
  };
  return {
    client,
    attach,
    onConnection(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** An iterator that is there only once somebody reads from it. */
function deferred<T>(start: () => Promise<AsyncIterableIterator<T>>): AsyncIterableIterator<T> {
  let inner: Promise<AsyncIterableIterator<T>> | null = null;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      inner ??= start();
      return (await inner).next();
    },
    async return() {
      if (inner) await (await inner).return?.();
      return { value: undefined, done: true };
    },
  };
}
