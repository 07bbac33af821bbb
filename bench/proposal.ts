/** A click to its proposals on an image that is encoded already, through the encoder process, against one look of the bare graph at the same image. */
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { tilePlan } from '../electron/core/encoder/dense/tile-plan.ts';
import { createEncoderProcess } from '../electron/core/encoder/encoder-process.ts';
import { readManifest } from '../electron/core/encoder/manifest.ts';
import type { ModelRef, Tile } from '../electron/core/encoder/messages.ts';
import { pictureBatch } from '../electron/core/encoder/preprocess.ts';
import { nodeSpawn } from '../electron/core/media/node-spawn.ts';
import { defaultEncoderFolder, hasDefaultEncoder } from '../scripts/default-encoder.mjs';
import { median, report } from './lib/report.ts';

const CLICKS = Number(process.env['BENCH_CLICKS'] ?? 60);
/** Large enough for both looks. */
const [WIDTH, HEIGHT] = [1600, 1200];

if (!hasDefaultEncoder()) console.log('proposal: left out, as the default encoder is not there');
else await measure();

async function measure(): Promise<void> {
  const manifest = await readManifest(defaultEncoderFolder);
  const model: ModelRef = { folder: defaultEncoderFolder, hash: 'bench', manifest };
  const photo = path.resolve(import.meta.dirname, '../assets/sample-photos/coins.jpg');
  const large = await sharp(photo).resize(WIDTH, HEIGHT, { fit: 'fill' }).toColourspace('srgb').raw().toBuffer();
  const tiles: Tile[] = [];
  for (const { area, width, height } of tilePlan(manifest, WIDTH, HEIGHT)) {
    const data = await sharp(large, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .resize(width, height, { fit: 'fill' })
      .raw()
      .toBuffer();
    tiles.push({ ...area, pixels: { data, width, height } });
  }
  const encoder = createEncoderProcess({ host: { spawn: nodeSpawn, log: console.error } });
  const session = await InferenceSession.create(path.join(defaultEncoderFolder, manifest.vision), { intraOpNumThreads: 2 });
  const { data, dims } = pictureBatch(manifest, [tiles[0]!.pixels]);
  const encodeBegun = performance.now();
  await encoder.run('encode', { model, key: 'photo', tiles });
  console.log(`proposal: ${tiles.length} looks encoded in ${(performance.now() - encodeBegun).toFixed(0)} ms, the graph loaded`);
  const [clicks, looks]: [number[], number[]] = [[], []];
  for (let i = 0; i < CLICKS; i++) {
    const positives = [{ xPct: (i * 37) % 100, yPct: (i * 61) % 100 }];
    let begun = performance.now();
    await encoder.run('propose', { model, key: 'photo', ask: { positives, negatives: [], text: null, otherTexts: [] } });
    if (i >= 5) clicks.push(performance.now() - begun);
    begun = performance.now();
    await session.run({ images: new Tensor('float32', data, dims) });
    if (i >= 5) looks.push(performance.now() - begun);
  }
  await encoder.close();
  report({ what: 'proposal: a click on an encoded image / one bare look', unit: 'ms', ours: median(clicks), floor: median(looks), goal: '50 ms' });
}
