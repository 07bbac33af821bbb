/**
 * All pairs of 64-bit hashes that differ in few bits. With `most` + 1 blocks, two such hashes are equal in at least one block (Norouzi, Punjani and Fleet,
 * "Fast search in Hamming space with multi-index hashing", 2012), so only what shares a bucket is compared.
 */
export interface Hashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}
export interface HashPair {
  readonly a: number;
  readonly b: number;
  readonly distance: number;
}

/** Hashes from 16 hex digits each. */
export function hashesOf(hex: readonly string[]): Hashes {
  return {
    high: Uint32Array.from(hex, (digits) => Number.parseInt(digits.slice(0, 8), 16)),
    low: Uint32Array.from(hex, (digits) => Number.parseInt(digits.slice(8), 16)),
  };
}

/** Bits set in 32. */
export function bits32(value: number): number {
  value -= (value >>> 1) & 0x5555_5555;
  value = (value & 0x3333_3333) + ((value >>> 2) & 0x3333_3333);
  return Math.imul((value + (value >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** Calls `each` once for every pair of places with a distance up to `most`, in no particular order. Equal hashes are pairs too. */
export function eachHashPair({ high, low }: Hashes, most: number, each: (a: number, b: number, distance: number) => void): void {
  // At least four: a table for 16 bits is small, one for 32 is not.
  const parts = Math.max(most + 1, 4);
  const blocks = Array.from({ length: parts }, (_, at) => [Math.floor((at * 64) / parts), Math.floor(((at + 1) * 64) / parts)] as const);
  const masks = blocks.map(([from, to]) => maskOf(from, to));
  for (const [number, [from, to]] of blocks.entries()) {
    const { order, starts } = buckets(high, low, from, to);
    // In the order of the buckets, so that a comparison reads what lies side by side.
    const nearHigh = Uint32Array.from(order, (at) => high[at]!);
    const nearLow = Uint32Array.from(order, (at) => low[at]!);
    for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
      const end = starts[bucket + 1]!;
      for (let i = starts[bucket]!; i < end; i++) {
        const ownHigh = nearHigh[i]!;
        const ownLow = nearLow[i]!;
        for (let j = i + 1; j < end; j++) {
          const x = ownHigh ^ nearHigh[j]!;
          const y = ownLow ^ nearLow[j]!;
          const distance = bits32(x) + bits32(y);
          if (distance > most) continue;
          // A pair that shares an earlier block was told of there.
          let first = 0;
          while ((x & masks[first]![0]) !== 0 || (y & masks[first]![1]) !== 0) first++;
          if (first === number) each(order[i]!, order[j]!, distance);
        }
      }
    }
  }
}

function maskOf(from: number, to: number): readonly [high: number, low: number] {
  const part = (first: number, last: number) => (last <= first ? 0 : last - first === 32 ? -1 : ((1 << (last - first)) - 1) << (32 - last));
  return [part(Math.min(from, 32), Math.min(to, 32)), part(Math.max(from, 32) - 32, Math.max(to, 32) - 32)];
}

/** Places sorted by the bits `from` to `to` of their hashes, counted from the highest, and where each value begins. */
function buckets(high: Uint32Array, low: Uint32Array, from: number, to: number): { order: Uint32Array; starts: Uint32Array } {
  const width = to - from;
  const mask = 2 ** width - 1;
  const key = (at: number) => {
    if (to <= 32) return (high[at]! >>> (32 - to)) & mask;
    if (from >= 32) return (low[at]! >>> (64 - to)) & mask;
    return ((high[at]! << (to - 32)) | (low[at]! >>> (64 - to))) & mask;
  };
  const starts = new Uint32Array(2 ** width + 1);
  for (let at = 0; at < high.length; at++) starts[key(at) + 1]!++;
  for (let value = 1; value < starts.length; value++) starts[value]! += starts[value - 1]!;
  const next = starts.slice();
  const order = new Uint32Array(high.length);
  for (let at = 0; at < high.length; at++) order[next[key(at)]!++] = at;
  return { order, starts };
}
