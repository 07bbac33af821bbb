/**
 * All pairs of 64-bit hashes that differ in few bits. Cut into four blocks, two such hashes differ in at least one block by a quarter of that at most (Norouzi,
 * Punjani and Fleet, "Fast search in Hamming space with multi-index hashing", 2012), so only what lies in buckets that near to each other is compared.
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

/** Blocks of a hash, and bits of each: a table for 16 bits stays in the processor's cache, and 100,000 hashes leave one or two in each of its buckets. */
const BLOCKS = 4;
const WIDTH = 16;

/** Calls `each` once for every pair of places with a distance up to `most`, in no particular order. Equal hashes are pairs too. */
export function eachHashPair({ high, low }: Hashes, most: number, each: (a: number, b: number, distance: number) => void): void {
  // Were all blocks to differ in more bits than this, the hashes would in more than `most`.
  const reach = Math.floor(most / BLOCKS);
  const masks = masksWithin(reach);
  for (let block = 0; block < BLOCKS; block++) {
    const { order, starts } = buckets(high, low, block);
    // In the order of the buckets, so that a comparison reads what lies side by side.
    const nearHigh = Uint32Array.from(order, (at) => high[at]!);
    const nearLow = Uint32Array.from(order, (at) => low[at]!);
    for (let key = 0; key < 2 ** WIDTH; key++) {
      const [from, end] = [starts[key]!, starts[key + 1]!];
      if (from === end) continue;
      for (const mask of masks) {
        const other = key ^ mask;
        if (other < key) continue;
        const [otherFrom, otherEnd] = [starts[other]!, starts[other + 1]!];
        for (let i = from; i < end; i++) {
          const ownHigh = nearHigh[i]!;
          const ownLow = nearLow[i]!;
          for (let j = mask === 0 ? i + 1 : otherFrom; j < otherEnd; j++) {
            const x = ownHigh ^ nearHigh[j]!;
            const y = ownLow ^ nearLow[j]!;
            const distance = bits32(x) + bits32(y);
            // A pair that was near in an earlier block was told of there.
            if (distance <= most && firstBlockWithin(x, y, reach) === block) each(order[i]!, order[j]!, distance);
          }
        }
      }
    }
  }
}

const known = new Map<number, Uint32Array>();
/** All differences of a block in at most `reach` bits. */
function masksWithin(reach: number): Uint32Array {
  let masks = known.get(reach);
  if (!masks) known.set(reach, (masks = Uint32Array.from({ length: 2 ** WIDTH }, (_, mask) => mask).filter((mask) => bits32(mask) <= reach)));
  return masks;
}

function firstBlockWithin(high: number, low: number, reach: number): number {
  if (bits32(high >>> WIDTH) <= reach) return 0;
  if (bits32(high & 0xffff) <= reach) return 1;
  return bits32(low >>> WIDTH) <= reach ? 2 : 3;
}

/** Places sorted by a block of their hashes, the highest bits first, and where each value begins. */
function buckets(high: Uint32Array, low: Uint32Array, block: number): { order: Uint32Array; starts: Uint32Array } {
  const half = block < 2 ? high : low;
  const shift = block % 2 === 0 ? WIDTH : 0;
  const key = (at: number) => (half[at]! >>> shift) & 0xffff;
  const starts = new Uint32Array(2 ** WIDTH + 1);
  for (let at = 0; at < high.length; at++) starts[key(at) + 1]!++;
  for (let value = 1; value < starts.length; value++) starts[value]! += starts[value - 1]!;
  const next = starts.slice();
  const order = new Uint32Array(high.length);
  for (let at = 0; at < high.length; at++) order[next[key(at)]!++] = at;
  return { order, starts };
}
