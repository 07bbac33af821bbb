/**
 * A 64-bit perceptual hash: the signs of the 64 lowest frequencies (without the mean) of a 32x32 grey image's DCT-II, against their median.
 * After Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), but in zigzag order and without the mean's bit.
 */
const SIZE = 32;
const BITS = 64;

/** The 64 lowest frequencies (u across, v down) in zigzag order; all lie below 11. */
const frequencies: readonly (readonly [number, number])[] = zigzag();
const HIGHEST = 11;
const cosines = Float64Array.from({ length: HIGHEST * SIZE }, (_, at) => Math.cos(((2 * (at % SIZE) + 1) * Math.floor(at / SIZE) * Math.PI) / (2 * SIZE)));

function zigzag(): [number, number][] {
  const list: [number, number][] = [];
  for (let sum = 1; list.length < BITS; sum++) {
    for (let v = 0; v <= sum && list.length < BITS; v++) list.push(sum % 2 === 0 ? [v, sum - v] : [sum - v, v]);
  }
  return list;
}

/** Mean luma (Rec. 601) over white of each cell of a 32x32 grid laid over the pixels; the hash is made of it. */
export function greyGrid(pixels: Uint8Array, width: number, height: number, channels: 1 | 2 | 3 | 4): Float64Array {
  const grid = new Float64Array(SIZE * SIZE);
  for (let row = 0; row < SIZE; row++) {
    const y0 = Math.min(height - 1, Math.floor((row * height) / SIZE));
    const y1 = Math.max(y0 + 1, Math.floor(((row + 1) * height) / SIZE));
    for (let column = 0; column < SIZE; column++) {
      const x0 = Math.min(width - 1, Math.floor((column * width) / SIZE));
      const x1 = Math.max(x0 + 1, Math.floor(((column + 1) * width) / SIZE));
      let sum = 0;
      for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += luma(pixels, (y * width + x) * channels, channels);
      grid[row * SIZE + column] = sum / ((y1 - y0) * (x1 - x0));
    }
  }
  return grid;
}

function luma(pixels: Uint8Array, at: number, channels: number): number {
  const first = pixels[at]!;
  const grey = channels < 3 ? first : 0.299 * first + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
  if (channels % 2 === 1) return grey;
  const alpha = pixels[at + channels - 1]! / 255;
  return grey * alpha + 255 * (1 - alpha);
}

/** The hash of a 32x32 grid, as 16 hex digits. A flat image's is all zeros. */
export function phashOf(grid: Float64Array): string {
  const rows = new Float64Array(HIGHEST * SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let u = 0; u < HIGHEST; u++) {
      let sum = 0;
      for (let x = 0; x < SIZE; x++) sum += grid[y * SIZE + x]! * cosines[u * SIZE + x]!;
      rows[u * SIZE + y] = sum;
    }
  }
  const values = frequencies.map(([u, v]) => {
    let sum = 0;
    for (let y = 0; y < SIZE; y++) sum += rows[u * SIZE + y]! * cosines[v * SIZE + y]!;
    // Rounded so that noise of the arithmetic decides nothing: one step is a 1/1024 of a grey level in the mean.
    return Math.round(sum);
  });
  const sorted = values.toSorted((a, b) => a - b);
  const median = (sorted[BITS / 2 - 1]! + sorted[BITS / 2]!) / 2;
  let hex = '';
  for (let at = 0; at < BITS; at += 4) {
    let digit = 0;
    for (let bit = 0; bit < 4; bit++) digit = digit * 2 + (values[at + bit]! > median ? 1 : 0);
    hex += digit.toString(16);
  }
  return hex;
}

/** In how many of the 64 bits two hashes differ; up to about 6 they show the same picture. */
export function phashDistance(a: string, b: string): number {
  let bits = 0;
  for (let at = 0; at < 16; at++) {
    let differ = Number.parseInt(a[at]!, 16) ^ Number.parseInt(b[at]!, 16);
    for (; differ; differ &= differ - 1) bits++;
  }
  return bits;
}

/** The hash of the picture's mirror image, near enough: a mirror turns the sign of every odd frequency across, and the median is close to zero. */
export function mirroredPhash(hash: string): string {
  let hex = '';
  for (let digit = 0; digit < BITS / 4; digit++) {
    let value = Number.parseInt(hash[digit]!, 16);
    for (let bit = 0; bit < 4; bit++) if (frequencies[digit * 4 + bit]![0] % 2 === 1) value ^= 8 >> bit;
    hex += value.toString(16);
  }
  return hex;
}

/** A picture of one colour or one even slope has few frequencies: its hash says nothing about what it shows. */
export function tellsNothing(hash: string): boolean {
  return phashDistance(hash, '0000000000000000') < 8;
}
