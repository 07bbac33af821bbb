/** The app driven without Playwright, which keeps 200 MB of what a page loads so that tests may look at it: memory can't be measured under it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { WebSocket } from 'ws';
import { memoryOf } from './window.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface PlainWindow {
  /** Runs an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses a key with Alt. */
  altKey(key: 'ArrowLeft' | 'ArrowRight'): Promise<void>;
  /** Has the page's garbage collected: what waits for that is no growth. */
  collect(): Promise<void>;
  memory(dirty?: boolean): Map<string, number>;
  close(): Promise<void>;
}

/** Opens the app on a project. */
export async function openPlain(home: string, project: string): Promise<PlainWindow> {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(root, 'node_modules/electron/dist');
  const rooted = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = spawn(path.join(folder, 'electron'), [root, '--disable-gpu', ...rooted, '--remote-debugging-port=0', '--project', project], {
    cwd: root,
    env: { ...process.env, LANG: 'en_US.UTF-8', POINTILLIST_HOME: home, POINTILLIST_PROJECTS: path.join(home, 'projects'), POINTILLIST_NODE: process.execPath },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    app.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const match = /DevTools listening on ws:\/\/([^/]+)/.exec(said);
      if (match) resolve(match[1]!);
    });
    app.once('exit', () => reject(new Error(said)));
  });
  let target: string | undefined;
  while (!target) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const list = (await (await fetch(`http://${address}/json/list`)).json()) as { type: string; webSocketDebuggerUrl: string }[];
    target = list.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
  }
  const socket = new WebSocket(target);
  await new Promise((resolve) => socket.once('open', resolve));
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  socket.on('message', (data) => {
    const { id, result, error } = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown>; error?: unknown };
    if (error !== undefined) console.error(error);
    if (id !== undefined) waiting.get(id)?.(result ?? {});
  });
  let next = 1;
  const send = (method: string, params: object = {}) =>
    new Promise<Record<string, unknown>>((resolve) => {
      waiting.set(next, resolve);
      socket.send(JSON.stringify({ id: next++, method, params }));
    });
  return {
    evaluate: async (expression) => {
      const { result } = await send('Runtime.evaluate', { expression, returnByValue: true });
      return (result as { value?: unknown } | undefined)?.value;
    },
    altKey: async (key) => {
      const code = key === 'ArrowLeft' ? 37 : 39;
      for (const type of ['rawKeyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: code, modifiers: 1 });
    },
    collect: async () => void (await send('HeapProfiler.collectGarbage')),
    memory: (dirty) => memoryOf(app.pid!, dirty),
    close: async () => {
      socket.close();
      app.kill();
      const timer = setTimeout(() => app.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}
