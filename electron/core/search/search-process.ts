/** The search process as the core sees it: started at the first question, started anew when it died, ended with the project. */
import { AppError } from '../../../shared/rpc/errors.ts';
import type { CoreHost, WorkerProcess } from '../host.ts';
import type { FromSearch, SearchTaskKind, SearchTasks } from './messages.ts';

export interface SearchProcess {
  /** Throws AppError: `unavailable` (`search-died`) when the process died over it twice, what the task throws, `cancelled` when the project closes. */
  run<K extends SearchTaskKind>(kind: K, input: SearchTasks[K]['in']): Promise<SearchTasks[K]['out']>;
  /** Tells of new vectors; whoever stores them calls it after the commit. */
  added(encoderNum: number, nums: readonly number[]): void;
  close(): void;
}
interface Call {
  readonly kind: SearchTaskKind;
  readonly input: unknown;
  readonly resolve: (out: never) => void;
  readonly reject: (thrown: unknown) => void;
  deaths: number;
}
const MOST_DEATHS = 2;

export function createSearchProcess(host: Pick<CoreHost, 'spawn' | 'log'>, folder: string): SearchProcess {
  const calls = new Map<number, Call>();
  let process: WorkerProcess | null = null;
  let nextId = 1;
  let closed = false;

  function running(): WorkerProcess {
    if (process) return process;
    const started = host.spawn('search-worker');
    process = started;
    started.onMessage((message) => receive(message as FromSearch));
    started.onExit((reason) => lost(started, reason));
    started.send({ t: 'open', folder });
    return started;
  }

  function receive(message: FromSearch): void {
    if (message.t === 'ready') return;
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (!call) return;
    if (message.t === 'done') call.resolve(message.out as never);
    else call.reject(message.key === null ? new Error(message.message) : new AppError('not-found', message.message, { key: message.key }));
  }

  /** What was asked of it is asked of the next one, unless it kills that too. */
  function lost(started: WorkerProcess, reason: string): void {
    if (process !== started) return;
    process = null;
    if (closed) return;
    host.log(`the search process ended (${reason})`);
    for (const [id, call] of calls) {
      if (++call.deaths >= MOST_DEATHS) {
        calls.delete(id);
        call.reject(new AppError('unavailable', `the search process died: ${reason}`, { key: 'search-died' }));
      } else running().send({ t: 'do', id, kind: call.kind, input: call.input });
    }
  }

  return {
    run(kind, input) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new AppError('unavailable', 'the project is closed', { key: 'no-project' }));
        const id = nextId++;
        calls.set(id, { kind, input, resolve: resolve as (out: never) => void, reject, deaths: 0 });
        running().send({ t: 'do', id, kind, input });
      });
    },
    added: (encoderNum, nums) => process?.send({ t: 'added', encoderNum, nums }),
    close() {
      closed = true;
      process?.kill();
      for (const call of calls.values()) call.reject(new AppError('cancelled', 'the project is closed'));
      calls.clear();
    },
  };
}
