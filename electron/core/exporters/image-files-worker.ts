/** The thread that reads an export's images and writes those that are files beside it: calls that wait are cheap here, where nobody is waiting. */
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { FromImageFiles, ToImageFiles } from './image-files.ts';
import { type Plain, plainImage, unreadable } from './plain-image.ts';
import { sha256Of } from './row-digest.ts';

/** Bytes of images that were read and wait to be told where they go. */
const held = new Map<number, Uint8Array>();
const folders = new Set<string>();

function read({ id, ask, keeps }: Extract<ToImageFiles, { t: 'read' }>, moved: ArrayBuffer[]): FromImageFiles {
  let plain: Plain;
  try {
    plain = plainImage(readFileSync(ask.file), ask);
  } catch (thrown) {
    plain = unreadable(thrown);
  }
  if (!('bytes' in plain)) return { t: 'plain', id, plain };
  if (keeps) {
    held.set(id, plain.bytes);
    return { t: 'plain', id, plain: { ...plain, bytes: new Uint8Array() } };
  }
  // A small file's bytes lie in a pool that other buffers share, which can't be given away.
  const bytes = plain.bytes.byteLength === plain.bytes.buffer.byteLength ? plain.bytes : Uint8Array.from(plain.bytes);
  moved.push(bytes.buffer as ArrayBuffer);
  return { t: 'plain', id, plain: { ...plain, bytes } };
}

/** Writes the file and reads it again: its hash is that of what can be read there. */
function write({ id, to }: Extract<ToImageFiles, { t: 'write' }>): FromImageFiles {
  const bytes = held.get(id)!;
  held.delete(id);
  try {
    const folder = path.dirname(to);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    const file = openSync(to, 'wx');
    try {
      for (let at = 0; at < bytes.byteLength;) at += writeSync(file, bytes, at);
    } finally {
      closeSync(file);
    }
    const found = readFileSync(to);
    return { t: 'written', id, file: { sizeBytes: found.byteLength, sha256: sha256Of(found) } };
  } catch (thrown) {
    const { message, code, syscall } = thrown as NodeJS.ErrnoException;
    return { t: 'failed', id, message, code: code ?? null, syscall: syscall ?? null };
  }
}

parentPort!.on('message', (messages: readonly ToImageFiles[]) => {
  const answers: FromImageFiles[] = [];
  const moved: ArrayBuffer[] = [];
  for (const message of messages) {
    if (message.t === 'drop') held.delete(message.id);
    else answers.push(message.t === 'read' ? read(message, moved) : write(message));
  }
  parentPort!.postMessage(answers, moved);
});
