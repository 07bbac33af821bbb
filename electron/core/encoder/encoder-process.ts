/** The encoder process as the core sees it: one for the app, started at the first call, restarted with back-off when it dies, ended when idle. */
import { AppError } from '../../../shared/rpc/errors.ts';
import type { CoreHost, WorkerProcess } from '../host.ts';
import type { EncoderTaskKind, EncoderTasks, FromEncoder } from './messages.ts';

/** `screen`: somebody waits for it; it goes before what a job asked for. */
export type Urgency = 'screen' | 'background';
export interface EncoderProcess {
  /**
   * Has a task done. Throws AppError: `unavailable` where the process died over it (`encoder-died`), took too long (`encoder-slow`), ran out of memory
   * (`encoder-memory`) or doesn't start (`encoder-start`); `invalid` where the graph can't do it (`encoder-graph`); `cancelled` once the signal is aborted.
   */
  run<K extends EncoderTaskKind>(kind: K, input: EncoderTasks[K]['in'], signal?: AbortSignal, urgency?: Urgency): Promise<EncoderTasks[K]['out']>;
  close(): Promise<void>;
}
export interface EncoderProcessOptions {
  readonly host: Pick<CoreHost, 'spawn' | 'log'>;
  /** How long a call may take from its turn on, in milliseconds. */
  readonly callLimitMs?: number;
  /** The same for loading a graph, and for checking and measuring one. */
  readonly longLimitMs?: number;
  readonly startLimitMs?: number;
  readonly idleMs?: number;
}

interface Call {
  readonly id: number;
  readonly kind: EncoderTaskKind;
  readonly input: unknown;
  readonly urgent: boolean;
  readonly resolve: (out: never) => void;
  readonly reject: (thrown: unknown) => void;
  begun: boolean;
  timer?: NodeJS.Timeout;
}
interface Running {
  readonly process: WorkerProcess;
  readonly inFlight: Map<number, Call>;
  ready: boolean;
  /** The call that took too long, when we killed the process for it. */
  slow: Call | null;
  idle?: NodeJS.Timeout;
  starting?: NodeJS.Timeout;
}
/** One that is worked on and one that is there when it ends; more only for the screen. */
const IN_FLIGHT = 2;
const IN_FLIGHT_URGENT = 6;
const MAX_FAILED_STARTS = 4;
const MAX_BACK_OFF_MS = 5000;

/** Errors after which the same call may succeed in a new process, or with a smaller batch. */
export function isEncoderLoss(thrown: unknown): boolean {
  return thrown instanceof AppError && ['encoder-died', 'encoder-slow', 'encoder-memory'].includes(String(thrown.details['key']));
}

export function createEncoderProcess({
  host,
  callLimitMs = 10_000,
  longLimitMs = 120_000,
  startLimitMs = 30_000,
  idleMs = 120_000,
}: EncoderProcessOptions): EncoderProcess {
  const queue: Call[] = [];
  let running: Running | null = null;
  let nextId = 1;
  let failedStarts = 0;
  /** Deaths since the last task that was done. */
  let deaths = 0;
  let backOff: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): Running {
    const started: Running = { process: host.spawn('encoder-worker'), inFlight: new Map(), ready: false, slow: null };
    running = started;
    started.starting = setTimeout(() => started.process.kill(), startLimitMs);
    started.starting.unref();
    started.process.onMessage((message) => receive(started, message as FromEncoder));
    started.process.onExit((reason) => lost(started, reason));
    return started;
  }

  function receive(from: Running, message: FromEncoder): void {
    if (message.t === 'ready') {
      from.ready = true;
      failedStarts = 0;
      clearTimeout(from.starting);
      return;
    }
    const call = from.inFlight.get(message.id);
    if (!call) return;
    if (message.t === 'begun') {
      call.begun = true;
      const long = message.phase === 'load' || call.kind === 'check' || call.kind === 'measure';
      limit(from, call, long ? longLimitMs : callLimitMs);
      return;
    }
    from.inFlight.delete(message.id);
    clearTimeout(call.timer);
    if (message.t === 'done') {
      deaths = 0;
      call.resolve(message.out as never);
    } else {
      const memory = message.key === 'encoder-memory';
      call.reject(new AppError(memory ? 'unavailable' : 'invalid', message.message, { key: message.key, reason: firstLine(message.message) }));
    }
    if (from.inFlight.size === 0) {
      from.idle = setTimeout(() => retire(from), idleMs);
      from.idle.unref();
    }
    pump();
  }

  function limit(from: Running, call: Call, ms: number): void {
    clearTimeout(call.timer);
    call.timer = setTimeout(() => {
      from.slow = call;
      from.process.kill();
    }, ms);
    call.timer.unref();
  }

  function retire(idle: Running): void {
    if (running === idle) running = null;
    idle.process.send({ t: 'stop' });
    setTimeout(() => idle.process.kill(), 2000).unref();
  }

  /** The process is gone. What it was at fails, as it may be the reason; what only waited in it is asked again. */
  function lost(gone: Running, reason: string): void {
    clearTimeout(gone.idle);
    clearTimeout(gone.starting);
    if (running !== gone) return;
    running = null;
    if (closed) return;
    host.log(`the encoder process ended (${gone.slow ? 'too slow' : reason})`);
    if (gone.ready) deaths++;
    else failedStarts++;
    for (const call of [...gone.inFlight.values()].toReversed()) {
      clearTimeout(call.timer);
      if (call.begun) call.reject(lossOf(call, gone.slow === call, reason));
      else queue.unshift(call);
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
    for (const call of queue.splice(0)) call.reject(new AppError('unavailable', `the encoder process does not start: ${reason}`, { key: 'encoder-start' }));
  }

  /** Hands out what waits: the screen's first. */
  function pump(): void {
    while (queue.length > 0 && !closed && backOff === undefined) {
      const at = Math.max(
        0,
        queue.findIndex((call) => call.urgent),
      );
      const call = queue[at]!;
      const to = running ?? start();
      if (to.inFlight.size >= (call.urgent ? IN_FLIGHT_URGENT : IN_FLIGHT)) return;
      queue.splice(at, 1);
      clearTimeout(to.idle);
      to.inFlight.set(call.id, call);
      to.process.send({ t: 'do', id: call.id, kind: call.kind, input: call.input, urgent: call.urgent });
    }
  }

  return {
    run(kind, input, signal, urgency = 'screen') {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new AppError('unavailable', 'the app is closing', { key: 'encoder-start' }));
        const cancelled = () => reject(new AppError('cancelled', 'cancelled'));
        if (signal?.aborted) return cancelled();
        const settled = () => signal?.removeEventListener('abort', abort);
        const call: Call = {
          id: nextId++,
          kind,
          input,
          urgent: urgency === 'screen',
          resolve: (out: never) => (settled(), resolve(out)),
          reject: (thrown) => (settled(), reject(thrown)),
          begun: false,
        };
        const abort = () => {
          const at = queue.indexOf(call);
          if (at >= 0) queue.splice(at, 1);
          // What is in flight ends by itself; nobody listens any more.
          cancelled();
        };
        signal?.addEventListener('abort', abort, { once: true });
        queue.push(call);
        pump();
      });
    },
    async close() {
      closed = true;
      clearTimeout(backOff);
      const pending = [...(running?.inFlight.values() ?? []), ...queue.splice(0)];
      clearTimeout(running?.idle);
      clearTimeout(running?.starting);
      running?.process.kill();
      running = null;
      for (const call of pending) {
        clearTimeout(call.timer);
        call.reject(new AppError('cancelled', 'the app is closing'));
      }
    },
  };
}

function lossOf(call: Call, slow: boolean, reason: string): AppError {
  if (slow) return new AppError('unavailable', `${call.kind} took too long`, { key: 'encoder-slow' });
  return new AppError('unavailable', `the encoder process died over ${call.kind}: ${reason}`, { key: 'encoder-died', reason });
}

const firstLine = (message: string): string => message.split('\n')[0]!.slice(0, 300);
