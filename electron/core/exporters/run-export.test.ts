import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { molmoTables } from '../../../shared/formats/tables/molmo.ts';
import { pixmoTables } from '../../../shared/formats/tables/pixmo.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { Refused } from '../media/refused.ts';
import { readArrowStream } from './containers/arrow-stream.ts';
import { verifyExport } from './manifest.ts';
import { readParquet } from './containers/parquet-reader.ts';
import { type ExportParams, type ExportTools, exportProject } from './run-export.ts';
import { AUTHOR, type Edit, makeTestProject, quietJob, type TestProject, tinyPng } from './testing.ts';

let made: TestProject;
beforeEach(() => {
  made = makeTestProject();
});
afterEach(() => made.remove());

const tools: ExportTools = { uprightBytes: () => Promise.reject(new Error('not asked for')) };
const params = (change: Partial<ExportParams> = {}): ExportParams => ({
  profile: 'pixmo-parquet',
  folder: null,
  states: ['submitted', 'accepted'],
  validationShare: 0.05,
  ...change,
});
const run = (change: Partial<ExportParams> = {}, own: Partial<ExportTools> = {}, signal?: AbortSignal) =>
  exportProject(made.project, params(change), quietJob(signal), { ...tools, ...own });
const submit = (edit: Edit) => edit((doc) => authoring.setState(doc, 'submitted'));
const png = (n: number) => tinyPng(2, 2, [n & 255, n >> 8, 7]);

/** Image n has n % 3 captions, a label with n points and, where n is odd, a question. */
function work(n: number): (edit: Edit) => void {
  return (edit) => {
    for (let i = 0; i < n % 3; i++) edit(() => authoring.addCaption(AUTHOR, `caption ${i} of ${n} 犬 🐕`));
    edit(() => authoring.addPointSet(AUTHOR, `label ${n}`));
    for (let i = 0; i < n; i++) edit((doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 100 / (i + 1), n + i / 7));
    if (n % 2 === 1) edit(() => authoring.addThread(AUTHOR, `question ${n}`, `answer ${n}`));
    submit(edit);
  };
}
async function rowsOf(read: AsyncIterable<Record<string, unknown>[]>) {
  const rows: Record<string, unknown>[] = [];
  for await (const group of read) rows.push(...group);
  return rows;
}
const filesBelow = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
async function keyOf(promise: Promise<unknown>): Promise<unknown> {
  const thrown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return thrown instanceof AppError ? thrown.details['key'] : thrown;
}

test('what people wrote is in the parquet files, with the image and its hash, and the manifest tells how much', async () => {
  for (let n = 1; n <= 12; n++) made.add(`folder/${n}.png`, png(n), work(n));
  const result = await run();
  expect(result).toMatchObject({ kind: 'export', images: 12, rows: { cap: 12, points: 12, 'ask-model-anything': 6 }, skipped: [] });
  const rows = [];
  for (const split of ['train', 'validation'] as const) {
    rows.push(...(await rowsOf(readParquet(pixmoTables[1], path.join(result.folder, `points/${split}-00000-of-00001.parquet`)))));
  }
  expect(rows).toHaveLength(12);
  for (const row of rows) {
    const n = row['count'] as number;
    const { bytes } = row['image'] as { bytes: Uint8Array };
    expect(Buffer.from(bytes).equals(png(n))).toBe(true);
    expect(row['image_sha256']).toBe(createHash('sha256').update(png(n)).digest('hex'));
    expect(row['label']).toBe(`label ${n}`);
    const points = row['points'] as { x: number; y: number }[];
    expect(points).toEqual(Array.from({ length: n }, (_, i) => ({ x: 100 / (i + 1), y: n + i / 7 })).sort((a, b) => a.x - b.x));
  }
  const check = await verifyExport(result.folder);
  expect(check.problems).toEqual([]);
  expect(check.manifest.rows['points']).toEqual({ train: 11, validation: 1 });
});

test('both points folders and both splits are written for Molmo, even when there is nothing to put into them', async () => {
  made.add('a.png', png(1), work(1));
  const { folder } = await run({ profile: 'molmo-folders' });
  const root = path.join(folder, 'torch_datasets/pixmo_datasets');
  for (const table of molmoTables) {
    expect(JSON.parse(readFileSync(path.join(root, table.name, 'dataset_dict.json'), 'utf8'))).toEqual({ splits: ['train', 'validation'] });
    for (const split of ['train', 'validation']) {
      const state = JSON.parse(readFileSync(path.join(root, table.name, split, 'state.json'), 'utf8'));
      expect(state._data_files).toEqual([{ filename: 'data-00000-of-00001.arrow' }]);
      const rows = await rowsOf(readArrowStream(table, path.join(root, table.name, split, state._data_files[0].filename)));
      expect(rows).toHaveLength(split === 'train' && ['cap', 'points-pointing', 'ask-model-anything'].includes(table.name) ? 1 : 0);
      const info = readFileSync(path.join(root, table.name, split, 'dataset_info.json'), 'utf8');
      expect(info).not.toContain('"List"');
    }
  }
  expect((await verifyExport(folder)).problems).toEqual([]);
});

test('many rows go into several files and groups, and all of them come back in order', async () => {
  for (let n = 1; n <= 40; n++) made.add(`${n}.png`, png(n), work(n));
  const limits = { fileBytes: 3000, groupBytes: 300, groupRows: 5, expandedBytes: 1 << 20 };
  const parquet = await run({ validationShare: 0 }, { limits });
  const arrow = await run({ validationShare: 0, profile: 'molmo-folders' }, { limits });
  const shards = readdirSync(path.join(parquet.folder, 'points'))
    .filter((name) => name.startsWith('train'))
    .sort();
  expect(shards.length).toBeGreaterThan(2);
  expect(shards[1]).toBe(`train-00001-of-${String(shards.length).padStart(5, '0')}.parquet`);
  const counts = [];
  for (const shard of shards)
    for (const row of await rowsOf(readParquet(pixmoTables[1], path.join(parquet.folder, 'points', shard)))) counts.push(row['count']);
  expect(counts).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  const train = path.join(arrow.folder, 'torch_datasets/pixmo_datasets/points-pointing/train');
  const state = JSON.parse(readFileSync(path.join(train, 'state.json'), 'utf8')) as { _data_files: { filename: string }[] };
  expect(state._data_files.length).toBeGreaterThan(2);
  const labels = [];
  for (const { filename } of state._data_files)
    for (const row of await rowsOf(readArrowStream(molmoTables[1], path.join(train, filename)))) labels.push(row['label']);
  expect(labels).toEqual(Array.from({ length: 40 }, (_, i) => [`label ${i + 1}`]));
});

test('an image is stored once a group, however many labels it has', async () => {
  const bytes = Buffer.concat([png(1), Buffer.alloc(200_000, 'not looked at')]);
  made.add('a.png', bytes, (edit) => {
    for (let i = 0; i < 20; i++) {
      edit(() => authoring.addPointSet(AUTHOR, `label ${i}`));
      edit((doc) => authoring.addPoint(doc, doc.pointSet.at(-1)!.id, i, i));
    }
    submit(edit);
  });
  const { sizeBytes, rows } = await run();
  expect(rows['points']).toBe(20);
  expect(sizeBytes).toBeLessThan(230_000);
});

test('exported again, every byte is the same, under the next free name', async () => {
  for (let n = 1; n <= 5; n++) made.add(`${n}.png`, png(n), work(n));
  for (const profile of ['pixmo-parquet', 'molmo-folders'] as const) {
    const first = await run({ profile });
    const second = await run({ profile });
    expect(path.basename(second.folder)).toBe(`test-project-${profile}-2`);
    for (const entry of filesBelow(first.folder)) {
      const name = path.relative(first.folder, path.join(entry.parentPath, entry.name));
      expect(readFileSync(path.join(second.folder, name)).equals(readFileSync(path.join(first.folder, name))), name).toBe(true);
    }
  }
});

test('no file of an export names a folder of this machine or who imported the images', async () => {
  for (let n = 1; n <= 3; n++) made.add(`holiday/${n}.png`, png(n), work(n));
  const { folder } = await run();
  for (const entry of filesBelow(folder)) expect(readFileSync(path.join(entry.parentPath, entry.name)).includes(made.folder), entry.name).toBe(false);
});

test('only images in the chosen states are exported, and none that was excluded', async () => {
  made.add('todo.png', png(1), (edit) => edit(() => authoring.addCaption(AUTHOR, 'not yet')));
  made.add('out.png', png(2), (edit) => {
    work(4)(edit);
    edit((doc) => authoring.setExcluded(doc, true));
  });
  expect(await keyOf(run())).toBe('export-empty');
  const { rows } = await run({ states: ['todo'] });
  expect(rows['cap']).toBe(1);
});

test('a missing, changed or undecodable image is left out and named, the rest is exported', async () => {
  const keep = made.add('keep.png', png(1), work(1));
  const gone = made.add('gone.png', png(2), work(2));
  const changed = made.add('changed.png', png(3), work(3));
  made.add('turned.png', png(4), work(4), { orientation: 6 });
  const file = (sha256: string) => path.join(made.folder, 'media/originals', sha256);
  rmSync(file(gone));
  writeFileSync(file(changed), png(99));
  const result = await run({}, { uprightBytes: () => Promise.reject(new Refused('corrupt')) });
  expect(result.images).toBe(1);
  expect(result.skipped).toEqual([
    { name: 'gone.png', reason: 'image-missing' },
    { name: 'changed.png', reason: 'image-changed' },
    { name: 'turned.png', reason: 'image-unreadable' },
  ]);
  expect(readFileSync(path.join(result.folder, 'images.jsonl'), 'utf8')).toContain(keep);
  expect(readFileSync(path.join(result.folder, 'README.md'), 'utf8')).toContain('1: image file not found');
  rmSync(file(keep));
  expect(await keyOf(run({}, { uprightBytes: () => Promise.reject(new Refused('corrupt')) }))).toBe('export-no-images');
});

test('an image that must be turned goes in as its upright copy, with the hash of the copy, and the source hash in the map', async () => {
  const source = made.add('turned.png', png(1), work(1), { orientation: 6 });
  const upright = tinyPng(3, 2, [1, 2, 3]);
  const { folder } = await run({ validationShare: 0 }, { uprightBytes: () => Promise.resolve(upright) });
  const [row] = await rowsOf(readParquet(pixmoTables[0], path.join(folder, 'cap/train-00000-of-00001.parquet')));
  const sha256 = createHash('sha256').update(upright).digest('hex');
  expect(row).toMatchObject({ image_url: `sha256:${source}`, image_sha256: sha256, image: { path: `${sha256}.png` } });
  expect(JSON.parse(readFileSync(path.join(folder, 'images.jsonl'), 'utf8'))).toMatchObject({
    image_url: `sha256:${source}`,
    image_sha256: sha256,
    unchanged: false,
  });
});

test('labels that were looked for in the whole image are named, and the card says how many', async () => {
  made.add('swept.png', png(1), (edit) => {
    for (const [label, sweep] of [
      ['coin', '2x2:f'],
      ['dog', '2x2:e'],
    ] as const) {
      edit(() => authoring.addPointSet(AUTHOR, label));
      edit((doc) => authoring.addPoint(doc, doc.pointSet.at(-1)!.id, 10, 10));
      edit((doc) => authoring.editPointSet(doc, doc.pointSet.at(-1)!.id, { sweep }));
    }
    submit(edit);
  });
  const { folder } = await run({ validationShare: 0 });
  expect(JSON.parse(readFileSync(path.join(folder, 'images.jsonl'), 'utf8'))).toMatchObject({ swept_labels: ['coin'] });
  expect(readFileSync(path.join(folder, 'README.md'), 'utf8')).toContain('1 of 2 labels were looked for in the whole image');
});

test('a cancelled export leaves nothing behind', async () => {
  for (let n = 1; n <= 5; n++) made.add(`${n}.png`, png(n), work(n));
  const abort = new AbortController();
  let asked = 0;
  const job = { ...quietJob(abort.signal), progress: (done: number) => void (done === 3 && asked++ === 0 && abort.abort()) };
  await expect(exportProject(made.project, params(), job, tools)).rejects.toThrow();
  expect(asked).toBe(1);
  expect(readdirSync(path.join(made.folder, 'exports'))).toEqual([]);
});

test('what an export that died left behind is cleared away by the next one', async () => {
  made.add('a.png', png(1), work(1));
  mkdirSync(path.join(made.folder, 'exports/.partial-dead/cap'), { recursive: true });
  const { folder } = await run();
  expect(readdirSync(path.join(made.folder, 'exports'))).toEqual([path.basename(folder)]);
});

test('an edit made while an export runs is not in it', async () => {
  for (let n = 1; n <= 3; n++) made.add(`${n}.png`, png(n), work(n));
  const job = {
    ...quietJob(),
    progress: (done: number) => {
      if (done === 1) made.db.prepare("UPDATE caption SET text = 'changed meanwhile'").run();
    },
  };
  const { folder } = await exportProject(made.project, params({ validationShare: 0 }), job, tools);
  const rows = await rowsOf(readParquet(pixmoTables[0], path.join(folder, 'cap/train-00000-of-00001.parquet')));
  expect(rows.map((row) => row['caption'])).not.toContain('changed meanwhile');
});

test('a folder that cannot be written and a file in its place are told as such', async () => {
  made.add('a.png', png(1), work(1));
  const file = path.join(made.folder, 'a-file');
  writeFileSync(file, '');
  expect(await keyOf(run({ folder: path.join(file, 'below') }))).toBe('export-folder-not-writable');
  const closed = path.join(made.folder, 'closed');
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  // Root writes everywhere.
  if (process.getuid?.() !== 0) expect(await keyOf(run({ folder: closed }))).toBe('export-folder-not-writable');
  expect(existsSync(path.join(made.folder, 'exports'))).toBe(false);
});

test('verify names every file that is missing, changed or does not belong', async () => {
  made.add('a.png', png(1), work(2));
  made.add('b.png', png(2), work(2));
  const { folder } = await run();
  rmSync(path.join(folder, 'images.jsonl'));
  truncateSync(path.join(folder, 'README.md'), 10);
  const data = path.join(folder, 'cap/train-00000-of-00001.parquet');
  const bytes = readFileSync(data);
  bytes[100]! ^= 1;
  writeFileSync(data, bytes);
  writeFileSync(path.join(folder, 'cap/notes.txt'), '');
  const { problems } = await verifyExport(folder);
  expect(problems).toEqual([
    expect.stringMatching(/^README.md: 10 bytes instead of/),
    'cap/train-00000-of-00001.parquet: other bytes than were written',
    'images.jsonl: missing',
    'cap/notes.txt: not part of the export',
  ]);
  expect(await keyOf(verifyExport(path.join(folder, 'cap')))).toBe('not-an-export');
});
