/**
 * A random rotation, so that every bit of a code tells about as much as every other: real embeddings vary much in few dimensions.
 * Signs drawn once, then a Hadamard transform, some rounds of it: n log n instead of n² (Ailon and Chazelle, "The fast Johnson-Lindenstrauss transform", 2009).
 */

/** Codes are read 128 bits at a time. */
const STEP = 128;
const ROUNDS = 4;

export interface Rotation {
  /** Length of rotated vectors: `dim` up to the next multiple of 128. */
  readonly size: number;
  /** Rotates what stands in `vector` (length `size`, zeros beyond `dim`). Lengths and angles stay as they are. */
  turn(vector: Float32Array): void;
}

/** The same for the same `dim`, always. */
export function createRotation(dim: number): Rotation {
  const size = Math.ceil(dim / STEP) * STEP;
  const window = 2 ** Math.floor(Math.log2(size));
  const next = random(dim);
  // The transform's own factor goes with the signs; outside of the window they only flip.
  const scale = 1 / Math.sqrt(window);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const from = round % 2 === 0 ? 0 : size - window;
    const signs = Float32Array.from({ length: size }, (_, at) => (next() < 0.5 ? -1 : 1) * (at >= from && at < from + window ? scale : 1));
    return { from, signs };
  });
  return {
    size,
    turn(vector) {
      for (const { from, signs } of rounds) {
        for (let at = 0; at < size; at++) vector[at]! *= signs[at]!;
        hadamard(vector, from, window);
      }
    },
  };
}

function hadamard(vector: Float32Array, from: number, length: number): void {
  const to = from + length;
  for (let half = 1; half < length; half *= 2) {
    for (let block = from; block < to; block += 2 * half) {
      for (let at = block; at < block + half; at++) {
        const a = vector[at]!;
        const b = vector[at + half]!;
        vector[at] = a + b;
        vector[at + half] = a - b;
      }
    }
  }
}

/** Numbers from 0 to 1 by Mulberry32, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
