/** The client's end of the door: typed calls and streams over a wire. */
import type { z } from 'zod';
import { unpackRows } from './columns.ts';
import { contract, type Contract } from './contract.ts';
import { AppError } from './errors.ts';
import type { ClientWire } from './wire.ts';

/** What a caller passes; defaults may be left out. */
export type Input<M extends keyof Contract> = z.input<Contract[M]['input']>;
export type Output<M extends keyof Contract> = NonNullable<Contract[M]['output']>;
type Calls = { [M in keyof Contract]: Contract[M]['nature'] extends 'stream' ? never : M }[keyof Contract];
type Streams = { [M in keyof Contract]: Contract[M]['nature'] extends 'stream' ? M : never }[keyof Contract];
export type CallName = Calls;
export type StreamName = Streams;

export interface Client {
  /** Rejects with AppError; with `unavailable` when the wire is gone. An aborted signal cancels at the server too. */
  call<M extends Calls>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>>;
  /** Ends when the signal is aborted, the server ends it, or the consumer breaks out of it. */
  open<M extends Streams>(method: M, input: Input<M>, signal?: AbortSignal): AsyncIterableIterator<Output<M>>;
}

interface Pending {
  item(value: unknown): void;
  end(value?: unknown): void;
  fail(error: AppError): void;
}

export function createClient(wire: ClientWire): Client {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  wire.onMessage((frame) => {
    const entry = pending.get(frame.id);
    if (!entry) return;
    if (frame.t === 'item') return entry.item(frame.value);
    pending.delete(frame.id);
    if (frame.t === 'err') entry.fail(new AppError(frame.code, frame.message, frame.details));
    else if (frame.t === 'end') entry.end();
    else entry.end(frame.packed ? unpackRows(frame.value, frame.packed) : frame.value);
  });
  const gone = () => new AppError('unavailable', 'the connection to the core is closed', { key: 'core-gone' });
  wire.onClose(() => {
    const entries = [...pending.values()];
    pending.clear();
    for (const entry of entries) entry.fail(gone());
  });
  const begin = (frame: 'call' | 'open', method: keyof Contract, input: unknown, entry: Pending, signal?: AbortSignal) => {
    if (!(method in contract)) throw new TypeError(`no method ${method}`);
    const id = nextId++;
    if (wire.closed) return entry.fail(gone());
    if (signal?.aborted) return entry.fail(new AppError('cancelled', 'cancelled'));
    pending.set(id, entry);
    signal?.addEventListener(
      'abort',
      () => {
        if (!pending.delete(id)) return;
        wire.send({ t: 'cancel', id });
        entry.fail(new AppError('cancelled', 'cancelled'));
      },
      { once: true },
    );
    wire.send({ t: frame, id, method, input });
  };
  return {
    call: (method, input, signal) =>
      new Promise((resolve, reject) => {
        begin('call', method, input, { item: () => {}, end: (value) => resolve(value as never), fail: reject }, signal);
      }),
    open: (method, input, signal) => {
      const abort = new AbortController();
      signal?.addEventListener('abort', () => abort.abort(), { once: true });
      if (signal?.aborted) abort.abort();
      return iterate(
        (entry) => begin('open', method, input, entry, abort.signal),
        () => abort.abort(),
      );
    },
  };
}

function iterate<T>(start: (entry: Pending) => void, stop: () => void): AsyncIterableIterator<T> {
  const queue: T[] = [];
  let done = false;
  let error: AppError | null = null;
  let wake: (() => void) | null = null;
  const signal = () => {
    wake?.();
    wake = null;
  };
  start({
    item: (value) => {
      queue.push(value as T);
      signal();
    },
    end: () => {
      done = true;
      signal();
    },
    fail: (thrown) => {
      done = true;
      if (thrown.code !== 'cancelled') error = thrown;
      signal();
    },
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      for (;;) {
        if (queue.length > 0) return { value: queue.shift()!, done: false };
        if (error) {
          const thrown = error;
          error = null;
          throw thrown;
        }
        if (done) return { value: undefined, done: true };
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    return() {
      stop();
      return Promise.resolve({ value: undefined, done: true });
    },
  };
}
