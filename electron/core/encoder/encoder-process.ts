/** The encoder process as the core sees it: one for the app. A task over which it dies is not tried again here: who asked may ask for less at once. */
import { AppError } from '../../../shared/rpc/errors.ts';
import type { CoreHost } from '../host.ts';
import { createModelProcess, type ModelErrors } from '../model-process.ts';
import type { EncoderTaskKind, EncoderTasks } from './messages.ts';

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
  readonly restMs?: number;
  readonly idleMs?: number;
}

/** Errors after which the same call may succeed in a new process, or with a smaller batch. */
export function isEncoderLoss(thrown: unknown): boolean {
  return thrown instanceof AppError && ['encoder-died', 'encoder-slow', 'encoder-memory'].includes(String(thrown.details['key']));
}

const firstLine = (message: string): string => message.split('\n')[0]!.slice(0, 300);
const errors: ModelErrors = {
  lost: (kind, slow, reason) =>
    slow
      ? new AppError('unavailable', `${kind} took too long`, { key: 'encoder-slow' })
      : new AppError('unavailable', `the encoder process died over ${kind}: ${reason}`, { key: 'encoder-died', reason }),
  failed: (message, key = 'encoder-graph') => new AppError(key === 'encoder-memory' ? 'unavailable' : 'invalid', message, { key, reason: firstLine(message) }),
};

export function createEncoderProcess({
  host,
  // It gives way to all else on the machine: what takes a second alone may take many.
  callLimitMs = 30_000,
  longLimitMs = 120_000,
  startLimitMs = 30_000,
  // Longer than a job waits for the screen (4 s). 100 MB then instead of 220 to 370, and a click on the open image takes as long as before.
  restMs = 5000,
  idleMs = 120_000,
}: EncoderProcessOptions): EncoderProcess {
  const { run, close } = createModelProcess<EncoderTasks>({
    host,
    entry: 'encoder-worker',
    name: 'encoder process',
    key: 'encoder-start',
    errors,
    tries: 1,
    // One that is worked on and one that is there when it ends; more only for the screen.
    inFlight: { background: 2, urgent: 6 },
    limitMs: (kind, phase) => (phase === 'load' || kind === 'check' || kind === 'measure' ? longLimitMs : callLimitMs),
    startLimitMs,
    restMs,
    idleMs,
  });
  return { run: (kind, input, signal, urgency = 'screen') => run(kind, input, { urgent: urgency === 'screen', ...(signal ? { signal } : {}) }), close };
}
