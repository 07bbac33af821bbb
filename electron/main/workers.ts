/** Worker processes on behalf of a core that is a utilityProcess: such a one can't start any itself. */
import type { FromCore, ToCore } from '../../shared/rpc/core-messages.ts';
import { type Child, startChild } from './child.ts';
import { builtFile } from './folders.ts';

type WorkerRequest = Extract<FromCore, { type: 'worker-start' | 'worker-send' | 'worker-kill' }>;

/** Starts, feeds and ends them as the core says; all end with the core. */
export function createWorkers(send: (message: ToCore) => void): { handle(request: WorkerRequest): void; killAll(): void } {
  const children = new Map<number, Child>();
  const start = (worker: number, entry: string) => {
    // An entry is a name, never a path.
    if (!/^[a-z-]+$/.test(entry)) return send({ type: 'worker-exit', worker, reason: 'no such entry' });
    const child = startChild(builtFile(`core/${entry}.js`), []);
    children.set(worker, child);
    child.onMessage((message) => send({ type: 'worker-message', worker, message }));
    child.onExit((reason) => {
      if (children.delete(worker)) send({ type: 'worker-exit', worker, reason });
    });
  };
  return {
    handle(request) {
      if (request.type === 'worker-start') start(request.worker, request.entry);
      else if (request.type === 'worker-send') children.get(request.worker)?.send(request.message);
      else children.get(request.worker)?.kill();
    },
    killAll() {
      const all = [...children.values()];
      children.clear();
      for (const child of all) child.kill();
    },
  };
}
