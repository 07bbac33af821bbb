/**
 * Rows a second of exports of many images with tiny files: what reading the work, mapping, writing and reading back cost, without the photos' bytes. Against
 * Python writing one row an image of the same content, its images read from files, hashed and written where ours are. `BENCH_IMAGES` (20,000; the issue's size
 * is 100,000), 20 points an image, two rows an image.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { exportProject } from '../electron/core/exporters/run-export.ts';
import { AUTHOR, makeTestProject, quietJob, tinyPng } from '../electron/core/exporters/testing.ts';
import * as authoring from '../shared/domain/authoring.ts';
import type { ExportProfile } from '../shared/formats/profiles.ts';
import { report, reportFigure } from './lib/report.ts';

const IMAGES = Number(process.env['BENCH_IMAGES'] ?? 20_000);
const POINTS = 20;
const profiles: readonly (readonly [ExportProfile, 'copy' | 'reference'])[] = [
  ['pixmo-parquet', 'copy'],
  ['molmo-folders', 'copy'],
  ['webdataset', 'copy'],
  ['llava', 'copy'],
  ['llava', 'reference'],
];

const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const made = makeTestProject('bench');
let peakBytes = 0;
const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);

function python(): Record<string, number> | null {
  const program = [process.env['POINTILLIST_PYTHON'], path.join(homedir(), '.cache/pointillist-venv/bin/python')].find(
    (file) => file !== undefined && existsSync(file),
  );
  if (!program) return null;
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
  const { stdout, status, stderr } = spawnSync(
    program,
    [path.join(import.meta.dirname, 'floor/export_rows.py'), path.join(home, 'rows.jsonl'), path.join(home, 'python')],
    {
      encoding: 'utf8',
      env: { ...process.env, HF_HOME: path.join(home, 'hf'), HF_HUB_OFFLINE: '1', HF_DATASETS_DISABLE_PROGRESS_BARS: '1' },
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>;
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
    const floor = peer?.[name];
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
