/** The process in which images are compared: it holds an encoder's vectors, reads the project only, and may die at any time. */
import { AppError } from '../../../shared/rpc/errors.ts';
import { type Db, openReader } from '../db/open.ts';
import { type Embeddings, openEmbeddings } from './embeddings.ts';
import { findNear } from './find-near.ts';
import type { FromSearch, SearchTaskKind, SearchTasks, ToSearch } from './messages.ts';
import { mostDifferent, outliers } from './orders.ts';
import type { SpaceRef } from './space.ts';
import { dot } from './vector-index.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
/** Present in Electron's utility processes; a Node child has `process.send`. */
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
const say = (message: FromSearch) => {
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected) process.send!(message);
};

let db: Db | null = null;
let held: { readonly key: string; readonly embeddings: Embeddings } | null = null;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Vectors that are compared again and again while pairs are judged. */
const KEPT_VECTORS = 20_000;

/** The vectors of an encoder; only the last one asked for is kept. */
async function embeddingsOf(space: SpaceRef): Promise<Embeddings> {
  const key = JSON.stringify(space);
  if (held?.key !== key || held.embeddings.isStale) {
    held?.embeddings.close();
    held = { key, embeddings: openEmbeddings(db!, space) };
  }
  const { embeddings } = held;
  await embeddings.ready();
  return embeddings;
}

const tasks: { [K in SearchTaskKind]: (input: SearchTasks[K]['in']) => Promise<SearchTasks[K]['out']> } = {
  async like({ space, query, k }) {
    const embeddings = await embeddingsOf(space);
    const vector = 'num' in query ? embeddings.vectorOf(query.num) : embeddings.comparable(Float32Array.from(query.vector));
    if (!vector) throw new AppError('not-found', 'the image has no vector', { key: 'not-indexed' });
    return embeddings.like(vector, k);
  },
  async outliers({ space, k }) {
    const embeddings = await embeddingsOf(space);
    return embeddings.ranked(await outliers(embeddings.index, k, breathe));
  },
  async different({ space, done, k }) {
    const embeddings = await embeddingsOf(space);
    const rows = Array.from(done, (num) => embeddings.rowOf(num)).filter((row) => row !== undefined);
    return embeddings.ranked(await mostDifferent(embeddings.index, rows, k, breathe));
  },
  async near({ space }) {
    if (!space) return findNear(db!, null);
    const embeddings = await embeddingsOf(space);
    const kept = new Map<number, Float32Array | null>();
    const vectorOf = (num: number) => {
      let vector = kept.get(num);
      if (vector === undefined) {
        if (kept.size >= KEPT_VECTORS) kept.clear();
        kept.set(num, (vector = embeddings.vectorOf(num)));
      }
      return vector;
    };
    const similarity = (a: number, b: number) => {
      const [one, other] = [vectorOf(a), vectorOf(b)];
      return one && other ? dot(one, other) : null;
    };
    return findNear(db!, similarity);
  },
};

async function perform(id: number, kind: SearchTaskKind, input: unknown): Promise<void> {
  try {
    say({ t: 'done', id, out: await (tasks[kind] as (input: unknown) => Promise<never>)(input) });
  } catch (thrown) {
    const key = thrown instanceof AppError ? String(thrown.details['key']) : null;
    say({ t: 'failed', id, key, message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  }
}

function receive(message: ToSearch): void {
  if (message.t === 'open') db = openReader(message.folder);
  else if (message.t === 'do') void perform(message.id, message.kind, message.input);
  else if (held && (JSON.parse(held.key) as SpaceRef).encoderNum === message.encoderNum) held.embeddings.added(message.nums);
}
if (parentPort) parentPort.on('message', (event) => receive(event.data as ToSearch));
else {
  process.on('message', (message) => receive(message as ToSearch));
  process.on('disconnect', () => process.exit(0));
}
say({ t: 'ready' });
