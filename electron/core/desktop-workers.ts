/** Worker processes for a core that is a utilityProcess: it can't start any, so main does. */
import type { ToCore } from '../../shared/rpc/core-messages.ts';
import type { DesktopPort } from './desktop-port.ts';
import type { WorkerEntry, WorkerProcess } from './host.ts';

type WorkerNews = Extract<ToCore, { type: 'worker-message' | 'worker-exit' }>;
interface Listeners {
  readonly message: ((message: unknown) => void)[];
  readonly exit: ((reason: string) => void)[];
}

/** `spawn` for the core's host, and where main's news of the workers go. */
export function createDesktopWorkers(port: DesktopPort): { spawn(entry: WorkerEntry): WorkerProcess; news(news: WorkerNews): void } {
  const workers = new Map<number, Listeners>();
  let next = 0;
  return {
    spawn(entry) {
      const worker = next++;
      const listeners: Listeners = { message: [], exit: [] };
      workers.set(worker, listeners);
      port.send({ type: 'worker-start', worker, entry });
      return {
        send: (message) => port.send({ type: 'worker-send', worker, message }),
        onMessage: (listener) => void listeners.message.push(listener),
        onExit: (listener) => void listeners.exit.push(listener),
        kill: () => port.send({ type: 'worker-kill', worker }),
      };
    },
    news(news) {
      const listeners = workers.get(news.worker);
      if (news.type === 'worker-message') return listeners?.message.forEach((listener) => listener(news.message));
      workers.delete(news.worker);
      listeners?.exit.forEach((listener) => listener(news.reason));
    },
  };
}
