/** Data that comes in several files: parquet shards with the pictures in them, WebDataset's tar, ZIP of a tool's export. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openParquet } from '../exporters/containers/parquet-writer.ts';
import { tarHeader } from '../exporters/containers/tar-samples.ts';
import { OutFile } from '../exporters/out-file.ts';
import { tinyPng } from '../exporters/testing.ts';
import { type ImportBench, importBench } from './testing-import.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let bench: ImportBench;
let folder: string;
beforeAll(async () => {
  bench = await importBench();
  folder = await mkdtemp(path.join(tmpdir(), 'pointillist-shards-'));
});
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});
const png = (shade: number) => tinyPng(8, 4, [shade, 7, 3]);

/** A parquet file of rows with a mask before the picture, as segmentation sets have it. */
async function shard(name: string, rows: readonly { shade: number; text: string }[]): Promise<Buffer> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  const out = await OutFile.create(file);
  const columns = [
    { name: 'mask', type: 'image' },
    { name: 'image', type: 'image' },
    { name: 'text', type: 'string' },
  ] as const;
  const parquet = openParquet({ name: 'shard', columns }, out);
  // Names that start anew in each shard, as those of `datasets` do.
  await parquet.writeGroup(
    rows.map(({ shade, text }, n) => ({
      mask: { bytes: png(shade + 100), path: `${n}_mask.png` },
      image: { bytes: png(shade), path: `${n}.png` },
      text,
    })),
  );
  await parquet.end();
  await out.close();
  return readFile(file);
}

test('shards of parquet give each picture its own text, though names start anew in each, and masks are no photos', async () => {
  const { lines, reasons, result } = await bench.run({
    'data/train-00000-of-00002.parquet': await shard('a.parquet', [
      { shade: 1, text: 'One.' },
      { shade: 2, text: 'Two.' },
    ]),
    'data/train-00001-of-00002.parquet': await shard('b.parquet', [{ shade: 3, text: 'Three.' }]),
  });
  expect(lines.map((line) => line.replace(/^.* \| /, '')).sort()).toEqual(['"One."', '"Three."', '"Two."']);
  expect([result.images.added, reasons]).toEqual([3, []]);
});

function tar(files: Readonly<Record<string, Buffer | string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    return [tarHeader(name, bytes.length), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

test('a WebDataset’s samples are told apart by their keys, whatever else is in them, also where tars are compressed', async () => {
  const files = {
    '0001.png': png(1),
    '0001.json': JSON.stringify({ caption: 'One.', url: 'https://x.org/other.jpg', width: 8, height: 4 }),
    '0001.seg.png': png(101),
    '0002.png': png(2),
    '0002.txt': 'Two.',
    '0002.cls': '7',
  };
  for (const [name, content] of [
    ['shard-000000.tar', tar(files)],
    ['shard-000000.tar.gz', gzipSync(tar(files))],
  ] as const) {
    const { lines, reasons } = await bench.run({ [name]: content });
    expect(
      lines.map((line) => line.replace(/^.*\//, '')),
      name,
    ).toEqual(['0001.png | "One."', '0002.png | "Two."']);
    expect(reasons, name).toEqual(['archive-entry', 'mask-picture']);
  }
});

test('pictures that stand in the rows themselves are imported with what is said of them', async () => {
  const base64 = png(1).toString('base64');
  const content = [
    { type: 'text', text: 'Who?' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${base64}` } },
  ];
  const messages = [
    { role: 'user', content },
    { role: 'assistant', content: 'Me.' },
  ];
  const chat = await bench.run({ 'chat.jsonl': `${JSON.stringify({ messages })}\n` });
  expect(chat.lines.map((line) => line.replace(/^.*\.png \| /, ''))).toEqual(['Who? - Me.']);
  // Longer than what is looked at first.
  const large = tinyPng(700, 500, [1, 2, 3], 16);
  const padded = Buffer.concat([large, Buffer.alloc(300_000)]).toString('base64');
  const table = await bench.run({ 'eval.tsv': `index\timage\tquestion\tanswer\n0\t${padded}\tWho?\tMe.\n1\t${base64}\tWhat?\tThat.\n` });
  expect(table.lines.map((line) => line.replace(/^.*\.png \| /, '')).sort()).toEqual(['What? - That.', 'Who? - Me.']);
  expect(table.reasons).toEqual([]);
});
