/** Writes vectors in few transactions: a commit waits for the disk, and one a batch held up the core as long as the encoding of a picture took. */
import type { Database } from 'better-sqlite3';
import { putVectors } from '../db/embeddings.ts';

type Made = Parameters<typeof putVectors>[2];
export interface VectorCollector {
  /** Writes them with those that wait, where the last time is long ago or many wait; the first are written at once. */
  add(made: Made): void;
  /** Writes the rest. */
  flush(): void;
}
/** What a crash costs at the most: they are made again. */
const WAIT_MS = 500;
const MANY = 256;

export function collectVectors(db: Database, encoder: number): VectorCollector {
  let waiting: Made[number][] = [];
  let writtenAt = -Infinity;
  const flush = (): void => {
    if (waiting.length === 0 || !db.open) return;
    const made = waiting;
    waiting = [];
    writtenAt = performance.now();
    putVectors(db, encoder, made);
  };
  return {
    add(made) {
      waiting.push(...made);
      if (waiting.length >= MANY || performance.now() - writtenAt >= WAIT_MS) flush();
    },
    flush,
  };
}
