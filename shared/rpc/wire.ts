/** What travels between a client and the core. A wire is whatever can carry these frames in order: a function call, an Electron port, a WebSocket. */
import { z } from 'zod';
import type { Columns } from './columns.ts';
import { errorCodes } from './errors.ts';

const id = z.int().nonnegative();
export const clientFrameSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('call'), id, method: z.string(), input: z.unknown() }),
  z.strictObject({ t: z.literal('open'), id, method: z.string(), input: z.unknown() }),
  z.strictObject({ t: z.literal('cancel'), id }),
]);
export const serverFrameSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('ok'), id, value: z.unknown(), packed: z.custom<readonly Columns[]>((value) => Array.isArray(value)).optional() }),
  z.strictObject({ t: z.literal('err'), id, code: z.enum(errorCodes), message: z.string(), details: z.record(z.string(), z.unknown()) }),
  z.strictObject({ t: z.literal('item'), id, value: z.unknown() }),
  z.strictObject({ t: z.literal('end'), id }),
]);
/** `call` and `open` begin, `cancel` ends early. */
export type ClientFrame = z.infer<typeof clientFrameSchema>;
/** `ok` (its long lists as columns, beside it) or `err` ends a call; a stream is any number of `item`, then `end` or `err`. */
export type ServerFrame = z.infer<typeof serverFrameSchema>;

/** One end of a connection. `Out` is what this end sends. Frames are plain data: a transport may serialise them as JSON or clone them. */
export interface Wire<Out, In> {
  send(frame: Out): void;
  onMessage(listener: (frame: In) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  readonly closed: boolean;
}
export type ClientWire = Wire<ClientFrame, ServerFrame>;
export type ServerWire = Wire<ServerFrame, ClientFrame>;

/** Two ends in one process. Delivery is asynchronous, as on every other wire. */
export function wirePair(): { client: ClientWire; server: ServerWire } {
  let closed = false;
  const closers: (() => void)[] = [];
  const close = () => {
    if (closed) return;
    closed = true;
    for (const closer of closers) closer();
  };
  const end = <Out, In>(out: ((frame: Out) => void)[], inbox: ((frame: In) => void)[]): Wire<Out, In> => ({
    send: (frame) => {
      if (!closed) queueMicrotask(() => out.forEach((listener) => listener(frame)));
    },
    onMessage: (listener) => void inbox.push(listener),
    onClose: (listener) => void closers.push(listener),
    close,
    get closed() {
      return closed;
    },
  });
  const toServer: ((frame: ClientFrame) => void)[] = [];
  const toClient: ((frame: ServerFrame) => void)[] = [];
  return { client: end(toServer, toClient), server: end(toClient, toServer) };
}
