/**
 * Rows a second of exports of many images with tiny files: what reading the work, mapping, writing and reading back cost, without the photos' bytes. Against
 * Python writing one row an image of the same content, its images read from files, hashed and written where ours are. `BENCH_IMAGES` (20,000; the issue's size
 * is 100,000), 20 points an image, two rows an image.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSnapshot } from '../electron/core/db/open.ts';
import { openLines } from '../electron/core/exporters/containers/json-rows.ts';
import { exportItems, type NumberedItem } from '../electron/core/exporters/items.ts';
import { OutFile } from '../electron/core/exporters/out-file.ts';
import { exportProject } from '../electron/core/exporters/run-export.ts';
import { AUTHOR, makeTestProject, quietJob, tinyPng } from '../electron/core/exporters/testing.ts';
import * as authoring from '../shared/domain/authoring.ts';
import { noImage } from '../shared/formats/format.ts';
import { formats } from '../shared/formats/formats.ts';
import { exportOptionsSchema } from '../shared/formats/options.ts';
import type { ExportProfile } from '../shared/formats/profiles.ts';
import { askPython, pythonProgram } from './lib/python.ts';
import { median, report, reportFigure } from './lib/report.ts';

const IMAGES = Number(process.env['BENCH_IMAGES'] ?? 20_000);
const POINTS = 20;
const profiles: readonly (readonly [ExportProfile, 'copy' | 'reference'])[] = [
  ['pixmo-parquet', 'copy'],
  ['molmo-folders', 'copy'],
  ['webdataset', 'copy'],
  ['llava', 'copy'],
  ['llava', 'reference'],
  ['qwen25-vl', 'reference'],
];

const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const made = makeTestProject('bench');
let peakBytes = 0;
const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);

function python(): Record<string, number> | null {
  if (pythonProgram() === null) return null;
  const lines = Array.from({ length: IMAGES }, (_, n) => {
    const caption = `Photo ${n}. ${'A sentence about what is to be seen. '.repeat(10)}`;
    const points = Array.from({ length: POINTS }, (_2, i) => ({ x: (i * 37.1) % 100, y: (n + i * 11.3) % 100 }));
    const llava = {
      id: String(n),
      image: `images/${n}.png`,
      conversations: [
        { from: 'human', value: '<image>\nDescribe.' },
        { from: 'gpt', value: caption },
      ],
    };
    return JSON.stringify({
      key: String(n).padStart(8, '0'),
      image: tinyPng(1, 1, [n & 255, (n >> 8) & 255, n >> 16]).toString('hex'),
      caption,
      points,
      llava,
    });
  });
  writeFileSync(path.join(home, 'rows.jsonl'), `${lines.join('\n')}\n`);
  mkdirSync(path.join(home, 'python'));
  return askPython('export_rows.py', [path.join(home, 'rows.jsonl'), path.join(home, 'python')], home) as Record<string, number> | null;
}

/** Mapping and writing alone, from documents in memory: what the limit of lines is, without the database, the hashes and the reading back. */
async function linesAlone(): Promise<void> {
  const snapshot = openSnapshot(made.project.folder);
  const options = exportOptionsSchema.parse({ states: ['accepted'], images: 'reference' });
  const table = formats['qwen25-vl'].tables[0]!;
  const items: NumberedItem[] = [];
  for await (const item of exportItems(snapshot, options)) {
    items.push(item);
    if (items.length >= 5000) break;
  }
  snapshot.close();
  const rates: number[] = [];
  for (let round = 0; round < 3; round++) {
    const file = path.join(home, `lines-${round}.jsonl`);
    const begun = performance.now();
    const out = await OutFile.create(file);
    const lines = openLines(table, out);
    let count = 0;
    for (let at = 0; at < items.length; at += 500) {
      const rows = items.slice(at, at + 500).flatMap((item) => formats['qwen25-vl'].map(item, noImage, 'train').rows[table.name]!);
      count += rows.length;
      await lines.writeGroup(rows);
    }
    await lines.end();
    await out.close();
    rates.push(count / ((performance.now() - begun) / 1000));
  }
  reportFigure('JSONL rows mapped and written alone, 20 points in every second', median(rates), 'rows/s', '200,000');
}

try {
  made.db.pragma('synchronous = OFF');
  made.db.exec('BEGIN');
  for (let n = 0; n < IMAGES; n++) {
    made.add(`${n >> 10}/${n}.png`, tinyPng(1, 1, [n & 255, (n >> 8) & 255, n >> 16]), (edit) => {
      edit(() => authoring.addCaption(AUTHOR, `Photo ${n}. ${'A sentence about what is to be seen. '.repeat(10)}`));
      edit(() => authoring.addPointSet(AUTHOR, 'thing'));
      edit((doc) => Array.from({ length: POINTS }, (_, i) => authoring.addPoint(doc, doc.pointSet[0]!.id, (i * 37.1) % 100, (n + i * 11.3) % 100)).flat());
      edit((doc) => authoring.setState(doc, 'accepted'));
    });
  }
  made.db.exec('COMMIT');
  made.db.pragma('wal_checkpoint(TRUNCATE)');
  await linesAlone();
  const peer = python();
  if (!peer) console.log('SKIPPED: no Python with `datasets` (POINTILLIST_PYTHON names one): only our own figures');
  const before = process.memoryUsage.rss();
  for (const [profile, images] of profiles) {
    globalThis.gc?.();
    peakBytes = process.memoryUsage.rss();
    const begun = performance.now();
    const cpu = process.cpuUsage();
    const { folder, rows } = await exportProject(
      made.project,
      { profile, folder: path.join(home, 'out'), states: ['accepted'], validationShare: 0.05, images },
      quietJob(),
      { uprightBytes: () => Promise.reject(new Error('plain images only')) },
    );
    const seconds = (performance.now() - begun) / 1000;
    const used = process.cpuUsage(cpu);
    const count = Object.values(rows).reduce((sum, n) => sum + n, 0);
    const name = `${profile}${images === 'reference' ? '-reference' : ''}`;
    // Qwen's lines hold what LLaVA's array does.
    const floor = peer?.[profile === 'qwen25-vl' ? 'llava-reference' : name];
    const what = `rows a second, ${name}, ${IMAGES} images, read back`;
    if (floor === undefined) reportFigure(what, count / seconds, 'rows/s', '');
    else report({ what, unit: 'rows/s', ours: count / seconds, floor, goal: '' });
    reportFigure(`processor time of ${name}`, (used.user + used.system) / 1000 / IMAGES, 'ms an image', '');
    reportFigure(`memory that ${name} adds at its peak`, (peakBytes - before) / 1e6, 'MB', '<= 600');
    rmSync(folder, { recursive: true });
  }
} finally {
  clearInterval(watch);
  made.remove();
  rmSync(home, { recursive: true, force: true });
}
