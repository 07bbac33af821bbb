/**
 * Photos a second of an import, against the least that has to be done to each file, in turns; what reading and hashing them takes alone, against Python's
 * imagefolder; and the memory of an import of many. `BENCH_PARTS=thumbs`, `headers` or `memory` runs a part; `BENCH_HEADERS` and `BENCH_IMAGES` say how many
 * photos the last two take (10,000 and 20,000; the size of the memory is 100,000).
 */
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { readImage } from '../electron/core/media/read-image.ts';
import { benchCore } from './lib/core.ts';
import { makePhotos } from './lib/photos.ts';
import { treeMs } from './lib/processor.ts';
import { askPython } from './lib/python.ts';
import { median, report, reportFigure } from './lib/report.ts';
import { memoryOf } from './lib/window.ts';

const COUNT = 400;
const ROUNDS = 3;
const HEADERS = Number(process.env['BENCH_HEADERS'] ?? 10_000);
const IMAGES = Number(process.env['BENCH_IMAGES'] ?? 20_000);
/** Reads that wait side by side. */
const SIDE_BY_SIDE = 8;

const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const photos = makePhotos(path.join(home, 'photos'), COUNT);
sharp.cache(false);

async function sideBySide(files: readonly string[], width: number, work: (file: string) => Promise<unknown>): Promise<void> {
  const queue = files.values();
  const worker = async () => {
    for (const file of queue) await work(file);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

interface Run {
  /** Photos a second. */
  readonly rate: number;
  /** Milliseconds of processor time a photo. */
  readonly cpuMs: number;
}
async function timed(count: number, work: () => Promise<unknown>): Promise<Run> {
  const cpu = treeMs();
  const begun = performance.now();
  await work();
  return { rate: count / ((performance.now() - begun) / 1000), cpuMs: (treeMs() - cpu) / count };
}

/** Read, sha256, metadata, thumbnail; `width` files side by side. */
async function bare(width: number): Promise<Run> {
  const out = path.join(home, `thumbs-${width}`);
  mkdirSync(out, { recursive: true });
  return await timed(COUNT, () =>
    sideBySide(photos, width, async (file) => {
      const bytes = await readFile(file);
      const sha = createHash('sha256').update(bytes).digest('hex');
      await sharp(bytes).metadata();
      const thumb = await sharp(bytes).rotate().resize(320, 320, { fit: 'inside', withoutEnlargement: true }).webp().toBuffer();
      await writeFile(path.join(out, `${sha}.webp`), thumb);
    }),
  );
}

async function ours(folder: string, count: number, watch: () => void = () => {}): Promise<Run> {
  const core = await benchCore();
  const watching = setInterval(watch, 1000);
  const run = await timed(count, async () => {
    const { jobId } = await core.client.call('images.import', { paths: [folder], mode: 'reference' });
    await core.finish(jobId);
  });
  clearInterval(watching);
  const { total } = await core.client.call('images.page', { filter: {}, offset: 0, limit: 1 });
  if (total !== count) throw new Error(`${total} of ${count} images went in`);
  await core.close();
  return run;
}

async function thumbs(): Promise<void> {
  const cores = availableParallelism();
  await bare(1);
  const runs = { ours: [] as Run[], one: [] as Run[], wide: [] as Run[] };
  for (let round = 0; round < ROUNDS; round++) {
    runs.ours.push(await ours(path.join(home, 'photos'), COUNT));
    runs.one.push(await bare(1));
    runs.wide.push(await bare(cores));
  }
  const of = (list: readonly Run[], what: keyof Run) => median(list.map((run) => run[what]));
  const line = (what: string, floor: readonly Run[]) =>
    report({ what, unit: 'photos/s', ours: of(runs.ours, 'rate'), floor: of(floor, 'rate'), goal: '>= 0.8' });
  line('import, against a bare loop, one file at a time', runs.one);
  line(`import, against a bare loop, ${cores} files at a time`, runs.wide);
  report({ what: 'the same, processor time a photo', unit: 'ms', ours: of(runs.ours, 'cpuMs'), floor: of(runs.wide, 'cpuMs'), goal: '<= 1.25' });
}

/** What an import finds out without decoding pixels, which imagefolder does not need either. An import makes thumbnails and perceptual hashes at the same time. */
async function headers(): Promise<void> {
  const folder = path.join(home, 'headers');
  mkdirSync(folder);
  const files = Array.from({ length: HEADERS }, (_, at) => path.join(folder, `photo-${String(at).padStart(6, '0')}.jpg`));
  for (const [at, file] of files.entries()) linkSync(photos[at % photos.length]!, file);
  const runs: Run[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    runs.push(await timed(HEADERS, () => sideBySide(files, SIDE_BY_SIDE, readImage)));
    const peer = askPython('imagefolder.py', [folder, path.join(home, `cache-${round}`)], home) as { rows: number; seconds: number } | null;
    if (peer && peer.rows !== HEADERS) throw new Error(`${peer.rows} rows of ${HEADERS}`);
    if (peer) theirs.push(peer.rows / peer.seconds);
  }
  const what = `${HEADERS} JPEGs read and hashed with their headers`;
  const rate = median(runs.map((run) => run.rate));
  if (theirs.length > 0) report({ what: `${what}, against imagefolder`, unit: 'photos/s', ours: rate, floor: median(theirs), goal: '>= 5' });
  else reportFigure(what, rate, 'photos/s', '>= 5 times imagefolder');
  reportFigure('the same, processor time a photo', median(runs.map((run) => run.cpuMs)), 'ms', '-');
}

/** Small pictures: memory goes with their number, not with their pixels. */
async function memory(): Promise<void> {
  const folder = path.join(home, 'many');
  const jpeg = await sharp({ create: { width: 96, height: 64, channels: 3, background: '#864' } })
    .jpeg()
    .toBuffer();
  for (let at = 0; at < IMAGES; at++) {
    const into = path.join(folder, String(at >> 10));
    if (at % 1024 === 0) mkdirSync(into, { recursive: true });
    writeFileSync(path.join(into, `${at}.jpg`), Buffer.concat([jpeg, Buffer.from(`copy ${at}`)]));
  }
  let most = 0;
  const run = await ours(folder, IMAGES, () => {
    try {
      const sizes = [...memoryOf(process.pid).values()];
      most = Math.max(
        most,
        sizes.reduce((sum, megabytes) => sum + megabytes, 0),
      );
    } catch {
      // A thread or a process ended while it was looked at; the next look counts.
    }
  });
  reportFigure(`photos a second, ${IMAGES} small ones`, run.rate, 'photos/s', '-');
  reportFigure(`memory of an import of ${IMAGES}, all processes, at its peak`, most, 'MB', '<= 600');
}

try {
  const parts = process.env['BENCH_PARTS']?.split(',') ?? ['thumbs', 'headers', 'memory'];
  if (parts.includes('thumbs')) await thumbs();
  if (parts.includes('headers')) await headers();
  if (parts.includes('memory')) await memory();
} finally {
  rmSync(home, { recursive: true, force: true });
}
