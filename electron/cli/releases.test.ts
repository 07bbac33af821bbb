import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { addCaption, setState } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../shared/domain/image.ts';
import { withProject } from './session.ts';
import { type Bench, createBench } from './testing.ts';
import { createVoice, type Run } from './terminal.ts';

vi.setConfig({ testTimeout: 60_000 });

let bench: Bench;
afterEach(() => bench.remove());
const runOf = (): Run => {
  const terminal = { env: bench.env, signal: new AbortController().signal, columns: null, out: () => {}, err: () => {} };
  return { terminal, voice: createVoice(terminal, 'en'), json: false };
};
/** Writes a caption on the first image. */
const write = (text: string) =>
  withProject(runOf(), bench.project, async ({ client }) => {
    const { me } = await client.call('app.info', {});
    const { images } = await client.call('images.page', { filter: imageFilterSchema.parse({}), offset: 0, limit: 1 });
    const imageId = images[0]!.id;
    const { doc, rev } = await client.call('edits.load', { imageId });
    const ops = [...addCaption(me.id, text), ...setState(doc, 'submitted')];
    await client.call('edits.apply', { eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops });
  });

test('a release is made, listed, exported the same after more work, and compared as Markdown', async () => {
  bench = createBench(2);
  await bench.cli('new', bench.project);
  await bench.cli('import', bench.project, bench.photos);
  await write('Stripes.');
  expect((await bench.cli('releases', bench.project)).out).toMatch(/^No releases yet/);
  expect(await bench.cli('release', bench.project, 'v1', '--note', 'pilot')).toMatchObject({ code: 0 });
  const out = path.join(bench.folder, 'out');
  const first = await bench.json('export', bench.project, '--profile', 'llava', '--release', 'v1', '--out', out);
  await write('More stripes.');
  const second = await bench.json('export', bench.project, '--profile', 'llava', '--release', 'v1', '--out', out);
  expect(second).toMatchObject({ rows: first['rows'], sizeBytes: first['sizeBytes'], release: 'v1' });
  await bench.cli('release', bench.project, 'v2');
  const { releases } = await bench.json<{ releases: { name: string; note: string }[] }>('releases', bench.project);
  expect(releases.map(({ name, note }) => [name, note])).toEqual([
    ['v2', ''],
    ['v1', 'pilot'],
  ]);
  const diff = await bench.cli('diff', bench.project, 'v1', 'v2');
  expect(diff).toMatchObject({ code: 0 });
  expect(diff.out).toContain('# v1 → v2');
  expect(diff.out).toContain('| captions added | 1 |');
  expect(diff.out).toContain('- caption added: “More stripes.”');
});

test('what can not be meant ends with one line and exit code 2, what can not be done with one line and exit code 1', async () => {
  bench = createBench(1);
  await bench.cli('new', bench.project);
  await bench.cli('import', bench.project, bench.photos);
  await write('Stripes.');
  await bench.cli('release', bench.project, 'v1');
  const asks: [string[], number, RegExp][] = [
    [['release', bench.project, 'v1'], 1, /There is a release v1 already/],
    [['release', bench.project, 'a/b'], 2, /can’t be the name of a release/],
    [['diff', bench.project, 'v1', 'v9'], 2, /There is no release v9/],
    [['export', bench.project, '--profile', 'llava', '--release', 'v9'], 1, /There is no release v9/],
    [['export', bench.project, '--profile', 'llava', '--people', 'Nobody'], 2, /Nobody in this project is called Nobody/],
    [['export', bench.project, '--profile', 'pixmo-parquet', '--reference'], 1, /needs the images themselves/],
    [['export', bench.project, '--profile', 'llava', '--validation-list', path.join(bench.folder, 'none.txt')], 2, /is not there/],
    [['export', bench.project, '--profile', 'llava', '--quality', '101'], 2, /--quality must be a number from 1 to 100/],
  ];
  for (const [words, code, sentence] of asks) {
    const outcome = await bench.cli(...words);
    expect({ words, code: outcome.code }).toEqual({ words, code });
    expect(outcome.err).toMatch(sentence);
    expect(outcome.err.trimEnd().split('\n')).toHaveLength(1);
  }
});
