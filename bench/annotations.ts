/** Rows a second of reading a million-line JSONL into neutral records, against `JSON.parse` of the same lines alone, in turns. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanRecord } from '../shared/formats/imports/clean.ts';
import { defaultOptions } from '../shared/formats/imports/record.ts';
import { readRecords } from '../electron/core/importers/annotations/read-records.ts';
import { lineGroups } from '../electron/core/importers/annotations/text-bytes.ts';
import { median, report, reportFigure } from './lib/report.ts';

const ROWS = 1_000_000;
const ROUNDS = 3;
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const file = path.join(home, 'rows.jsonl');

async function write(): Promise<void> {
  const out = createWriteStream(file);
  for (let at = 0; at < ROWS; at += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, n) =>
      JSON.stringify({ file_name: `images/${at + n}.jpg`, text: `Picture ${at + n} shows a dog at a window.` }),
    );
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
async function ours(): Promise<number> {
  const begun = performance.now();
  let captions = 0;
  for await (const records of readRecords({ path: file, shape: 'lines', encoding: 'utf-8', format: 'rows' }, defaultOptions)) {
    for (const record of records) captions += cleanRecord(record).captions.length;
  }
  if (captions !== ROWS) throw new Error(`${captions} captions of ${ROWS}`);
  return ROWS / ((performance.now() - begun) / 1000);
}
async function bare(): Promise<number> {
  const begun = performance.now();
  let rows = 0;
  for await (const lines of lineGroups(file, 'utf-8', 1 << 20)) for (const line of lines) if (line !== '' && JSON.parse(line) !== null) rows++;
  if (rows !== ROWS) throw new Error(`${rows} rows of ${ROWS}`);
  return ROWS / ((performance.now() - begun) / 1000);
}

try {
  await write();
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.ours.push(await ours());
    rates.bare.push(await bare());
  }
  report({ what: 'annotation rows read, against JSON.parse alone', unit: 'rows/s', ours: median(rates.ours), floor: median(rates.bare), goal: '300,000/s' });
  reportFigure('memory after a million rows, resident', process.memoryUsage().rss / 1e6, 'MB', '< 600');
} finally {
  rmSync(home, { recursive: true, force: true });
}
