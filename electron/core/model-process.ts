/**
 * A process of its own for a model, asked one thing at a time: started when there is work, ended when idle, restarted with back-off when it dies. What it
 * worked on when it died, or took too long for, is tried once more in a fresh process; if that dies too, it is the input's fault and is refused.
 */
import { AppError } from '../../shared/rpc/errors.ts';
import type { CoreHost, WorkerEntry, WorkerProcess } from './host.ts';

/** What the process can be asked: by kind, what goes in and what comes out. */
export type ModelTasks = { readonly [kind: string]: { readonly in: unknown; readonly out: unknown } };
export type ToModel = { readonly t: 'do'; readonly id: number; readonly kind: string; readonly input: unknown } | { readonly t: 'stop' };
export type FromModel =
  | { readonly t: 'ready' }
  | { readonly t: 'done'; readonly id: number; readonly out: unknown }
  | { readonly t: 'failed'; readonly id: number; readonly message: string };

export interface ModelProcess<T extends ModelTasks> {
  /** Throws `ProcessDied` where the process died or hung twice over this input, AppError `unavailable` where it does not start, `cancelled` on abort. */
  run<K extends keyof T & string>(kind: K, input: T[K]['in'], options?: { readonly signal?: AbortSignal; readonly urgent?: boolean }): Promise<T[K]['out']>;
  close(): Promise<void>;
}
export interface ModelProcessOptions {
  readonly host: Pick<CoreHost, 'spawn' | 'log'>;
  readonly entry: WorkerEntry;
  /** Names the sentence below `errors` for a process that does not start. */
  readonly key: string;
  /** How long one ask may take, loading included, in milliseconds. */
  readonly limitMs?: number;
  readonly idleMs?: number;
}
/** The process died twice over one input, or said that it can't do it. */
export class ProcessDied extends Error {}

interface Ask {
  readonly id: number;
  readonly kind: string;
  readonly input: unknown;
  readonly urgent: boolean;
  readonly resolve: (out: never) => void;
  readonly reject: (thrown: unknown) => void;
  tried: boolean;
}
interface Running {
  readonly process: WorkerProcess;
  ready: boolean;
  ask: Ask | null;
  timer?: NodeJS.Timeout;
}
const MAX_FAILED_STARTS = 4;

export function createModelProcess<T extends ModelTasks>({ host, entry, key, limitMs = 60_000, idleMs = 30_000 }: ModelProcessOptions): ModelProcess<T> {
  const queue: Ask[] = [];
  let running: Running | null = null;
  let nextId = 1;
  let failedStarts = 0;
  let backOff: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): Running {
    const made: Running = { process: host.spawn(entry), ready: false, ask: null };
    made.process.onMessage((message) => receive(made, message as FromModel));
    made.process.onExit((reason) => lost(made, reason));
    return made;
  }

  function receive(from: Running, message: FromModel): void {
    if (message.t === 'ready') {
      from.ready = true;
      failedStarts = 0;
      return;
    }
    const { ask } = from;
    if (ask?.id !== message.id) return;
    clearTimeout(from.timer);
    from.ask = null;
    if (message.t === 'done') ask.resolve(message.out as never);
    else ask.reject(new ProcessDied(message.message));
    if (queue.length === 0) {
      from.timer = setTimeout(() => retire(from), idleMs);
      from.timer.unref();
    }
    pump();
  }

  function retire(from: Running): void {
    if (running === from) running = null;
    from.process.send({ t: 'stop' } satisfies ToModel);
    setTimeout(() => from.process.kill(), 2000).unref();
  }

  function lost(from: Running, reason: string): void {
    clearTimeout(from.timer);
    if (running !== from) return;
    running = null;
    if (closed) return;
    host.log(`the ${entry} ended (${reason})`);
    const { ask } = from;
    if (ask && from.ready && ask.tried) ask.reject(new ProcessDied(reason));
    else if (ask) {
      ask.tried ||= from.ready;
      queue.unshift(ask);
    }
    if (from.ready) return pump();
    if (++failedStarts >= MAX_FAILED_STARTS) {
      failedStarts = 0;
      for (const waiting of queue.splice(0)) waiting.reject(new AppError('unavailable', `the ${entry} does not start: ${reason}`, { key }));
      return;
    }
    backOff = setTimeout(
      () => {
        backOff = undefined;
        pump();
      },
      100 * 2 ** failedStarts,
    );
  }

  function pump(): void {
    if (closed || backOff !== undefined || queue.length === 0) return;
    if (running?.ask) return;
    const at = Math.max(
      0,
      queue.findIndex((ask) => ask.urgent),
    );
    const [ask] = queue.splice(at, 1) as [Ask];
    running ??= start();
    const worker = running;
    clearTimeout(worker.timer);
    worker.ask = ask;
    worker.timer = setTimeout(() => worker.process.kill(), limitMs);
    worker.timer.unref();
    worker.process.send({ t: 'do', id: ask.id, kind: ask.kind, input: ask.input } satisfies ToModel);
  }

  return {
    run(kind, input, { signal, urgent = false } = {}) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new AppError('unavailable', 'the project is closed', { key: 'no-project' }));
        const cancelled = () => reject(new AppError('cancelled', 'cancelled'));
        if (signal?.aborted) return cancelled();
        const abort = () => {
          const place = queue.indexOf(ask);
          if (place >= 0) queue.splice(place, 1);
          // What is in the process ends by itself; nobody listens any more.
          cancelled();
        };
        const settled = () => signal?.removeEventListener('abort', abort);
        const ask: Ask = {
          id: nextId++,
          kind,
          input,
          urgent,
          resolve: (out: never) => (settled(), resolve(out)),
          reject: (thrown) => (settled(), reject(thrown)),
          tried: false,
        };
        signal?.addEventListener('abort', abort, { once: true });
        queue.push(ask);
        pump();
      });
    },
    async close() {
      closed = true;
      clearTimeout(backOff);
      const asks = [...(running?.ask ? [running.ask] : []), ...queue.splice(0)];
      clearTimeout(running?.timer);
      running?.process.kill();
      running = null;
      for (const ask of asks) ask.reject(new AppError('cancelled', 'the project is closed'));
    },
  };
}
