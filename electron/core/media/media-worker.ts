/** The process in which image files are decoded. It may die at any time; the pool starts another. */
import { lowerPriority } from '../low-priority.ts';
import { createBudget } from './budget.ts';
import type { FromWorker, TaskKind, ToWorker } from './messages.ts';
import { Refused } from './refused.ts';
import { tasks } from './tasks.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
/** Present in Electron's utility processes; a Node child has `process.send`. */
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
const say = (message: FromWorker) => {
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected) process.send!(message);
};
/** Memory that decoding takes at a time; a picture that needs more has the worker to itself. */
const budget = createBudget(128_000_000);

async function perform(id: number, kind: TaskKind, input: unknown, alone: boolean): Promise<void> {
  let leave: () => void = () => {};
  const begin = async (sizeBytes: number) => {
    leave = await budget.enter(sizeBytes);
    say({ t: 'decoding', id });
  };
  try {
    const task = tasks[kind] as (input: unknown, begin: (sizeBytes: number) => Promise<void>, alone: boolean) => Promise<never>;
    say({ t: 'done', id, out: await task(input, begin, alone) });
  } catch (thrown) {
    if (thrown instanceof Refused) say({ t: 'refused', id, reason: thrown.reason, detail: thrown.detail, byWords: thrown.byWords });
    else say({ t: 'failed', id, message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  } finally {
    leave();
  }
}

function receive(message: ToWorker): void {
  if (message.t === 'stop') process.exit(0);
  if (message.t === 'yield') lowerPriority();
  else void perform(message.id, message.kind, message.input, message.alone);
}
if (parentPort) parentPort.on('message', (event) => receive(event.data as ToWorker));
else {
  process.on('message', (message) => receive(message as ToWorker));
  process.on('disconnect', () => process.exit(0));
}
say({ t: 'ready' });
