/** Files that are written once, from start to end, and are on the disk when they are closed; their hash is that of what can be read there. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';

export interface WrittenFile {
  readonly sizeBytes: number;
  readonly sha256: string;
}

export class OutFile {
  readonly #handle: FileHandle;
  sizeBytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Fails where the file is there already. */
  static async create(file: string): Promise<OutFile> {
    return new OutFile(await open(file, 'wx'));
  }

  async write(chunks: readonly Uint8Array[]): Promise<void> {
    for (const chunk of chunks) this.sizeBytes += chunk.byteLength;
    // A vectored write takes 1,024 pieces at most, and may write less than it was given.
    for (let start = 0; start < chunks.length; start += 1024) {
      const part = chunks.slice(start, start + 1024);
      const size = part.reduce((sum, chunk) => sum + chunk.byteLength, 0);
      const { bytesWritten } = await this.#handle.writev(part);
      if (bytesWritten < size) await this.#writeRest(Buffer.concat(part).subarray(bytesWritten));
    }
  }

  async #writeRest(rest: Uint8Array): Promise<void> {
    while (rest.byteLength > 0) {
      const { bytesWritten } = await this.#handle.write(rest);
      rest = rest.subarray(bytesWritten);
    }
  }

  /** Waits until everything is on the disk. */
  async close(): Promise<void> {
    try {
      await this.#handle.datasync();
    } finally {
      await this.#handle.close();
    }
  }

  /** Lets go of the file after a failure. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
  }
}

/** Writes a file whole. What is read again for the hash takes a buffer of its own size. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<WrittenFile> {
  const out = await OutFile.create(file);
  try {
    await out.write([typeof content === 'string' ? Buffer.from(content) : content]);
  } catch (thrown) {
    await out.abandon();
    throw thrown;
  }
  await out.close();
  return hashFile(file, undefined, out.sizeBytes);
}

const LARGEST_READ = 1 << 20;
/** Size and sha256 of a file as it lies on the disk. One buffer for all of it: a stream's would be 64 KiB of garbage each. */
export async function hashFile(file: string, signal?: AbortSignal, expectedBytes = LARGEST_READ): Promise<WrittenFile> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(LARGEST_READ, Math.max(1024, expectedBytes + 1)));
  const handle = await open(file);
  try {
    for (let sizeBytes = 0; ;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength);
      if (bytesRead === 0) return { sizeBytes, sha256: hash.digest('hex') };
      hash.update(buffer.subarray(0, bytesRead));
      sizeBytes += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

const SIDE_BY_SIDE = 16;
/**
 * Waits until these files below a folder, closed without waiting, are on the disk. Linux does it for all of a file system at once: one by one, thousands of
 * small files take minutes.
 */
export async function syncFiles(folder: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  if (process.platform === 'linux' && names.length > SIDE_BY_SIDE && (await syncFileSystem(folder))) return;
  const queue = names.values();
  const worker = async () => {
    for (const name of queue) {
      const handle = await open(path.join(folder, name), 'r+');
      try {
        await handle.datasync();
      } finally {
        await handle.close();
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  for (const name of new Set(names.map((file) => path.dirname(file)))) await syncFolder(path.join(folder, name));
}

/** Whether coreutils' `sync` did it. */
const syncFileSystem = (folder: string): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('sync', ['-f', folder], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    // Some file systems can't sync a folder; then there is nothing more to be done.
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
}
