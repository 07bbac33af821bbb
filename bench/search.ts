/**
 * Finding the 20 nearest of a million vectors, and near-duplicates among 100,000 hashes, both against comparing all with all. The vectors are real ones of
 * crops of the sample photos (the default encoder's means at stride 32, 512 numbers), and mixtures of three of them up to the million: the same cone, the same
 * wide and narrow directions, but more alike than a million photos. The queries are real crops that are not in it. POINTILLIST_BENCH_VECTORS=200000 makes it shorter.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { encoderManifestSchema } from '../shared/domain/encoder.ts';
import { embedImages } from '../electron/core/encoder/embed.ts';
import { createModels } from '../electron/core/encoder/model.ts';
import { imagePlan } from '../electron/core/encoder/preprocess.ts';
import { createSessions } from '../electron/core/encoder/session.ts';
import { askedPixels, readHeader } from '../electron/core/media/decode.ts';
import { bits32, eachHashPair } from '../electron/core/search/hash-pairs.ts';
import { random } from '../electron/core/search/rotation.ts';
import { createVectorIndex, dot } from '../electron/core/search/vector-index.ts';
import { median, percentile, report, reportFigure } from './lib/report.ts';

const root = path.resolve(import.meta.dirname, '..');
const COUNT = Number(process.env['POINTILLIST_BENCH_VECTORS'] ?? 1_000_000);
const DIM = 512;
const CROPS = 900;
const QUERIES = 30;
const HASHES = 100_000;
const next = random(2026);

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

async function realVectors(): Promise<Float32Array[]> {
  const folder = path.join(root, '.cache/encoders/nanodet-g');
  const manifest = encoderManifestSchema.parse(JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8')));
  const model = { folder, hash: 'nanodet-g', manifest };
  const models = createModels(createSessions());
  const photos = path.join(root, 'assets/sample-photos');
  const files = readdirSync(photos).filter((name) => /\.jpe?g$/.test(name));
  const vectors: Float32Array[] = [];
  for (let at = 0; at < CROPS; at++) {
    const file = path.join(photos, files[at % files.length]!);
    const { widthPx, heightPx } = await readHeader(file);
    const [widthPct, heightPct] = [20 + 60 * next(), 20 + 60 * next()];
    const region = { xPct: next() * (100 - widthPct), yPct: next() * (100 - heightPct), widthPct, heightPct };
    const plan = imagePlan(manifest, (widthPx * widthPct) / 100, (heightPx * heightPct) / 100, 160);
    const data = await askedPixels(file, { region, width: plan.width, height: plan.height, kernel: plan.kernel });
    const [vector] = await embedImages(models, model, [{ data, width: plan.width, height: plan.height }], () => {});
    vectors.push(unit(vector!.slice(0, DIM)));
  }
  return vectors;
}

async function vectors(): Promise<void> {
  const real = await realVectors();
  const queries = real.splice(0, QUERIES);
  const any = () => real[Math.floor(next() * real.length)]!;
  const centre = real[0]!.map((_, at) => real.reduce((sum, vector) => sum + vector[at]!, 0) / real.length);
  const index = createVectorIndex(centre);
  const all = new Float32Array(COUNT * DIM);
  const begun = performance.now();
  for (let row = 0; row < COUNT; row++) {
    const [a, b, c, share] = [any(), any(), any(), next() * 0.6];
    const vector = row < real.length ? real[row]! : unit(a.map((value, at) => value + share * (b[at]! - c[at]!)));
    all.set(vector, row * DIM);
    index.put(vector);
  }
  reportFigure(`indexing, ${COUNT} vectors of ${DIM}`, ((performance.now() - begun) * 1000) / COUNT, 'us each', '-');
  const ours: number[] = [];
  const busy: number[] = [];
  const brute: number[] = [];
  let hits = 0;
  let hitsOfHalf = 0;
  // The first search starts the threads that help.
  for (const query of queries.slice(0, 3)) {
    index.search(query, 20);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  for (const query of queries) {
    const processor = process.cpuUsage();
    let since = performance.now();
    const found = index.search(query, 200);
    // The last look is at exact vectors, as the search process does it.
    const exact = [...found.rows].map((row) => ({ row, score: dot(query, all.subarray(row * DIM, (row + 1) * DIM)) })).sort((a, b) => b.score - a.score);
    ours.push(performance.now() - since);
    const { user, system } = process.cpuUsage(processor);
    busy.push((user + system) / 1000);
    since = performance.now();
    const scores = new Float32Array(COUNT);
    for (let row = 0; row < COUNT; row++) {
      let sum = 0;
      const from = row * DIM;
      for (let at = 0; at < DIM; at++) sum += all[from + at]! * query[at]!;
      scores[row] = sum;
    }
    const least = scores.toSorted().at(-20)!;
    brute.push(performance.now() - since);
    hits += exact.slice(0, 20).filter(({ score }) => score >= least - 1e-6).length;
    const ofHalf = index.search(query, 200, { candidates: 4000 }).rows;
    hitsOfHalf += ofHalf.filter((row) => dot(query, all.subarray(row * DIM, (row + 1) * DIM)) >= least - 1e-6).length;
  }
  report({ what: `20 nearest of ${COUNT}, median, against brute force`, unit: 'ms', ours: median(ours), floor: median(brute), goal: '25 ms' });
  reportFigure('the same, 95th percentile', percentile(ours, 95), 'ms', '25');
  reportFigure('the same, processor time of all threads', median(busy), 'ms', '-');
  index.close();
  reportFigure('recall@20 with half of the candidates', Math.min(1, hitsOfHalf / (20 * QUERIES)), '', '-');
  reportFigure('recall@20 against brute force', hits / (20 * QUERIES), '', '>= 0.99');
}

function hashes(): void {
  const high = new Uint32Array(HASHES);
  const low = new Uint32Array(HASHES);
  for (let at = 0; at < HASHES; at++) {
    // One in ten is a near copy of one before it.
    const from = at > 0 && next() < 0.1 ? Math.floor(next() * at) : -1;
    high[at] = from < 0 ? next() * 2 ** 32 : high[from]! ^ (1 << Math.floor(next() * 32)) ^ (next() < 0.5 ? 1 << Math.floor(next() * 32) : 0);
    low[at] = from < 0 ? next() * 2 ** 32 : low[from]! ^ (1 << Math.floor(next() * 32));
  }
  const times: number[] = [];
  const busy: number[] = [];
  let found = new Set<number>();
  for (let round = 0; round < 3; round++) {
    found = new Set();
    const processor = process.cpuUsage();
    const since = performance.now();
    eachHashPair({ high, low }, 6, (a, b) => found.add(Math.min(a, b) * HASHES + Math.max(a, b)));
    times.push(performance.now() - since);
    busy.push(process.cpuUsage(processor).user / 1000);
  }
  const since = performance.now();
  let same = 0;
  let pairs = 0;
  for (let a = 0; a < HASHES; a++) {
    for (let b = a + 1; b < HASHES; b++) {
      if (bits32(high[a]! ^ high[b]!) + bits32(low[a]! ^ low[b]!) > 6) continue;
      pairs++;
      if (found.has(a * HASHES + b)) same++;
    }
  }
  report({
    what: `near-duplicates among ${HASHES} hashes, against brute force`,
    unit: 'ms',
    ours: median(times),
    floor: performance.now() - since,
    goal: '1 s',
  });
  reportFigure('the same, processor time', median(busy), 'ms', '-');
  console.log(`pairs: ${found.size} found, ${pairs} by brute force, ${same} the same`);
  if (found.size !== pairs || same !== pairs) throw new Error('the pairs differ');
}

hashes();
await vectors();
