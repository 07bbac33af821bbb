/** Images a second from files to vectors in the project, against the bare graph without decoding and against other programs that do the same, in turns. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { floatsOf } from '../electron/core/db/embeddings.ts';
import { openDatabase } from '../electron/core/db/open.ts';
import { imagePlan } from '../electron/core/encoder/preprocess.ts';
import { lowerPriority } from '../electron/core/low-priority.ts';
import { encoderManifestSchema } from '../shared/domain/encoder.ts';
import { defaultEncoderFolder, hasDefaultEncoder } from '../scripts/default-encoder.mjs';
import { benchCore } from './lib/core.ts';
import { ensureClipGraph } from './lib/clip-graph.mjs';
import { makePhotos } from './lib/photos.ts';
import { treeMs } from './lib/processor.ts';
import { pythonProgram } from './lib/python.ts';
import { median, report } from './lib/report.ts';

const COUNT = Number(process.env['BENCH_IMAGES'] ?? 192);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const BATCH = 8;
const WARM = 16;
const cache = path.resolve(import.meta.dirname, '../.cache/bench');
const encoders = path.join(cache, 'encoders');
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const warm = path.join(home, 'warm');
const folder = path.join(home, 'photos');

type Vectors = Map<string, Float32Array>;
interface Run {
  readonly rate: number;
  /** Milliseconds of processor time an image, of all processes; NaN where it is not known. */
  readonly cpuMs: number;
  readonly vectors: Vectors;
  /** Files with a colour profile, which the peer ignores and the app follows. */
  readonly profiled: readonly string[];
}

/** The app's own job, through the door: decode, encode, write. The process has its graph loaded already, as it has after the first image. */
async function ours(id: string, photosFrom = folder): Promise<Run> {
  const core = await benchCore();
  const index = async () => await core.finish((await core.client.call('encoders.index', {})).jobId);
  const bring = async (from: string) => await core.finish((await core.client.call('images.import', { paths: [from], mode: 'reference' })).jobId);
  await core.client.call('project.configure', { encoder: { id, autoIndex: false } });
  await bring(warm);
  await index();
  await bring(photosFrom);
  const cpu = treeMs();
  const begun = performance.now();
  await index();
  const rate = COUNT / ((performance.now() - begun) / 1000);
  const cpuMs = (treeMs() - cpu) / COUNT;
  await core.client.call('project.close', {});
  const vectors = vectorsIn(core.folder);
  await core.close();
  return { rate, cpuMs, vectors, profiled: [] };
}

function vectorsIn(project: string): Vectors {
  const { db } = openDatabase(project, false);
  const rows = db.prepare('SELECT image.name, vector FROM embedding JOIN image ON image.num = image_num').all() as { name: string; vector: Buffer }[];
  db.close();
  return new Map(rows.map(({ name, vector }) => [name, floatsOf(vector)]));
}

/** The graph alone, on numbers that are there already: what the runtime can do. `sizes`: width and height of each picture. */
async function bare(
  file: string,
  input: string,
  outputs: readonly string[],
  sizes: readonly (readonly [number, number])[],
  batch: number,
): Promise<Pick<Run, 'rate' | 'cpuMs'>> {
  const session = await InferenceSession.create(file, { intraOpNumThreads: availableParallelism() });
  const run = async ([width, height]: readonly [number, number]) => {
    const data = new Float32Array(batch * 3 * width * height).fill(0.1);
    await session.run({ [input]: new Tensor('float32', data, [batch, 3, height, width]) }, outputs);
  };
  await run(sizes[0]!);
  const cpu = treeMs();
  const begun = performance.now();
  for (let at = 0; at < sizes.length; at += batch) await run(sizes[at]!);
  const rate = sizes.length / ((performance.now() - begun) / 1000);
  const cpuMs = (treeMs() - cpu) / sizes.length;
  await session.release();
  return { rate, cpuMs };
}

/** A peer's program in a process of its own: it answers with seconds and vectors as JSON. Null where it can't run, with its reason said. */
async function peer(name: string, program: string, args: readonly string[]): Promise<Run | null> {
  const out = path.join(home, 'peer.json');
  rmSync(out, { force: true });
  const child = spawn(program, [...args, out], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => void child.on('close', resolve).on('error', () => resolve(1)));
  if (code !== 0 || !existsSync(out)) {
    console.log(`${name} can't run here: ${said.trim().split('\n').at(-1) ?? ''}`);
    return null;
  }
  const answer = JSON.parse(readFileSync(out, 'utf8')) as { seconds: number; vectors: Record<string, number[]>; profiled?: string[] };
  const vectors = new Map(Object.entries(answer.vectors).map(([file, vector]) => [file, Float32Array.from(vector)]));
  return { rate: COUNT / answer.seconds, cpuMs: Number.NaN, vectors, profiled: answer.profiled ?? [] };
}

/** How alike the vectors of the same files are: the middle, and the share of at least 0.9999. Files with a colour profile are left out. */
function likeness(a: Vectors, { vectors, profiled }: Run): { middle: number; share: number; files: number } {
  const all: number[] = [];
  for (const [name, vector] of vectors) {
    const own = a.get(name);
    if (own === undefined) throw new Error(`no vector of ${name}`);
    if (profiled.includes(name)) continue;
    const dot = own.reduce((sum, value, at) => sum + value * vector[at]!, 0);
    all.push(dot / (Math.hypot(...own) * Math.hypot(...vector)));
  }
  return { middle: median(all), share: all.filter((cosine) => cosine >= 0.9999).length / all.length, files: all.length };
}

/** transformers.js in the cache, from the registry; null where it can't be had. */
function transformers(model: string): string | null {
  const place = path.join(cache, 'transformers');
  if (!existsSync(path.join(place, 'node_modules/@huggingface/transformers/package.json'))) {
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'package.json'), '{"private":true}');
    spawnSync('npm', ['i', '--ignore-scripts', '--no-audit', '--no-fund', '@huggingface/transformers@4.3.2'], { cwd: place });
    if (!existsSync(path.join(place, 'node_modules/@huggingface/transformers/package.json'))) return null;
  }
  mkdirSync(path.join(model, 'onnx'), { recursive: true });
  if (!existsSync(path.join(model, 'onnx/vision_model.onnx'))) symlinkSync('../vision_model.onnx', path.join(model, 'onnx/vision_model.onnx'));
  writeFileSync(path.join(model, 'config.json'), JSON.stringify({ model_type: 'clip_vision_model' }));
  return place;
}

/** Some of the photos at the encoder's own size, as PNG. */
async function resized(to: string): Promise<void> {
  const { default: sharp } = await import('sharp');
  mkdirSync(to);
  for (const [at, file] of photos.slice(0, 24).entries())
    await sharp(file)
      .resize(224, 224)
      .removeAlpha()
      .toColourspace('srgb')
      .png()
      .toFile(path.join(to, `small-${at}.png`));
}

function manifestOf(place: string) {
  return encoderManifestSchema.parse(JSON.parse(readFileSync(path.join(place, 'model.json'), 'utf8')));
}

async function clip(): Promise<void> {
  const place = ensureClipGraph(path.join(encoders, 'bench-vit-b-32'));
  const js = transformers(place);
  const python = pythonProgram();
  const script = (name: string) => path.join(import.meta.dirname, 'floor', name);
  const square = Array.from({ length: COUNT }, (): [number, number] => [224, 224]);
  const rates = { ours: [] as number[], bare: [] as number[], js: [] as number[], python: [] as number[] };
  const cpu = { ours: [] as number[], bare: [] as number[] };
  let last: Vectors = new Map();
  const equal: Record<string, ReturnType<typeof likeness>> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const own = await ours('bench-vit-b-32');
    last = own.vectors;
    rates.ours.push(own.rate);
    cpu.ours.push(own.cpuMs);
    const alone = await bare(path.join(place, 'vision_model.onnx'), 'pixel_values', ['image_embeds'], square, BATCH);
    rates.bare.push(alone.rate);
    cpu.bare.push(alone.cpuMs);
    const theirs = js && (await peer('transformers.js', process.execPath, [script('encode-transformers.mjs'), js, place, folder]));
    if (theirs) {
      rates.js.push(theirs.rate);
      equal['transformers.js'] = likeness(last, theirs);
    }
    const snake = python !== null ? await peer('Python', python, [script('encode.py'), place, folder]) : null;
    if (snake) {
      rates.python.push(snake.rate);
      equal['Python'] = likeness(last, snake);
    }
  }
  const line = (what: string, floor: number[], goal: string) => {
    if (floor.length > 0) report({ what, unit: 'images/s', ours: median(rates.ours), floor: median(floor), goal });
  };
  line('ViT-B/32 from files, against its graph alone in batches', rates.bare, '>= 0.92');
  reportProcessor(cpu);
  line('the same, against transformers.js', rates.js, '>= 1.5');
  line('the same, against Python with Pillow', rates.python, '>= 1.3');
  if (js) {
    // transformers.js resizes with an affine transform that looks at 2 x 2 or 4 x 4 pixels however far it shrinks; the app and Pillow look at all of them. Pictures that
    // need no resizing show what that makes.
    const small = path.join(home, 'small');
    await resized(small);
    const theirs = await peer('transformers.js', process.execPath, [script('encode-transformers.mjs'), js, place, small]);
    if (theirs) equal['transformers.js, from pictures of 224 x 224'] = likeness((await ours('bench-vit-b-32', small)).vectors, theirs);
  }
  for (const [name, { middle, share, files }] of Object.entries(equal)) {
    console.log(
      `cosine with the vectors of ${name}: median ${middle.toFixed(6)}, at least 0.9999 for ${(share * 100).toFixed(0)} % of ${files} files   goal 0.9999`,
    );
  }
}

/** What a busy machine does not blur: both keep all processors at work when they are let. */
function reportProcessor({ ours: own, bare: alone }: { readonly ours: readonly number[]; readonly bare: readonly number[] }): void {
  report({ what: 'the same, processor time an image', unit: 'ms', ours: median(own), floor: median(alone), goal: '<= 1.09' });
}

async function nanodet(): Promise<void> {
  const made = defaultEncoderFolder;
  if (!hasDefaultEncoder()) return console.log('NanoDet-g is not here: `node scripts/default-encoder.mjs` makes it.');
  cpSync(made, path.join(encoders, 'nanodet-g'), { recursive: true });
  const manifest = manifestOf(made);
  const { default: sharp } = await import('sharp');
  const sizes = await Promise.all(
    photos.map(async (file): Promise<[number, number]> => {
      const { autoOrient } = await sharp(file).metadata();
      const { width, height } = imagePlan(manifest, autoOrient.width, autoOrient.height);
      return [width, height];
    }),
  );
  const outputs = ['f32', 'f16', 'c8', 'c16', 'c32'];
  const runs = { ours: [] as Pick<Run, 'rate' | 'cpuMs'>[], bare: [] as Pick<Run, 'rate' | 'cpuMs'>[] };
  for (let round = 0; round < ROUNDS; round++) {
    runs.ours.push(await ours(manifest.id));
    runs.bare.push(await bare(path.join(made, manifest.vision), manifest.inputs.image, outputs, sizes, 1));
  }
  const rates = { ours: runs.ours.map(({ rate }) => rate), bare: runs.bare.map(({ rate }) => rate) };
  report({ what: `NanoDet-g from files, against its graph alone`, unit: 'images/s', ours: median(rates.ours), floor: median(rates.bare), goal: '>= 0.92' });
  reportProcessor({ ours: runs.ours.map(({ cpuMs }) => cpuMs), bare: runs.bare.map(({ cpuMs }) => cpuMs) });
}

// The app's processes lower theirs; whoever else works on this machine shall hold up all alike.
lowerPriority();
mkdirSync(encoders, { recursive: true });
process.env['POINTILLIST_ENCODERS'] = encoders;
const photos = makePhotos(folder, COUNT);
makePhotos(warm, WARM + COUNT);
for (const name of Array.from({ length: COUNT }, (_, at) => `photo-${String(at).padStart(5, '0')}.jpg`)) rmSync(path.join(warm, name), { force: true });
try {
  const parts = process.env['BENCH_PARTS']?.split(',') ?? ['nanodet', 'clip'];
  if (parts.includes('nanodet')) await nanodet();
  if (parts.includes('clip')) await clip();
} finally {
  rmSync(home, { recursive: true, force: true });
}
