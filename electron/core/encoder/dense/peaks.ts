/** Peaks of a score map: blur, local maxima on a finer grid, one per neighbourhood, refined below a cell; and where to draw the line between them. */

/** Scores row by row. Cell (0, 0) has its centre at (0.5, 0.5) in cells. */
export interface ScoreMap {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}
/** A place in cells of the map, from its upper left corner, and its score. */
export interface Peak {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

/** Gaussian blur, edges repeated. `sigma` in cells; 0 leaves the map as it is. */
export function blur(map: ScoreMap, sigma: number): ScoreMap {
  if (sigma <= 0) return map;
  const reach = Math.max(1, Math.ceil(sigma * 3));
  const kernel = Float32Array.from({ length: reach * 2 + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const { columns, rows, values } = map;
  const across = new Float32Array(values.length);
  const down = new Float32Array(values.length);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      let total = 0;
      for (let i = -reach; i <= reach; i++) total += kernel[i + reach]! * values[y * columns + clamp(x + i, columns)]!;
      across[y * columns + x] = total / sum;
    }
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      let total = 0;
      for (let i = -reach; i <= reach; i++) total += kernel[i + reach]! * across[clamp(y + i, rows) * columns + x]!;
      down[y * columns + x] = total / sum;
    }
  return { columns, rows, values: down };
}

/** A map `factor` times as fine in both directions, by Catmull-Rom interpolation (cubic, a = -0.5), edges repeated. */
export function upsample(map: ScoreMap, factor: number): ScoreMap {
  if (factor === 1) return map;
  const wide = interpolateRows(map, factor);
  return transpose(interpolateRows(transpose(wide), factor));
}

function interpolateRows({ columns, rows, values }: ScoreMap, factor: number): ScoreMap {
  const wide = columns * factor;
  const out = new Float32Array(wide * rows);
  for (let x = 0; x < wide; x++) {
    const at = (x + 0.5) / factor - 0.5;
    const first = Math.floor(at);
    const weights = catmullRom(at - first);
    const from = [-1, 0, 1, 2].map((i) => clamp(first + i, columns)) as [number, number, number, number];
    for (let y = 0; y < rows; y++) {
      let total = 0;
      for (let i = 0; i < 4; i++) total += weights[i]! * values[y * columns + from[i]!]!;
      out[y * wide + x] = total;
    }
  }
  return { columns: wide, rows, values: out };
}

const catmullRom = (t: number): readonly [number, number, number, number] => [
  ((-0.5 * t + 1) * t - 0.5) * t,
  (1.5 * t - 2.5) * t * t + 1,
  ((-1.5 * t + 2) * t + 0.5) * t,
  (0.5 * t - 0.5) * t * t,
];

function transpose({ columns, rows, values }: ScoreMap): ScoreMap {
  const out = new Float32Array(values.length);
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) out[x * rows + y] = values[y * columns + x]!;
  return { columns: rows, rows: columns, values: out };
}

/** Local maxima (of 3 x 3) above `floor`, highest first, each at least `radius` cells from a higher one, refined by a parabola through its neighbours. */
export function findPeaks(map: ScoreMap, { radius, floor, limit = 1000 }: { radius: number; floor: number; limit?: number }): Peak[] {
  const { columns, rows, values } = map;
  const candidates: { x: number; y: number; score: number }[] = [];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const score = values[y * columns + x]!;
      if (score > floor && isMaximum(map, x, y, score)) candidates.push({ x, y, score });
    }
  candidates.sort((a, b) => b.score - a.score);
  const peaks: Peak[] = [];
  for (const candidate of candidates) {
    if (peaks.length >= limit) break;
    const peak = refine(map, candidate.x, candidate.y);
    if (peaks.every((kept) => (kept.x - peak.x) ** 2 + (kept.y - peak.y) ** 2 >= radius * radius)) peaks.push(peak);
  }
  return peaks;
}

/** Of equal neighbours the first one row by row counts, so that a plateau gives one. */
function isMaximum({ columns, rows, values }: ScoreMap, x: number, y: number, score: number): boolean {
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      const [nx, ny] = [x + dx, y + dy];
      if ((dx === 0 && dy === 0) || nx < 0 || ny < 0 || nx >= columns || ny >= rows) continue;
      const other = values[ny * columns + nx]!;
      if (other > score || (other === score && (dy < 0 || (dy === 0 && dx < 0)))) return false;
    }
  return true;
}

/** The top of the parabola through a cell and its two neighbours, in each direction; at an edge the cell's own centre. */
function refine(map: ScoreMap, x: number, y: number): Peak {
  const { columns, rows, values } = map;
  const at = (cx: number, cy: number): number => values[cy * columns + cx]!;
  const middle = at(x, y);
  const dx = x > 0 && x < columns - 1 ? vertex(at(x - 1, y), middle, at(x + 1, y)) : 0;
  const dy = y > 0 && y < rows - 1 ? vertex(at(x, y - 1), middle, at(x, y + 1)) : 0;
  return { x: x + 0.5 + dx, y: y + 0.5 + dy, score: middle };
}

/** Where the parabola through (-1, a), (0, b), (1, c) has its top; b is the highest, so it lies within half a cell. */
function vertex(a: number, b: number, c: number): number {
  const bend = a - 2 * b + c;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / bend)) : 0;
}

/**
 * The line between two groups of numbers that leaves most of their variance between the groups (Otsu 1979, exact for a list), and which share of the
 * variance that is (0 to 1). The line lies halfway between the groups. Fewer than two numbers: nothing to part.
 */
export function otsu(numbers: readonly number[]): { threshold: number; separation: number } | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const count = sorted.length;
  if (count < 2 || sorted[0] === sorted[count - 1]) return null;
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const mean = total / count;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  let best = { between: -1, at: 1 };
  let below = 0;
  for (let at = 1; at < count; at++) {
    below += sorted[at - 1]!;
    const between = at * (below / at - mean) ** 2 + (count - at) * ((total - below) / (count - at) - mean) ** 2;
    if (between > best.between) best = { between, at };
  }
  return { threshold: (sorted[best.at - 1]! + sorted[best.at]!) / 2, separation: best.between / variance };
}

const clamp = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));
