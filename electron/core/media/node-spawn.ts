/** Starts a worker process where the host is plain Node: the command line, the server, the tests, the fallback runtime's core. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkerEntry, WorkerProcess } from '../host.ts';

/** In the folder of its subject in the sources; beside or in `core/` next to the bundle that this file became a part of. */
function entryFile(entry: WorkerEntry): string {
  const subject = entry === 'ocr-worker' ? 'reading' : entry.replace(/-worker$/, '');
  for (const name of [`../${subject}/${entry}.ts`, `./${entry}.js`, `../core/${entry}.js`]) {
    const file = fileURLToPath(new URL(name, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error(`no file for the worker ${entry}`);
}

export function nodeSpawn(entry: WorkerEntry): WorkerProcess {
  const child = fork(entryFile(entry), [], {
    execPath: process.execPath,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // glibc gives every decoding thread a heap of its own and keeps what was freed: 490 MB instead of 270 at the most after 230 photos, and 170 at the end.
    env: { ...process.env, MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' },
  });
  let ended = false;
  const listeners: ((reason: string) => void)[] = [];
  const end = (reason: string) => {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener(reason);
  };
  child.on('exit', (code, signal) => end(signal ?? `code ${code}`));
  child.on('error', (error) => {
    child.kill('SIGKILL');
    end(error.message);
  });
  return {
    // A message to a process that has just died is lost; its exit says the rest.
    send: (message) => void (child.connected && child.send(message as object, () => {})),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void listeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
