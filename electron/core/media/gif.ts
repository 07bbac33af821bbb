/** Follows a GIF (GIF89a specification) as far as its first frame, which is all that is shown of it. */
import { MAX_PIXELS } from './messages.ts';
import { Refused } from './refused.ts';

/** Pixels of the larger of canvas and first frame. Throws `Refused` where the frame's data end before its last pixel: decoders leave the rest blank without a word. */
export function checkFirstFrame(view: DataView): number {
  const byte = (at: number): number => {
    if (at >= view.byteLength) throw new Refused('truncated');
    return view.getUint8(at);
  };
  const word = (at: number): number => byte(at) + byte(at + 1) * 256;
  const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const canvas = word(6) * word(8);
  for (let at = 13 + tableBytes(byte(10)); ;) {
    const kind = byte(at);
    if (kind === 0x3b) throw new Refused('corrupt', 'no frames in GIF');
    if (kind === 0x2c) {
      const pixels = word(at + 5) * word(at + 7);
      if (Math.max(canvas, pixels) > MAX_PIXELS) throw new Refused('too-many-pixels');
      const data = at + 10 + tableBytes(byte(at + 9));
      const found = countPixels(byte(data), blocks(data + 1, byte), pixels);
      if (found < pixels) throw new Refused('truncated', `${found} of ${pixels} pixels`);
      return Math.max(canvas, pixels);
    }
    // An extension, or padding that decoders step over.
    if (kind !== 0x21) at++;
    else
      for (at += 2; ;) {
        const length = byte(at);
        at += length + 1;
        if (length === 0) break;
      }
  }
}

/** The bytes of a chain of sub-blocks. */
function* blocks(from: number, byte: (at: number) => number): Generator<number> {
  for (let at = from; ;) {
    const length = byte(at);
    if (length === 0) return;
    for (let next = at + 1; next <= at + length; next++) yield byte(next);
    at += length + 1;
  }
}

/** How many pixels LZW codes stand for: only the lengths of the strings are followed. Stops when there are enough. */
function countPixels(rootBits: number, data: Iterable<number>, enough: number): number {
  if (rootBits < 1 || rootBits > 11) throw new Refused('corrupt', `LZW codes of ${rootBits} bits`);
  const clear = 2 ** rootBits;
  const lengths = new Uint32Array(4096).fill(1, 0, clear);
  let [next, bits, last, pixels] = [clear + 2, rootBits + 1, -1, 0];
  let [buffer, held] = [0, 0];
  for (const byte of data) {
    buffer |= byte << held;
    held += 8;
    while (held >= bits) {
      const code = buffer & (2 ** bits - 1);
      buffer >>>= bits;
      held -= bits;
      if (code === clear + 1) return pixels;
      if (code === clear) {
        [next, bits, last] = [clear + 2, rootBits + 1, -1];
        continue;
      }
      // A code that is not there yet ends the picture, as in every decoder.
      if (code > next || (code === next && last < 0)) return pixels;
      const length = code === next ? lengths[last]! + 1 : lengths[code]!;
      if (last >= 0 && next < 4096) lengths[next++] = lengths[last]! + 1;
      if (next === 2 ** bits && bits < 12) bits++;
      pixels += length;
      if (pixels >= enough) return pixels;
      last = code;
    }
  }
  return pixels;
}
