/** The media workers of a project: started when there is work, restarted when a file kills one, ended when idle. */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { CoreHost, WorkerProcess } from '../host.ts';
import type { FromWorker, TaskKind, Tasks } from './messages.ts';
import { Refused } from './refused.ts';

export interface MediaPool {
  readonly mediaFolder: string;
  /** How many files it works on at a time; more wait their turn. */
  readonly width: number;
  /** Throws `Refused` for what is the file's fault, AppError `unavailable` where workers can't run, `cancelled` once the signal is aborted. */
  run<K extends TaskKind>(kind: K, input: Tasks[K]['in'], signal?: AbortSignal): Promise<Tasks[K]['out']>;
  close(): Promise<void>;
}
export interface PoolOptions {
  readonly host: Pick<CoreHost, 'spawn' | 'log'>;
  readonly mediaFolder: string;
  readonly workers?: number;
  /** How long one file may take to decode, in milliseconds. */
  readonly decodeLimitMs?: number;
  readonly idleMs?: number;
}

interface Waiting {
  readonly id: number;
  readonly kind: TaskKind;
  readonly input: unknown;
  readonly resolve: (out: never) => void;
  readonly reject: (thrown: unknown) => void;
  /** It was being decoded when a worker died, or a decoder complained of it or of another. It is tried once more, alone; then we know. */
  suspect: boolean;
  decoding: boolean;
  timer?: NodeJS.Timeout;
}
interface Worker {
  readonly process: WorkerProcess;
  readonly inFlight: Map<number, Waiting>;
  ready: boolean;
  /** Nothing else runs beside a suspect. */
  alone: boolean;
  /** The file that was too slow, when we killed the worker for it. */
  slow: Waiting | null;
  idle?: NodeJS.Timeout;
}
/** Files decoded side by side in one worker: libuv's threads. */
const PER_WORKER = 4;
/** Reading, waiting and decoding together, for files on slow disks. */
const WHOLE_LIMIT_MS = 300_000;
const MAX_FAILED_STARTS = 4;
const DECODE_LIMIT_MS = 20_000;
/** What gives way to all else is slow where the machine is busy, and that is no fault of the file. */
const PATIENCE = 3;

/**
 * Two lanes. Pixels are for encoders and the reader: nobody looks at them, so that they come from a process of their own at the lowest priority. With one
 * process for both, each image that was indexed took a processor from the page, and a thumbnail waited behind four photos.
 */
export function createMediaPool(options: PoolOptions): MediaPool {
  // Files of a process that died.
  rmSync(path.join(options.mediaFolder, 'scratch'), { recursive: true, force: true });
  const screen = createLane(options, false);
  const background = createLane({ ...options, workers: 1, decodeLimitMs: (options.decodeLimitMs ?? DECODE_LIMIT_MS) * PATIENCE }, true);
  return {
    mediaFolder: options.mediaFolder,
    width: screen.width,
    run: (kind, input, signal) => (kind === 'pixels' ? background : screen).run(kind, input, signal),
    close: async () => void (await Promise.all([screen.close(), background.close()])),
  };
}

function createLane(
  { host, workers = availableParallelism() >= 4 ? 2 : 1, decodeLimitMs = DECODE_LIMIT_MS, idleMs = 5000 }: PoolOptions,
  yields: boolean,
): Pick<MediaPool, 'width' | 'run' | 'close'> {
  const queue: Waiting[] = [];
  const running = new Set<Worker>();
  let nextId = 1;
  let failedStarts = 0;
  let backOff: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): Worker {
    const worker: Worker = { process: host.spawn('media-worker'), inFlight: new Map(), ready: false, alone: false, slow: null };
    running.add(worker);
    if (yields) worker.process.send({ t: 'yield' });
    worker.process.onMessage((message) => receive(worker, message as FromWorker));
    worker.process.onExit((reason) => lost(worker, reason));
    return worker;
  }

  function receive(worker: Worker, message: FromWorker): void {
    if (message.t === 'ready') {
      worker.ready = true;
      failedStarts = 0;
      return;
    }
    const task = worker.inFlight.get(message.id);
    if (!task) return;
    if (message.t === 'decoding') {
      task.decoding = true;
      // A level of tiles of 512 megapixels is written besides being decoded.
      limit(worker, task, task.kind === 'tiles' ? decodeLimitMs * 6 : decodeLimitMs);
      return;
    }
    worker.inFlight.delete(message.id);
    clearTimeout(task.timer);
    if (message.t === 'done') task.resolve(message.out as never);
    else if (message.t === 'refused' && message.byWords && !worker.alone) again(task);
    else if (message.t === 'refused') task.reject(new Refused(message.reason, message.detail));
    else task.reject(new Error(message.message));
    if (worker.inFlight.size === 0) {
      worker.alone = false;
      worker.idle = setTimeout(() => retire(worker), idleMs);
      worker.idle.unref();
    }
    pump();
  }

  /** Next in turn, alone. */
  function again(task: Waiting): void {
    task.suspect = true;
    task.decoding = false;
    queue.unshift(task);
  }

  function limit(worker: Worker, task: Waiting, ms: number): void {
    clearTimeout(task.timer);
    task.timer = setTimeout(() => {
      worker.slow = task;
      worker.process.kill();
    }, ms);
    task.timer.unref();
  }

  function retire(worker: Worker): void {
    running.delete(worker);
    worker.process.send({ t: 'stop' });
    setTimeout(() => worker.process.kill(), 2000).unref();
  }

  /** A worker is gone. What it was decoding is under suspicion, the rest goes back to the head of the queue. */
  function lost(worker: Worker, reason: string): void {
    if (!running.delete(worker)) return;
    clearTimeout(worker.idle);
    if (closed) return;
    if (!worker.ready) failedStarts++;
    host.log(`a media worker ended (${reason})`);
    for (const task of [...worker.inFlight.values()].toReversed()) {
      clearTimeout(task.timer);
      const guilty = worker.ready && (task.decoding || worker.alone || worker.slow === task);
      if (worker.alone && guilty) task.reject(new Refused(worker.slow === task ? 'too-slow' : 'crashes-decoder', worker.slow === task ? null : reason));
      else {
        task.suspect ||= guilty;
        task.decoding = false;
        queue.unshift(task);
      }
    }
    if (failedStarts >= MAX_FAILED_STARTS) return giveUp(reason);
    if (failedStarts === 0) return pump();
    backOff = setTimeout(
      () => {
        backOff = undefined;
        pump();
      },
      100 * 2 ** failedStarts,
    );
  }

  function giveUp(reason: string): void {
    failedStarts = 0;
    for (const task of queue.splice(0)) task.reject(new AppError('unavailable', `the media worker does not start: ${reason}`, { key: 'media-worker' }));
  }

  /** Hands out what waits, as far as there is room. */
  function pump(): void {
    while (queue.length > 0 && !closed && backOff === undefined) {
      const task = queue[0]!;
      let worker: Worker | undefined;
      for (const candidate of running) {
        if (candidate.alone || candidate.inFlight.size >= (task.suspect ? 1 : PER_WORKER)) continue;
        if (!worker || candidate.inFlight.size < worker.inFlight.size) worker = candidate;
      }
      if (running.size < workers && (!worker || worker.inFlight.size > 0)) worker = start();
      if (!worker) return;
      queue.shift();
      clearTimeout(worker.idle);
      worker.alone = task.suspect;
      worker.inFlight.set(task.id, task);
      limit(worker, task, WHOLE_LIMIT_MS);
      worker.process.send({ t: 'do', id: task.id, kind: task.kind, input: task.input, alone: task.suspect });
    }
  }

  return {
    width: workers * PER_WORKER,
    run(kind, input, signal) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new AppError('unavailable', 'the project is closed', { key: 'no-project' }));
        const cancelled = () => reject(new AppError('cancelled', 'cancelled'));
        if (signal?.aborted) return cancelled();
        const settled = () => signal?.removeEventListener('abort', abort);
        const task: Waiting = {
          id: nextId++,
          kind,
          input,
          resolve: (out: never) => (settled(), resolve(out)),
          reject: (thrown) => (settled(), reject(thrown)),
          suspect: false,
          decoding: false,
        };
        const abort = () => {
          const at = queue.indexOf(task);
          if (at >= 0) queue.splice(at, 1);
          // What is in flight ends by itself; nobody listens any more.
          cancelled();
        };
        signal?.addEventListener('abort', abort, { once: true });
        queue.push(task);
        pump();
      });
    },
    async close() {
      closed = true;
      clearTimeout(backOff);
      for (const worker of running) {
        clearTimeout(worker.idle);
        for (const task of worker.inFlight.values()) {
          clearTimeout(task.timer);
          task.reject(new AppError('cancelled', 'the project is closed'));
        }
        worker.process.kill();
      }
      running.clear();
      for (const task of queue.splice(0)) task.reject(new AppError('cancelled', 'the project is closed'));
    },
  };
}

/** The project's folder of thumbnails, as every task that makes one needs it. */
export const thumbsOf = (pool: MediaPool): string => path.join(pool.mediaFolder, 'thumbs');
