/**
 * A process of its own for models, as the core sees it: started when there is work, ended when idle, restarted with back-off when it dies, killed when one
 * ask takes too long. What somebody waits for goes before what a job asked for.
 */
import { AppError } from '../../shared/rpc/errors.ts';
import type { CoreHost, WorkerEntry, WorkerProcess } from './host.ts';

/** What the process can be asked: by kind, what goes in and what comes out. */
export type ModelTasks<T> = { readonly [K in keyof T]: { readonly in: unknown; readonly out: unknown } };
/** Loading a graph takes longer than running it. */
export type ModelPhase = 'load' | 'run';
export type ToModel =
  | { readonly t: 'do'; readonly id: number; readonly kind: string; readonly input: unknown; readonly urgent: boolean }
  /** Nobody asked for a while: it lets go of what is heavy and made again quickly. */
  | { readonly t: 'rest' }
  | { readonly t: 'stop' };
export type FromModel =
  | { readonly t: 'ready' }
  /** Its turn has come, or its graph is loaded now. An ask that is alone in the process has begun when it is sent. */
  /** It let go of what is heavy; `keeps`: of what is left something is slow to make again, so that it is worth staying for. */
  | { readonly t: 'rested'; readonly keeps: boolean }
  | { readonly t: 'begun'; readonly id: number; readonly phase: ModelPhase }
  | { readonly t: 'done'; readonly id: number; readonly out: unknown }
  | { readonly t: 'failed'; readonly id: number; readonly message: string; readonly key?: string };

export interface ModelProcess<T extends ModelTasks<T>> {
  /** Throws what `errors` makes where the process died over it, took too long or says that it can't; AppError `unavailable` where it does not start, `cancelled` on abort. */
  run<K extends keyof T & string>(kind: K, input: T[K]['in'], options?: { readonly signal?: AbortSignal; readonly urgent?: boolean }): Promise<T[K]['out']>;
  close(): Promise<void>;
}
/** What is thrown to who asked. */
export interface ModelErrors {
  lost(kind: string, slow: boolean, reason: string): Error;
  failed(message: string, key: string | undefined): Error;
}
export interface ModelProcessOptions {
  readonly host: Pick<CoreHost, 'spawn' | 'log'>;
  readonly entry: WorkerEntry;
  /** Names the sentence below `errors` for a process that does not start. */
  readonly key: string;
  /** What it is called in the log. */
  readonly name?: string;
  readonly errors?: ModelErrors;
  /** How often an ask is sent before it is taken to be what kills the process. */
  readonly tries?: number;
  /** Asks that are in the process at once: for a job, and where somebody waits. */
  readonly inFlight?: { readonly background: number; readonly urgent: number };
  /** How long a phase of one ask may take, in milliseconds. */
  readonly limitMs?: number | ((kind: string, phase: ModelPhase) => number);
  readonly startLimitMs?: number;
  /** Milliseconds without an ask until it is told to rest; never, if not given. */
  readonly restMs?: number;
  /** Milliseconds without an ask until it is ended. */
  readonly idleMs?: number;
}
/** The process died over an input as often as it was tried, or said that it can't do it. */
export class ProcessDied extends Error {}

interface Ask {
  readonly id: number;
  readonly kind: string;
  readonly input: unknown;
  readonly urgent: boolean;
  readonly resolve: (out: never) => void;
  readonly reject: (thrown: unknown) => void;
  begun: boolean;
  deaths: number;
  timer?: NodeJS.Timeout;
}
interface Running {
  readonly process: WorkerProcess;
  readonly inFlight: Map<number, Ask>;
  ready: boolean;
  /** The ask that took too long, when we killed the process for it. */
  slow: Ask | null;
  idle?: NodeJS.Timeout;
  rest?: NodeJS.Timeout;
  starting?: NodeJS.Timeout;
}
const MAX_FAILED_STARTS = 4;
const MAX_BACK_OFF_MS = 5000;
const died: ModelErrors = { lost: (_kind, _slow, reason) => new ProcessDied(reason), failed: (message) => new ProcessDied(message) };

export function createModelProcess<T extends ModelTasks<T>>(options: ModelProcessOptions): ModelProcess<T> {
  const { host, entry, key, name = entry, errors = died, tries = 2, limitMs = 60_000, startLimitMs = 30_000, restMs, idleMs = 30_000 } = options;
  const most = options.inFlight ?? { background: 1, urgent: 1 };
  const limitOf = (kind: string, phase: ModelPhase) => (typeof limitMs === 'number' ? limitMs : limitMs(kind, phase));
  const queue: Ask[] = [];
  let running: Running | null = null;
  let nextId = 1;
  let failedStarts = 0;
  /** Deaths since the last ask that was answered. */
  let deaths = 0;
  let backOff: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): Running {
    const started: Running = { process: host.spawn(entry), inFlight: new Map(), ready: false, slow: null };
    running = started;
    started.starting = setTimeout(() => started.process.kill(), startLimitMs);
    started.starting.unref();
    started.process.onMessage((message) => receive(started, message as FromModel));
    started.process.onExit((reason) => lost(started, reason));
    return started;
  }

  function receive(from: Running, message: FromModel): void {
    if (message.t === 'ready') {
      from.ready = true;
      failedStarts = 0;
      clearTimeout(from.starting);
      return;
    }
    if (message.t === 'rested') {
      if (!message.keeps && from.inFlight.size === 0) retire(from);
      return;
    }
    const ask = from.inFlight.get(message.id);
    if (!ask) return;
    if (message.t === 'begun') return begin(from, ask, message.phase);
    from.inFlight.delete(message.id);
    clearTimeout(ask.timer);
    if (message.t === 'done') {
      deaths = 0;
      ask.resolve(message.out as never);
    } else ask.reject(errors.failed(message.message, message.key));
    if (from.inFlight.size === 0) {
      from.idle = setTimeout(() => retire(from), idleMs).unref();
      if (restMs !== undefined) from.rest = setTimeout(() => from.process.send({ t: 'rest' } satisfies ToModel), restMs).unref();
    }
    pump();
  }

  function begin(from: Running, ask: Ask, phase: ModelPhase): void {
    ask.begun = true;
    clearTimeout(ask.timer);
    ask.timer = setTimeout(
      () => {
        from.slow = ask;
        from.process.kill();
      },
      limitOf(ask.kind, phase),
    );
    ask.timer.unref();
  }

  function retire(idle: Running): void {
    clearTimeout(idle.idle);
    if (running === idle) running = null;
    idle.process.send({ t: 'stop' } satisfies ToModel);
    setTimeout(() => idle.process.kill(), 2000).unref();
  }

  /** The process is gone. What it was at may be the reason: it is refused when it was tried often enough. What only waited in it is asked again. */
  function lost(gone: Running, reason: string): void {
    clearTimeout(gone.idle);
    clearTimeout(gone.rest);
    clearTimeout(gone.starting);
    if (running !== gone) return;
    running = null;
    if (closed) return;
    host.log(`the ${name} ended (${gone.slow ? 'too slow' : reason})`);
    if (gone.ready) deaths++;
    else failedStarts++;
    for (const ask of [...gone.inFlight.values()].toReversed()) {
      clearTimeout(ask.timer);
      if (ask.begun && gone.ready && ++ask.deaths >= tries) ask.reject(errors.lost(ask.kind, gone.slow === ask, reason));
      else queue.unshift(ask);
      ask.begun = false;
    }
    if (failedStarts >= MAX_FAILED_STARTS) return giveUp(reason);
    const wait = Math.min(MAX_BACK_OFF_MS, 50 * 2 ** (failedStarts + deaths));
    backOff = setTimeout(() => {
      backOff = undefined;
      pump();
    }, wait);
  }

  function giveUp(reason: string): void {
    failedStarts = 0;
    for (const ask of queue.splice(0)) ask.reject(new AppError('unavailable', `the ${name} does not start: ${reason}`, { key }));
  }

  /** Hands out what waits: the screen's first. */
  function pump(): void {
    while (queue.length > 0 && !closed && backOff === undefined) {
      const urgent = queue.findIndex((ask) => ask.urgent);
      const at = Math.max(0, urgent);
      const ask = queue[at]!;
      const to = running ?? start();
      if (to.inFlight.size >= (ask.urgent ? most.urgent : most.background)) return;
      queue.splice(at, 1);
      clearTimeout(to.idle);
      clearTimeout(to.rest);
      to.inFlight.set(ask.id, ask);
      if (to.inFlight.size === 1) begin(to, ask, 'load');
      to.process.send({ t: 'do', id: ask.id, kind: ask.kind, input: ask.input, urgent: ask.urgent } satisfies ToModel);
    }
  }

  function abort(ask: Ask): void {
    const at = queue.indexOf(ask);
    if (at >= 0) queue.splice(at, 1);
    // What is in flight ends by itself; nobody listens any more.
    ask.reject(cancelled());
  }

  return {
    run(kind, input, { signal, urgent = false } = {}) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new AppError('unavailable', `the ${name} is closed`, { key: 'no-project' }));
        if (signal?.aborted) return reject(cancelled());
        const onAbort = () => abort(ask);
        const settled = () => signal?.removeEventListener('abort', onAbort);
        const ask: Ask = {
          id: nextId++,
          kind,
          input,
          urgent,
          resolve: (out: never) => (settled(), resolve(out)),
          reject: (thrown) => (settled(), reject(thrown)),
          begun: false,
          deaths: 0,
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(ask);
        pump();
      });
    },
    async close() {
      closed = true;
      clearTimeout(backOff);
      const pending = [...(running?.inFlight.values() ?? []), ...queue.splice(0)];
      clearTimeout(running?.idle);
      clearTimeout(running?.rest);
      clearTimeout(running?.starting);
      running?.process.kill();
      running = null;
      for (const ask of pending) {
        clearTimeout(ask.timer);
        ask.reject(cancelled());
      }
    },
  };
}

const cancelled = () => new AppError('cancelled', 'cancelled');
