/** How large a batch of the indexing job is, and what is done with one that the encoder does not survive. */
import { toAppError } from '../../../shared/rpc/errors.ts';
import { isEncoderLoss } from './encoder-process.ts';

/** What came of one item: its result, or why there is none. */
export type Outcome<R> = { readonly result: R } | { readonly reason: string };

/**
 * Encodes a batch. One that kills the process, hangs it or takes all memory is tried once more in a new process, because something else may have been the
 * reason; then its halves are, down to the one item that is at fault. What the graph refuses is halved at once. Throws where no process can be had.
 */
export async function encodeSurviving<T, R>(items: readonly T[], encode: (items: readonly T[]) => Promise<readonly R[]>, tries = 2): Promise<Outcome<R>[]> {
  try {
    return (await encode(items)).map((result) => ({ result }));
  } catch (thrown) {
    const error = toAppError(thrown);
    const { key } = error.details;
    const isLoss = isEncoderLoss(thrown);
    if (!isLoss && key !== 'encoder-graph') throw thrown;
    if (isLoss && tries > 1) return await encodeSurviving(items, encode, tries - 1);
    if (items.length === 1) return [{ reason: String(key) }];
    const middle = Math.ceil(items.length / 2);
    return [...(await encodeSurviving(items.slice(0, middle), encode)), ...(await encodeSurviving(items.slice(middle), encode))];
  }
}

/** Aims at batches that take a quarter of a second: long enough to pay, short enough that what the screen asks for does not wait. */
const AIM_MS = 250;
const LARGEST = 16;
/** A picture of few patches costs 1.45 times as much processor alone as among 8, 1.1 times in twos and as much in fours: worth waiting this long for. */
const WORTH = [
  { items: 4, ms: 600 },
  { items: 2, ms: 800 },
] as const;

/** The size of the next batch, from how long the last ones took. */
export interface BatchSize {
  readonly now: number;
  note(items: number, ms: number): void;
}
export function createBatchSize(first = 2): BatchSize {
  let size = first;
  return {
    get now() {
      return size;
    },
    note(items, ms) {
      const each = Math.max(1, ms) / items;
      const worth = WORTH.find((batch) => batch.items * each <= batch.ms)?.items ?? 1;
      const fits = Math.max(worth, Math.floor(AIM_MS / each));
      // One slow batch, while something else ran, halves it at the most; one fast batch doubles it.
      size = Math.min(LARGEST, Math.max(1, Math.ceil(size / 2), Math.min(fits, size * 2)));
    },
  };
}
