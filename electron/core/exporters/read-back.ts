/** What was written is read again from the disk: hashed, and compared row by row with the digests of what was to be written. */
import { Worker } from 'node:worker_threads';
import type { Table } from '../../../shared/formats/columns.ts';
import type { ContainerName } from '../../../shared/formats/format.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { containers } from './containers/containers.ts';
import { hashFile, type WrittenFile } from './out-file.ts';
import { rowDigest } from './row-digest.ts';
import { threadFile } from './thread-file.ts';

export interface ReadBackAsk {
  readonly container: ContainerName;
  readonly table: Table;
  readonly path: string;
  readonly sizeBytes: number;
  /** Of each row, in their order. */
  readonly digests: BigUint64Array;
}
export type ToReadBack = ReadBackAsk & { readonly id: number };
export type FromReadBack =
  | { readonly id: number; readonly written: WrittenFile }
  | { readonly id: number; readonly failed: { readonly message: string; readonly code: string | null; readonly syscall: string | null } };

/** Throws where anything differs; the message says what. */
export async function readBack({ container: name, table, path, sizeBytes, digests }: ReadBackAsk, signal?: AbortSignal): Promise<WrittenFile> {
  const written = await hashFile(path, signal);
  if (written.sizeBytes !== sizeBytes) throw new Error(`${written.sizeBytes} bytes instead of ${sizeBytes}`);
  const container = containers[name];
  let at = 0;
  for await (const rows of container.read(table, path)) {
    signal?.throwIfAborted();
    for (const row of rows) {
      if (rowDigest(table.columns, container.compared?.(row) ?? row) !== digests[at]) throw new Error(`row ${at} is not what was written`);
      at++;
    }
  }
  if (at !== digests.length) throw new Error(`${at} rows instead of ${digests.length}`);
  return written;
}

/** Below this a file is read here: the start of a thread takes longer. */
const SMALL_BYTES = 4 << 20;

/** Reads files back one after the other, the large ones in a thread while others are written. */
export class ReadBack {
  readonly #signal: AbortSignal;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #nextId = 1;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  check(asked: ReadBackAsk): Promise<WrittenFile> {
    const run = this.#last.then(() => {
      this.#signal.throwIfAborted();
      return asked.sizeBytes < SMALL_BYTES ? readBack(asked, this.#signal) : this.#inThread(asked);
    });
    this.#last = run.catch(() => {});
    return run;
  }

  #inThread(asked: ReadBackAsk): Promise<WrittenFile> {
    const worker = (this.#worker ??= new Worker(threadFile('read-back-worker')));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const stop = () => end(() => reject(this.#signal.reason as Error));
      const broke = (thrown: Error) => end(() => reject(thrown));
      const exited = () => end(() => reject(new AppError('unavailable', 'the thread that reads back ended', { key: 'internal' })));
      const answered = (message: FromReadBack) => {
        if (message.id !== id) return;
        end(() => ('written' in message ? resolve(message.written) : reject(Object.assign(new Error(message.failed.message), message.failed))));
      };
      const end = (then: () => void) => {
        this.#signal.removeEventListener('abort', stop);
        worker.off('message', answered).off('error', broke).off('exit', exited);
        then();
      };
      this.#signal.addEventListener('abort', stop, { once: true });
      worker.on('message', answered).on('error', broke).on('exit', exited);
      worker.postMessage({ ...asked, id } satisfies ToReadBack);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
