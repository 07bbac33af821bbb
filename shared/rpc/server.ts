/** The core's end of the door: validates every input, checks the role, and ends every stream when its signal does. */
import type { z } from 'zod';
import { packRowsInSlices } from './columns.ts';
import { contract, type Contract } from './contract.ts';
import { AppError, toAppError } from './errors.ts';
import type { Role } from './method.ts';
import { clientFrameSchema, type ServerWire } from './wire.ts';

type Result<M extends keyof Contract> = NonNullable<Contract[M]['output']>;
export type Handler<M extends keyof Contract, Context> = Contract[M]['nature'] extends 'stream'
  ? (input: z.output<Contract[M]['input']>, context: Context, signal: AbortSignal) => AsyncIterable<Result<M>>
  : (input: z.output<Contract[M]['input']>, context: Context, signal: AbortSignal) => Result<M> | Promise<Result<M>>;
/** One handler for each method of the contract: a missing or wrong one does not compile. */
export type Handlers<Context> = { [M in keyof Contract]: Handler<M, Context> };
/** The handlers of some prefixes, to be spread into all of them. */
export type HandlersOf<Prefix extends string, Context> = { [M in keyof Contract as M extends `${Prefix}.${string}` ? M : never]: Handler<M, Context> };

export interface Caller {
  /** The roles this connection has. */
  readonly roles: ReadonlySet<Role>;
}
export interface ServeOptions {
  /** Told of errors that are ours, not the caller's. */
  onInternal?(method: string, thrown: unknown): void;
  /** Lets others be served in the midst of a long answer; without it they wait for its end. */
  breathe?(): Promise<void>;
}

/** Serves the handlers on a wire until it closes. */
export function serve<Context extends Caller>(wire: ServerWire, handlers: Handlers<Context>, context: Context, options: ServeOptions = {}): void {
  const running = new Map<number, AbortController>();
  wire.onClose(() => {
    for (const abort of running.values()) abort.abort();
    running.clear();
  });
  const fail = (id: number, method: string, thrown: unknown) => {
    const error = toAppError(thrown);
    if (error.code === 'internal') options.onInternal?.(method, thrown);
    if (!wire.closed) wire.send({ t: 'err', id, code: error.code, message: error.message, details: { ...error.details } });
  };
  const run = async (id: number, kind: 'call' | 'open', name: string, input: unknown, signal: AbortSignal) => {
    if (!Object.hasOwn(contract, name)) throw new AppError('invalid', `no method ${name}`, { key: 'unknown-method' });
    const method = contract[name as keyof Contract];
    if ((method.nature === 'stream') !== (kind === 'open')) throw new AppError('invalid', `${name} is a ${method.nature}`, { key: 'unknown-method' });
    if (!context.roles.has(method.role)) throw new AppError('forbidden', `${name} needs the role ${method.role}`, { key: `role-${method.role}` });
    const parsed = method.input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new AppError('invalid', `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(), {
        key: 'bad-input',
        field: issue?.path.join('.') ?? '',
      });
    }
    const handler = handlers[name as keyof Contract] as (input: unknown, context: Context, signal: AbortSignal) => unknown;
    if (kind === 'call') {
      const value = await handler(parsed.data, context, signal);
      if (signal.aborted || wire.closed) return;
      const { value: rest, packed } = await packRowsInSlices(value, async () => options.breathe?.());
      if (signal.aborted || wire.closed) return;
      wire.send({ t: 'ok', id, value: rest, ...(packed.length > 0 ? { packed } : {}) });
      return;
    }
    const iterator = (handler(parsed.data, context, signal) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    const ended = new Promise<{ done: true; value: undefined }>((resolve) =>
      signal.addEventListener('abort', () => resolve({ done: true, value: undefined }), { once: true }),
    );
    for (;;) {
      const next = await Promise.race([iterator.next(), ended]);
      if (next.done || signal.aborted) break;
      wire.send({ t: 'item', id, value: next.value });
    }
    // Not awaited: a generator that is waiting for its next value returns only when that comes.
    void Promise.resolve(iterator.return?.()).catch(() => {});
    if (!wire.closed) wire.send({ t: 'end', id });
  };
  wire.onMessage((raw) => {
    const parsed = clientFrameSchema.safeParse(raw);
    if (!parsed.success) return;
    const frame = parsed.data;
    if (frame.t === 'cancel') {
      running.get(frame.id)?.abort();
      running.delete(frame.id);
      return;
    }
    const abort = new AbortController();
    running.set(frame.id, abort);
    run(frame.id, frame.t, frame.method, frame.input, abort.signal)
      .catch((thrown: unknown) => fail(frame.id, frame.method, thrown))
      .finally(() => running.delete(frame.id));
  });
}
