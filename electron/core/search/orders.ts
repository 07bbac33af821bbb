/** Orders of all images by how they lie to one another: those that are like no other, and the one most different from all before it. */
import { random } from './rotation.ts';
import { best, type Found, type VectorIndex } from './vector-index.ts';

/** Lets others be served, and says whether to go on. */
export type Breathe = () => Promise<void>;
/** An image with this many alike is no outlier. */
const NEIGHBOURS = 5;
/** Comparisons that an order may take: about 100 ns each. */
const BUDGET = 30_000_000;
/** Images that are put in order of difference one by one; those behind them follow by their difference from all of these. */
const MOST_PICKS = 400;

/** The images that are least like their nearest neighbours, the oddest first. The score is 1 less the similarity to the fifth nearest. */
export async function outliers(index: VectorIndex, k: number, breathe: Breathe): Promise<Found> {
  const { count } = index;
  const nearest = Array.from({ length: NEIGHBOURS }, () => new Float32Array(count).fill(-1));
  for (const row of sampleOf(count, Math.max(200, Math.floor(BUDGET / Math.max(1, count))))) {
    const scores = index.against(row);
    for (let at = 0; at < count; at++) {
      if (at === row) continue;
      let score = scores[at]!;
      for (const rank of nearest) {
        const held = rank[at]!;
        if (score <= held) continue;
        rank[at] = score;
        score = held;
      }
    }
    await breathe();
  }
  const odd = nearest[Math.min(NEIGHBOURS, count - 1) - 1];
  return best(
    Uint32Array.from({ length: count }, (_, row) => row),
    Float32Array.from({ length: count }, (_, row) => 1 - (odd?.[row] ?? 1)),
    k,
  );
}

/**
 * Farthest-point order: each next image is the one whose nearest among `done` and those before it is farthest (Gonzalez, "Clustering to minimize the maximum
 * intercluster distance", 1985). What is done is not in the order. The score is that distance, 1 less the similarity.
 */
export async function mostDifferent(index: VectorIndex, done: readonly number[], k: number, breathe: Breathe): Promise<Found> {
  const { count } = index;
  const distance = new Float32Array(count).fill(2);
  const gone = new Uint8Array(count);
  const near = (row: number) => {
    const scores = index.against(row);
    for (let at = 0; at < count; at++) distance[at] = Math.min(distance[at]!, 1 - scores[at]!);
    gone[row] = 1;
  };
  const most = Math.max(200, Math.floor(BUDGET / Math.max(1, count)));
  const picked = new Set(sampleOf(done.length, most));
  for (const [at, row] of done.entries()) {
    gone[row] = 1;
    if (!picked.has(at)) continue;
    near(row);
    await breathe();
  }
  const rows: number[] = [];
  const scores: number[] = [];
  while (rows.length < Math.min(k, MOST_PICKS, most)) {
    let farthest = -1;
    for (let row = 0; row < count; row++) if (gone[row] === 0 && (farthest < 0 || distance[row]! > distance[farthest]!)) farthest = row;
    if (farthest < 0) break;
    rows.push(farthest);
    scores.push(distance[farthest]!);
    near(farthest);
    await breathe();
  }
  const rest = Uint32Array.from({ length: count }, (_, row) => row).filter((row) => gone[row] === 0);
  const behind = best(
    rest,
    Float32Array.from(rest, (row) => distance[row]!),
    Math.max(0, k - rows.length),
  );
  return { rows: Uint32Array.from([...rows, ...behind.rows]), scores: Float32Array.from([...scores, ...behind.scores]) };
}

/** Up to `most` of the places from 0 to `count`, the same ones each time. */
function sampleOf(count: number, most: number): number[] {
  const all = Array.from({ length: count }, (_, at) => at);
  if (count <= most) return all;
  const next = random(count);
  for (let at = 0; at < most; at++) {
    const other = at + Math.floor(next() * (count - at));
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all.slice(0, most);
}
