/** Megabytes a second of an export with its read-back, against writing the same photos one after the other into one file and hashing them. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isEmbeddable } from '../electron/core/exporters/plain-image.ts';
import { exportProject } from '../electron/core/exporters/run-export.ts';
import { AUTHOR, makeTestProject, quietJob } from '../electron/core/exporters/testing.ts';
import * as authoring from '../shared/domain/authoring.ts';
import type { ExportProfile } from '../shared/formats/profiles.ts';
import { makePhotos } from './lib/photos.ts';
import { median, report, reportFigure } from './lib/report.ts';

const COUNT = 1000;
const ROUNDS = 3;
const profiles = ['pixmo-parquet', 'molmo-folders', 'webdataset'] as const satisfies readonly ExportProfile[];

const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
// Those that go in as they are: how fast a decoder turns the others is not the question here.
const photos = makePhotos(path.join(home, 'photos'), COUNT).filter((file) => isEmbeddable({ format: 'jpeg', orientation: 1 }, readFileSync(file)));
const made = makeTestProject('bench');
let peakBytes = 0;
const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);

async function concat(): Promise<number> {
  const out = await open(path.join(home, 'concat'), 'w');
  const begun = performance.now();
  let sizeBytes = 0;
  for (const file of photos) {
    const bytes = await readFile(file);
    createHash('sha256').update(bytes).digest();
    await out.write(bytes);
    sizeBytes += bytes.byteLength;
  }
  await out.datasync();
  const seconds = (performance.now() - begun) / 1000;
  await out.close();
  return sizeBytes / 1e6 / seconds;
}

async function ours(profile: ExportProfile): Promise<number> {
  const begun = performance.now();
  const { folder, sizeBytes } = await exportProject(
    made.project,
    { profile, folder: path.join(home, 'out'), states: ['accepted'], validationShare: 0.05 },
    quietJob(),
    { uprightBytes: () => Promise.reject(new Error('plain photos only')) },
  );
  const rate = sizeBytes / 1e6 / ((performance.now() - begun) / 1000);
  rmSync(folder, { recursive: true });
  return rate;
}

try {
  for (const [n, photo] of photos.entries()) {
    made.add(
      path.basename(photo),
      readFileSync(photo),
      (edit) => {
        edit(() => authoring.addCaption(AUTHOR, `Photo ${n}. ${'A long sentence about what is to be seen. '.repeat(20)}`));
        edit((doc) => authoring.setState(doc, 'accepted'));
      },
      { format: 'jpeg' },
    );
  }
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  peakBytes = before;
  const rates: Record<'concat' | (typeof profiles)[number], number[]> = { concat: [], 'pixmo-parquet': [], 'molmo-folders': [], webdataset: [] };
  await concat();
  for (let round = 0; round < ROUNDS; round++) {
    rates.concat.push(await concat());
    for (const profile of profiles) rates[profile].push(await ours(profile));
  }
  for (const profile of profiles) {
    report({
      what: `export of ${photos.length} photos, ${profile}, read back`,
      unit: 'MB/s',
      ours: median(rates[profile]),
      floor: median(rates.concat),
      goal: '>= 0.25',
    });
  }
  reportFigure('memory that an export adds at its peak', (peakBytes - before) / 1e6, 'MB', '<= 200 MB');
} finally {
  clearInterval(watch);
  made.remove();
  rmSync(home, { recursive: true, force: true });
}
