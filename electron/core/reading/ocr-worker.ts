/** The process in which text is read. It may die at any time; the core starts another. */
import { lowerPriority } from '../low-priority.ts';
import { createSessions } from '../encoder/session.ts';
import type { FromModel, ToModel } from '../model-process.ts';
import type { ReaderTasks } from './messages.ts';
import { readPicture } from './reader.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
/** Present in Electron's utility processes; a Node child has `process.send`. */
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
const say = (message: FromModel) => {
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected) process.send!(message);
};

// Before any graph is loaded: threads inherit it from the one that starts them.
lowerPriority();
const sessions = createSessions();

async function perform(id: number, input: unknown): Promise<void> {
  try {
    const { files, pixels } = input as ReaderTasks['read']['in'];
    const out: ReaderTasks['read']['out'] = { lines: await readPicture(sessions, files, pixels) };
    say({ t: 'done', id, out });
  } catch (thrown) {
    say({ t: 'failed', id, message: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function receive(message: ToModel): void {
  if (message.t === 'stop') process.exit(0);
  if (message.t === 'do') void perform(message.id, message.input);
}
if (parentPort) parentPort.on('message', (event) => receive(event.data as ToModel));
else {
  process.on('message', (message) => receive(message as ToModel));
  process.on('disconnect', () => process.exit(0));
}
say({ t: 'ready' });
