/** Photos a second of an import, against the least that has to be done to each file, in turns. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { benchCore } from './lib/core.ts';
import { makePhotos } from './lib/photos.ts';
import { median, report } from './lib/report.ts';

const COUNT = 400;
const ROUNDS = 3;

const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const photos = makePhotos(path.join(home, 'photos'), COUNT);
sharp.cache(false);

/** Read, sha256, metadata, thumbnail; `width` files side by side. */
async function bare(width: number): Promise<number> {
  const out = path.join(home, `thumbs-${width}`);
  mkdirSync(out, { recursive: true });
  const queue = photos.values();
  const begun = performance.now();
  const worker = async () => {
    for (const file of queue) {
      const bytes = await readFile(file);
      const sha = createHash('sha256').update(bytes).digest('hex');
      await sharp(bytes).metadata();
      const thumb = await sharp(bytes).rotate().resize(320, 320, { fit: 'inside', withoutEnlargement: true }).webp().toBuffer();
      await writeFile(path.join(out, `${sha}.webp`), thumb);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return COUNT / ((performance.now() - begun) / 1000);
}

async function ours(): Promise<number> {
  const core = await benchCore();
  const begun = performance.now();
  const { jobId } = await core.client.call('images.import', { paths: [path.join(home, 'photos')], mode: 'reference' });
  await core.finish(jobId);
  const rate = COUNT / ((performance.now() - begun) / 1000);
  const { total } = await core.client.call('images.page', { filter: {}, offset: 0, limit: 1 });
  if (total !== COUNT) throw new Error(`${total} of ${COUNT} images went in`);
  await core.close();
  return rate;
}

try {
  const cores = availableParallelism();
  await bare(1);
  const rates = { ours: [] as number[], one: [] as number[], wide: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.ours.push(await ours());
    rates.one.push(await bare(1));
    rates.wide.push(await bare(cores));
  }
  report({ what: 'import, against a bare loop, one file at a time', unit: 'photos/s', ours: median(rates.ours), floor: median(rates.one), goal: '>= 0.8' });
  report({
    what: `import, against a bare loop, ${cores} files at a time`,
    unit: 'photos/s',
    ours: median(rates.ours),
    floor: median(rates.wide),
    goal: '>= 0.8',
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}
