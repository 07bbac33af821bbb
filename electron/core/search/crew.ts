/**
 * Several threads that look at the segments of one index together. Who comes first takes the next segment, so that a thread which is not there yet or has
 * no processor holds nobody up; the thread that asks works along and waits only for segments that were taken.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Layout, type Look, lookAt, type Segment } from './segment.ts';

/** More than four threads wait for memory, not for each other. */
const MOST_HELPERS = 3;
/** Segments that fit into a ticket's lower bits: 134 million rows. */
const MOST_SEGMENTS = 2048;
const words = { ticket: 0, done: 1, segments: 2, kind: 3, parameter: 4, failed: 5, rows: 8, listed: 8 + MOST_SEGMENTS, all: 8 + 2 * MOST_SEGMENTS } as const;
const kinds = ['codes', 'picked', 'all'] as const;

/** What the threads share besides the segments: whose turn it is, and for what. */
export type Board = SharedArrayBuffer;
/** What a helping thread is started with. */
export interface Helping {
  readonly board: Board;
  readonly size: number;
  readonly at: Layout;
}
export interface Crew {
  /** Looks at all segments, each with so many rows. Returns how many rows are in the list of each. */
  look(segments: readonly Segment[], rows: readonly number[], look: Look): number[];
  close(): void;
}

/** Begins with the asking thread alone; others join it as they have started. */
export function createCrew(size: number, at: Layout, helpers = Math.min(MOST_HELPERS, availableParallelism() - 1)): Crew {
  const board = new SharedArrayBuffer(words.all * 4);
  const state = new Int32Array(board);
  const parameters = new Float32Array(board);
  const file = ['./look-worker.ts', './look-worker.js'].map((name) => fileURLToPath(new URL(name, import.meta.url))).find(existsSync);
  const threads = file === undefined ? [] : Array.from({ length: helpers }, () => startHelper(file, { board, size, at }));
  let told = 0;
  let generation = 0;
  return {
    look(segments, rows, look) {
      for (; told < segments.length; told++) for (const thread of threads) thread.postMessage(segments[told]!.memory);
      state.set(rows, words.rows);
      state[words.segments] = segments.length;
      state[words.kind] = kinds.indexOf(look.kind);
      if (look.kind === 'codes') parameters[words.parameter] = look.alpha;
      else state[words.parameter] = look.kind === 'picked' ? look.least : 0;
      Atomics.store(state, words.done, 0);
      generation = (generation + 1) % (2 ** 31 / MOST_SEGMENTS);
      Atomics.store(state, words.ticket, generation * MOST_SEGMENTS);
      Atomics.notify(state, words.ticket);
      while (takeOne(board, segments, at, size) === 'did');
      for (let done = Atomics.load(state, words.done); done < segments.length; done = Atomics.load(state, words.done)) Atomics.wait(state, words.done, done);
      if (state[words.failed] !== 0) throw new Error('a thread of the search failed');
      return Array.from(state.subarray(words.listed, words.listed + segments.length));
    },
    close() {
      for (const thread of threads) void thread.terminate();
    },
  };
}

function startHelper(file: string, helping: Helping): Worker {
  const thread = new Worker(file, { workerData: helping, execArgv: [] });
  // Without it the search is slower and as right.
  thread.on('error', () => {});
  thread.unref();
  return thread;
}

/**
 * Takes a segment that nobody has taken and looks at it. A ticket holds the number of the look and the next segment: who exchanges it for the next one has
 * taken that segment for that look, which can't end before.
 */
export function takeOne(board: Board, segments: readonly Segment[], at: Layout, size: number): 'did' | 'nothing-left' {
  const state = new Int32Array(board);
  for (;;) {
    const ticket = Atomics.load(state, words.ticket);
    const next = ticket % MOST_SEGMENTS;
    // Also where its memory has not come yet.
    if (next >= state[words.segments]! || next >= segments.length) return 'nothing-left';
    if (Atomics.compareExchange(state, words.ticket, ticket, ticket + 1) !== ticket) continue;
    try {
      state[words.listed + next] = lookAt(segments[next]!, at, size, state[words.rows + next]!, lookOn(board));
    } catch {
      Atomics.store(state, words.failed, 1);
    }
    Atomics.add(state, words.done, 1);
    Atomics.notify(state, words.done);
    return 'did';
  }
}

function lookOn(board: Board): Look {
  const state = new Int32Array(board);
  const kind = kinds[state[words.kind]!]!;
  if (kind === 'codes') return { kind, alpha: new Float32Array(board)[words.parameter]! };
  return kind === 'picked' ? { kind, least: state[words.parameter]! } : { kind };
}

/** Waits until there is a new look. */
export function waitForWork(board: Board): void {
  const state = new Int32Array(board);
  const ticket = Atomics.load(state, words.ticket);
  if (ticket % MOST_SEGMENTS >= state[words.segments]!) Atomics.wait(state, words.ticket, ticket);
}
