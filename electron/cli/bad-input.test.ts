import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Bench, createBench } from './testing.ts';

vi.setConfig({ testTimeout: 60_000 });

let bench: Bench;
beforeEach(async () => {
  bench = createBench(1);
  await bench.cli('new', bench.project);
});
afterEach(() => bench.remove());
const file = (name: string, content: string) => {
  const at = path.join(bench.folder, name);
  writeFileSync(at, content);
  return at;
};

test('a broken archive or file fails the import with one line, after what the others hold was added', async () => {
  for (const broken of [
    file('broken.zip', 'PK no zip'),
    file('broken.tar.gz', 'no gzip'),
    file('broken.json', '[{"file_name":"a.jpg","text":"b"},{"file_name'),
  ]) {
    const outcome = await bench.cli('import', bench.project, bench.photos, broken);
    expect({ broken, code: outcome.code }).toEqual({ broken, code: 1 });
    expect(outcome.err).toContain('One file could not be read');
    expect(outcome.err).not.toMatch(/\n\s+at /);
    expect(outcome.out).toContain(path.basename(broken));
  }
  const { code, out } = await bench.cli('import', bench.project, file('again.zip', 'PK no zip'), '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ kind: 'import', annotations: { reasons: [{ reason: 'archive-broken', count: 1 }] } });
  expect(await bench.cli('import', bench.project, bench.photos)).toMatchObject({ code: 0 });
});

test('what was added is counted in words that fit the number', async () => {
  writeFileSync(path.join(bench.photos, 'metadata.jsonl'), '{"file_name":"photo-0.png","text":"Stripes."}\n');
  const { out } = await bench.cli('import', bench.project, bench.photos);
  expect(out).toContain('Added: 1 caption, 0 questions, 0 labels, 0 points.');
});

test('verify, diff, releases and status say in one line what is not there, and with which code', async () => {
  const none = path.join(bench.folder, 'none');
  const empty = path.join(bench.folder, 'empty');
  mkdirSync(empty);
  const half = path.join(bench.folder, 'half');
  mkdirSync(half);
  writeFileSync(path.join(half, 'manifest.json'), '{"format":');
  const torn = path.join(bench.folder, 'torn');
  mkdirSync(torn);
  writeFileSync(path.join(torn, 'project.sqlite'), 'not a database, by far, and long enough to be looked at');
  const asks: [string[], number][] = [
    [['verify', none], 2],
    [['verify', empty], 2],
    [['verify', half], 1],
    [['verify', torn], 1],
    [['verify'], 2],
    [['releases', none], 2],
    [['releases', torn], 1],
    [['diff', bench.project, 'v1'], 2],
    [['diff', bench.project, ''], 2],
    [['diff', none, 'v1'], 2],
    [['status', empty], 2],
    [['import', bench.project, none], 2],
    [['import', bench.project, bench.photos, '--format', 'yolo'], 2],
    [['export', bench.project, '--profile', 'yolo'], 2],
    [['export', bench.project, '--profile', 'llava'], 1],
  ];
  for (const [words, code] of asks) {
    const outcome = await bench.cli(...words);
    expect({ words, code: outcome.code, err: outcome.err }).toEqual({ words, code, err: outcome.err });
    expect(outcome.err.trimEnd().split('\n'), words.join(' ')).toHaveLength(1);
    expect(outcome.err).not.toMatch(/\bat .*\.ts:|undefined|\[object/);
    expect(outcome.out).toBe('');
  }
});
