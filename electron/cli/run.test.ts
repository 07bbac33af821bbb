import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { addCaption, setState } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../shared/domain/image.ts';
import { openDatabase } from '../core/db/open.ts';
import { testPng } from '../core/testing/png.ts';
import { withProject } from './session.ts';
import { type Bench, createBench } from './testing.ts';
import { createVoice, type Run } from './terminal.ts';

// Real files through real worker processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let bench: Bench;
afterEach(() => bench.remove());

const runOf = (): Run => {
  const terminal = { env: bench.env, signal: new AbortController().signal, columns: null, out: () => {}, err: () => {} };
  return { terminal, voice: createVoice(terminal, 'en'), json: false };
};
/** Writes a caption on every image and submits it. */
const annotateAll = () =>
  withProject(runOf(), bench.project, async ({ client }) => {
    const { me } = await client.call('app.info', {});
    const { images } = await client.call('images.page', { filter: imageFilterSchema.parse({}), offset: 0, limit: 500 });
    for (const { id } of images) {
      const { doc, rev } = await client.call('edits.load', { imageId: id });
      const ops = [...addCaption(me.id, 'Stripes in many colours, made by a test.'), ...setState(doc, 'submitted')];
      await client.call('edits.apply', { eventId: newId(), imageId: id, baseRev: rev, groupId: newId(), ops });
    }
  });
const prepared = async (images = 3) => {
  bench = createBench(images);
  expect((await bench.cli('new', bench.project)).code).toBe(0);
  await bench.json('import', bench.project, bench.photos);
};

test('a project is made, filled, shown, exported and verified without a window', async () => {
  bench = createBench(3);
  expect(await bench.cli('new', bench.project, '--name', 'Stripes')).toMatchObject({ code: 0, out: `Made the project “Stripes” in ${bench.project}\n` });
  expect(await bench.cli('import', bench.project, bench.photos)).toMatchObject({ code: 0, out: 'Added 3 images.\n' });
  await annotateAll();
  const status = await bench.cli('status', bench.project);
  expect(status.code).toBe(0);
  expect(status.out).toMatch(/^Stripes\n/);
  expect(status.out).toMatch(/3 {2}submitted/);
  expect(await bench.cli('verify', bench.project)).toMatchObject({ code: 0, out: 'All is well: 3 images and 3 edits are as the log says.\n' });
  const exported = await bench.cli('export', bench.project, '--profile', 'pixmo-parquet', '--to', path.join(bench.folder, 'out'));
  expect(exported).toMatchObject({ code: 0 });
  expect(exported.out).toMatch(/^Exported 3 images to /);
  const folder = path.join(bench.folder, 'out', readdirSync(path.join(bench.folder, 'out'))[0]!);
  expect((await bench.cli('verify', folder)).out).toMatch(/^All is well: \d+ files/);
});

test('what an export leaves out is told with the reason', async () => {
  await prepared(2);
  await annotateAll();
  writeFileSync(path.join(bench.photos, 'photo-0.png'), testPng(7));
  const exported = await bench.cli('export', bench.project, '--profile', 'pixmo-parquet');
  expect(exported.code).toBe(0);
  expect(exported.out).toMatch(/^Exported 1 image to .*\n(.*\n)*1 thing was left out:\n {2}.*photo-0\.png: the file holds other bytes than were imported\n$/);
});

test('with --json every command prints one document and nothing else', async () => {
  bench = createBench(2);
  writeFileSync(path.join(bench.photos, 'broken.png'), testPng(9).subarray(0, 60));
  expect(await bench.json('new', bench.project)).toMatchObject({ project: { name: 'project', images: 0 } });
  const imported = await bench.json('import', bench.project, bench.photos, '--copy');
  expect(imported).toMatchObject({ added: 2, refused: 1, problems: [{ name: expect.stringContaining('broken.png'), sentence: expect.any(String) }] });
  expect(await bench.json('import', bench.project, bench.photos)).toMatchObject({ added: 0, known: 2 });
  await annotateAll();
  expect(await bench.json('status', bench.project)).toMatchObject({ total: 2, states: { submitted: 2 }, captions: 2 });
  const exported = await bench.json('export', bench.project, '--profile', 'molmo-folders');
  expect(exported).toMatchObject({ images: 2, profile: 'molmo-folders', folder: expect.stringContaining(path.join(bench.project, 'exports')) });
  expect(await bench.json('verify', bench.project)).toMatchObject({ ok: true, images: 2, problems: [] });
  expect(await bench.json('verify', exported['folder'] as string)).toMatchObject({ ok: true, kind: 'verify-export' });
});

test('bad input ends with one line that says what to do, and exit code 2', async () => {
  bench = createBench(0);
  await bench.cli('new', bench.project);
  writeFileSync(path.join(bench.folder, 'file'), '');
  const nowhere = path.join(bench.folder, 'nowhere');
  const cases: [string[], RegExp][] = [
    [[], /pointillist --help/],
    [['annotate'], /no command annotate/],
    [['status'], /<project> is missing.*status --help/],
    [['status', bench.project, 'more'], /one word too many/],
    [['status', nowhere], /./],
    [['new', bench.project], /./],
    [['new', bench.folder], /./],
    [['import', bench.project], /<paths> is missing/],
    [['import', bench.project, nowhere], /nowhere is not there/],
    [['import', bench.project, bench.photos, '--mvoe'], /no option --mvoe/],
    [['export', bench.project], /--profile/],
    [['export', bench.project, '--profile', 'coco'], /molmo-folders, molmo2, pixmo-parquet/],
    [['export', bench.project, '--profile', 'pixmo-parquet', '--states', 'submitted,finished'], /finished/],
    [['export', bench.project, '--profile', 'pixmo-parquet', '--validation-share', '0.9'], /0 to 0\.5/],
    [['export', bench.project, '--profile', 'pixmo-parquet', '--validation-share', 'half'], /0 to 0\.5/],
    [['verify', bench.photos], /neither a project nor an export/],
    [['serve', bench.project, '--port', '70000'], /0 to 65535/],
    [['serve', bench.project, '--host', '0.0.0.0'], /--allow-network/],
    [['status', bench.project, '--lang', 'de'], /en, ja/],
    [['status', bench.project, '--lang'], /--lang/],
  ];
  for (const [words, sentence] of cases) {
    const outcome = await bench.cli(...words);
    expect({ words, code: outcome.code, out: outcome.out }).toEqual({ words, code: 2, out: '' });
    expect(outcome.err).toMatch(sentence);
    expect(outcome.err.trimEnd().split('\n')).toHaveLength(1);
    expect(outcome.err).not.toMatch(/at .*\.ts:\d+|undefined|code-|\{\{/);
  }
});

test('an export of nothing finished fails with the reason', async () => {
  await prepared(1);
  const { code, out, err } = await bench.cli('export', bench.project, '--profile', 'pixmo-parquet');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test('a failure with --json is a document too', async () => {
  bench = createBench(0);
  const { code, out } = await bench.cli('status', path.join(bench.folder, 'nowhere'), '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ error: { key: 'not-a-project', exitCode: 2 } });
});

test('the language follows LANG, and --lang goes before it', async () => {
  bench = createBench(0);
  bench.env['LANG'] = 'ja_JP.UTF-8';
  expect((await bench.cli('new', bench.project, '--name', '縞模様')).out).toBe(`プロジェクト「縞模様」を ${bench.project} に作りました\n`);
  expect((await bench.cli('status')).err).toMatch(/を指定してください/);
  expect((await bench.cli('--help')).out).toMatch(/^使い方:/);
  expect((await bench.cli('status', bench.project, '--lang=en')).out).toMatch(/to do/);
  expect((await bench.cli('--lang', 'en', 'status', bench.project)).out).toMatch(/to do/);
});

test('help and version go to standard output and succeed', async () => {
  bench = createBench(0);
  const help = await bench.cli('--help');
  expect(help.code).toBe(0);
  for (const command of ['new', 'import', 'status', 'export', 'verify', 'serve']) {
    expect(help.out).toMatch(new RegExp(`^ {2}${command}`, 'm'));
    expect((await bench.cli(command, '--help')).out).toMatch(new RegExp(`^Usage: pointillist ${command}`));
  }
  expect((await bench.cli('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a project that another program holds is left alone, and the sentence says who has it', async () => {
  bench = createBench(0);
  await bench.cli('new', bench.project);
  await withProject(runOf(), bench.project, async () => {
    const outcome = await bench.cli('status', bench.project);
    expect(outcome).toMatchObject({ code: 1, out: '' });
    expect(outcome.err).toMatch(/^The project is open in another pointillist command, by .+ on .+, since .+\. Close it there first\.\n$/);
  });
  expect((await bench.cli('status', bench.project)).code).toBe(0);
});

test('verify fails and names what differs when a project shows something else than its log', async () => {
  await prepared(2);
  await annotateAll();
  const { db } = openDatabase(bench.project, false);
  db.exec("UPDATE caption SET text = 'forged' WHERE id = (SELECT id FROM caption LIMIT 1)");
  db.close();
  const outcome = await bench.cli('verify', bench.project);
  expect(outcome).toMatchObject({ code: 1, out: '' });
  expect(outcome.err).toMatch(/problem.*\n {2}.*caption differs from its log/);
  const json = await bench.cli('verify', bench.project, '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.stringContaining('caption')]) });
});

test('verify fails when a file of an export was changed, is gone or does not belong', async () => {
  await prepared(2);
  await annotateAll();
  const { folder } = await bench.json<{ folder: string }>('export', bench.project, '--profile', 'pixmo-parquet');
  appendFileSync(path.join(folder, 'README.md'), 'more');
  mkdirSync(path.join(folder, 'extra'));
  writeFileSync(path.join(folder, 'extra', 'file.txt'), '');
  const { code, err } = await bench.cli('verify', folder);
  expect(code).toBe(1);
  expect(err).toMatch(/README\.md/);
  expect(err).toMatch(/extra\/file\.txt/);
});

test('Ctrl+C cancels cleanly: exit code 130, the project whole and free', async () => {
  bench = createBench(0);
  await bench.cli('new', bench.project);
  const many = path.join(bench.folder, 'many');
  mkdirSync(many);
  for (let i = 0; i < 150; i++) writeFileSync(path.join(many, `${i}.png`), testPng(i, 500, 400));
  // As a program of its own, so that the signal is a real one.
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), 'import', bench.project, many, '--copy'], {
    env: { ...process.env, ...bench.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data));
  // The job is under way once it has put a file into the project.
  while (!existsSync(path.join(bench.project, 'media')) || readdirSync(path.join(bench.project, 'media'), { recursive: true }).length < 4) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(child.exitCode).toBeNull();
  }
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
  expect(said).toMatch(/Cancelled\. What was finished is kept\.\n$/);
  expect(await bench.json('verify', bench.project)).toMatchObject({ ok: true });
  expect(await bench.json('import', bench.project, many, '--copy')).toMatchObject({ refused: 0 });
  expect(await bench.json('status', bench.project)).toMatchObject({ total: 150 });
});
