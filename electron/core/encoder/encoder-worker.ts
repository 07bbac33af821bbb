/** The process in which encoders run. It may die at any time: a graph that asks for more memory than there is takes this process with it and nothing else. */
import { collectGarbage } from '../collect-garbage.ts';
import { lowerPriority } from '../low-priority.ts';
import { encoderTasks, keepLastImage } from './encoder-tasks.ts';
import type { FromModel, ModelPhase, ToModel } from '../model-process.ts';
import { createModels } from './model.ts';
import { createSessions } from './session.ts';

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
type Ask = Extract<ToModel, { t: 'do' }>;

// Before any graph is loaded: threads inherit it from the one that starts them.
lowerPriority();
const sessions = createSessions();
const models = createModels(sessions);
const waiting: Ask[] = [];
let busy = false;

/** A job's batches one at a time, as each uses all processors. Checking and measuring too: they let go of graphs, and a time is only right alone. */
async function pump(): Promise<void> {
  if (busy) return;
  busy = true;
  for (;;) {
    const at = waiting.findIndex((ask) => ask.urgent);
    const [ask] = waiting.splice(Math.max(0, at), 1);
    if (!ask) break;
    await perform(ask);
  }
  busy = false;
}

/** What somebody waits for at the screen begins at once, beside a job's batch: points on an image that was encoded need no graph at all. */
const isBeside = ({ urgent, kind }: Ask): boolean => urgent && kind !== 'check' && kind !== 'measure';

async function perform({ id, kind, input }: Ask): Promise<void> {
  try {
    say({ t: 'begun', id, phase: 'run' });
    const task = (encoderTasks as unknown as Partial<Record<string, (...args: never[]) => Promise<never>>>)[kind];
    if (!task) throw new Error(`no task ${kind}`);
    say({ t: 'done', id, out: await task(...([input, models, (phase: ModelPhase) => say({ t: 'begun', id, phase })] as never[])) });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    say({ t: 'failed', id, key: OUT_OF_MEMORY.test(message) ? 'encoder-memory' : 'encoder-graph', message });
  }
}

/** What ONNX Runtime and V8 say where there is no memory. */
const OUT_OF_MEMORY = /bad_alloc|out of memory|allocat|array buffer allocation|invalid array length/i;

/** What comes meanwhile loads its graph anew: 60 ms for NanoDet-g. */
async function rest(): Promise<void> {
  const keeps = keepLastImage();
  await sessions.closeAll();
  collectGarbage();
  say({ t: 'rested', keeps });
}

function receive(message: ToModel): void {
  if (message.t === 'stop') process.exit(0);
  if (message.t === 'rest') return void rest();
  if (isBeside(message)) return void perform(message);
  waiting.push(message);
  void pump();
}
if (parentPort) parentPort.on('message', (event) => receive(event.data as ToModel));
else {
  process.on('message', (message) => receive(message as ToModel));
  process.on('disconnect', () => process.exit(0));
}
say({ t: 'ready' });
