/** Reads and writes the image files of an export in a thread of its own, many to a message. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { WrittenFile } from './out-file.ts';
import type { Plain, PlainAsk } from './plain-image.ts';
import { knownSha, standIn } from './row-digest.ts';
import { threadFile } from './thread-file.ts';

/** `keeps`: the bytes stay in the thread until they are written or dropped. */
export type ToImageFiles =
  | { readonly t: 'read'; readonly id: number; readonly ask: PlainAsk; readonly keeps: boolean }
  | { readonly t: 'write'; readonly id: number; readonly to: string }
  | { readonly t: 'drop'; readonly id: number };
export type FromImageFiles =
  | { readonly t: 'plain'; readonly id: number; readonly plain: Plain }
  | { readonly t: 'written'; readonly id: number; readonly file: WrittenFile }
  | { readonly t: 'failed'; readonly id: number; readonly message: string; readonly code: string | null; readonly syscall: string | null };

export interface ImageFiles {
  read(ask: PlainAsk): Promise<Plain>;
  /** Whether these bytes are held by the thread, which can write them. */
  holds(bytes: Uint8Array): boolean;
  write(bytes: Uint8Array, to: string): Promise<WrittenFile>;
  drop(bytes: Uint8Array): void;
  close(): Promise<void>;
}
interface Waiting {
  resolve(message: FromImageFiles): void;
  reject(thrown: unknown): void;
}

/** `keeps`: rows name the files, so that their bytes are never asked for here. */
export function openImageFiles(keeps: boolean): ImageFiles {
  const worker = new Worker(threadFile('image-files-worker'));
  const waiting = new Map<number, Waiting>();
  const ids = new WeakMap<Uint8Array, number>();
  let nextId = 1;
  let outgoing: ToImageFiles[] = [];
  let failure: Error | null = null;

  worker.on('message', (messages: readonly FromImageFiles[]) => {
    for (const message of messages) {
      waiting.get(message.id)?.resolve(message);
      waiting.delete(message.id);
    }
  });
  const fail = (thrown: Error) => {
    failure ??= thrown;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new AppError('unavailable', 'the thread of image files ended', { key: 'internal' })));

  function send(message: ToImageFiles): void {
    if (outgoing.length === 0) {
      setImmediate(() => {
        worker.postMessage(outgoing);
        outgoing = [];
      });
    }
    outgoing.push(message);
  }
  const ask = (message: ToImageFiles) =>
    new Promise<FromImageFiles>((resolve, reject) => {
      if (failure) return reject(failure);
      waiting.set(message.id, { resolve, reject });
      send(message);
    });

  return {
    async read(what) {
      const id = nextId++;
      const answer = await ask({ t: 'read', id, ask: what, keeps: keeps && !what.isReference });
      const { plain } = answer as Extract<FromImageFiles, { t: 'plain' }>;
      if (!('bytes' in plain) || what.isReference) return plain;
      if (!keeps) {
        knownSha(plain.bytes, plain.sha256);
        return plain;
      }
      const bytes = standIn(plain.sha256);
      ids.set(bytes, id);
      return { ...plain, bytes };
    },
    holds: (bytes) => ids.has(bytes),
    async write(bytes, to) {
      const id = ids.get(bytes)!;
      ids.delete(bytes);
      const answer = await ask({ t: 'write', id, to });
      if (answer.t === 'written') return answer.file;
      const { message, code, syscall } = answer as Extract<FromImageFiles, { t: 'failed' }>;
      throw Object.assign(new Error(message), { code, syscall });
    },
    drop(bytes) {
      const id = ids.get(bytes);
      if (id !== undefined) send({ t: 'drop', id });
      ids.delete(bytes);
    },
    async close() {
      await worker.terminate();
    },
  };
}
