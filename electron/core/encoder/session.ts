/** Graphs in ONNX Runtime, kept as long as there is room for them. The only file that imports onnxruntime-node; it runs in the processes of the encoder and of the reader and nowhere else. */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** What goes into a graph: numbers row by row, and the size of each dimension. Converted to the type that the graph asks for. */
export interface Feed {
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}
/** What comes out of a graph. */
export interface Output {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}
export interface Graph {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Dimensions of an output as the graph declares them: a name or -1 where they are free. Null where it declares none. */
  declared(output: string): readonly (number | string)[] | null;
  /** Runs it for these outputs alone. Throws what the runtime throws: out of memory, a size that it can't take. */
  run(feeds: Readonly<Record<string, Feed>>, outputs: readonly string[]): Promise<Readonly<Record<string, Output>>>;
}
export interface Sessions {
  /** Whether `open` would answer without loading. */
  has(key: string): boolean;
  /** Loads a graph, or answers with the one that is kept under this key (model hash and tower). */
  open(key: string, file: string): Promise<Graph>;
  /** Lets go of a graph at once. */
  close(key: string): Promise<void>;
  /** Lets go of all: a graph's working memory is many times its file (NanoDet-g: 4 MB on disk, 120 at work). */
  closeAll(): Promise<void>;
  readonly threads: number;
}
interface Kept {
  readonly graph: Promise<Graph & { release(): Promise<void> }>;
  readonly sizeBytes: number;
  usedAt: number;
}

/**
 * Keeps graphs by key. `budgetBytes`: what their files may weigh together before the one not used for longest goes; a graph in memory weighs about
 * 1.2 times its file (measured: ViT-B/32, 351 MB on disk, 415 MB). `threads`: for the operators of one graph.
 */
export function createSessions({ threads = defaultThreads(), budgetBytes = 1_500_000_000 } = {}): Sessions {
  const kept = new Map<string, Kept>();
  let clock = 0;

  async function drop(key: string): Promise<void> {
    const entry = kept.get(key);
    kept.delete(key);
    await entry?.graph.then(
      (graph) => graph.release(),
      () => {},
    );
  }

  async function makeRoom(sizeBytes: number, forKey: string): Promise<void> {
    for (;;) {
      const others = [...kept].filter(([key]) => key !== forKey);
      const used = others.reduce((sum, [, entry]) => sum + entry.sizeBytes, 0);
      if (others.length === 0 || used + sizeBytes <= budgetBytes) return;
      const [oldest] = others.reduce((a, b) => (a[1].usedAt <= b[1].usedAt ? a : b));
      await drop(oldest);
    }
  }

  return {
    threads,
    has: (key) => kept.has(key),
    async open(key, file) {
      const known = kept.get(key);
      if (known) {
        known.usedAt = ++clock;
        return await known.graph;
      }
      const { size } = statSync(file);
      // Kept before it is there, so that two who ask at once get one.
      const entry: Kept = { graph: makeRoom(size, key).then(() => load(file, threads)), sizeBytes: size, usedAt: ++clock };
      kept.set(key, entry);
      try {
        return await entry.graph;
      } catch (thrown) {
        if (kept.get(key) === entry) kept.delete(key);
        throw thrown;
      }
    },
    close: drop,
    closeAll: async () => void (await Promise.all([...kept.keys()].map(drop))),
  };
}

/** All processors up to 8: what runs here runs at a low priority, so the screen comes first anyway. More than 8 gain little for graphs of this size. */
function defaultThreads(): number {
  const asked = Number(process.env['POINTILLIST_ENCODER_THREADS']);
  return asked >= 1 ? Math.floor(asked) : Math.min(8, availableParallelism());
}

async function load(file: string, threads: number): Promise<Graph & { release(): Promise<void> }> {
  const session = await InferenceSession.create(file, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Threads that spin while they wait take the processor from the decoders.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  });
  const types = new Map(session.inputMetadata.map((input) => [input.name, input.isTensor ? input.type : 'none']));
  const shapes = new Map(session.outputMetadata.map((output) => [output.name, output.isTensor ? output.shape : null]));
  const running = new Set<Promise<unknown>>();
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    declared: (output) => shapes.get(output) ?? null,
    async run(feeds, outputs) {
      const given = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, tensorOf(feed, types.get(name))]));
      const run = session.run(given, outputs);
      running.add(run);
      const out = await run.finally(() => running.delete(run));
      return Object.fromEntries(outputs.map((name) => [name, floatsOf(out[name] as Tensor)]));
    },
    // Never under a run: that would take the process with it.
    async release() {
      await Promise.allSettled(running);
      await session.release();
    },
  };
}

function tensorOf({ data, dims }: Feed, type: string | undefined): Tensor {
  if (type === 'float16' && data instanceof Float32Array) return new Tensor('float16', new Float16Array(data) as never, dims);
  if (type === 'int32' && data instanceof BigInt64Array) return new Tensor('int32', Int32Array.from(data, Number), dims);
  return data instanceof Float32Array ? new Tensor('float32', data, dims) : new Tensor('int64', data, dims);
}

function floatsOf(tensor: Tensor): Output {
  const { data, dims } = tensor;
  if (data instanceof Float32Array) return { data, dims };
  // Float16Array, or its bits where the runtime knows no such array.
  if (data instanceof Float16Array) return { data: Float32Array.from(data), dims };
  if (data instanceof Uint16Array) return { data: Float32Array.from(new Float16Array(data.buffer, data.byteOffset, data.length)), dims };
  throw new Error(`an output is of type ${tensor.type}, not of floats`);
}
