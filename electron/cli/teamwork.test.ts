import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { addCaption } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../shared/domain/image.ts';
import { withProject } from './session.ts';
import { createVoice, type Run } from './terminal.ts';
import { type Bench, createBench } from './testing.ts';

vi.setConfig({ testTimeout: 120_000 });

let bench: Bench;
afterEach(() => bench.remove());
/** Writes a caption on every image of a project, as whoever it is worked on by. */
const write = (folder: string, text: string) => {
  const terminal = { env: bench.env, signal: new AbortController().signal, columns: null, out: () => {}, err: () => {} };
  const run: Run = { terminal, voice: createVoice(terminal, 'en'), json: false };
  return withProject(run, folder, async ({ client }) => {
    const { me } = await client.call('app.info', {});
    const { images } = await client.call('images.page', { filter: imageFilterSchema.parse({}), offset: 0, limit: 10 });
    for (const { id: imageId } of images) {
      const { rev } = await client.call('edits.load', { imageId });
      await client.call('edits.apply', { eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: addCaption(me.id, text) });
    }
    return me.name;
  });
};

test('a project is split, each part is worked on under its person’s name, handed in and merged, and verify is clean', async () => {
  bench = createBench(3);
  await bench.cli('new', bench.project);
  await bench.cli('import', bench.project, bench.photos);
  const out = path.join(bench.folder, 'out');
  const { packages } = await bench.json<{ packages: { person: string; images: number; file: string }[] }>(
    'package',
    bench.project,
    '--to',
    out,
    '--people',
    'Aki, Ben',
  );
  expect(packages.map(({ person, images }) => [person, images])).toEqual([
    ['Aki', 2],
    ['Ben', 1],
  ]);
  const back: string[] = [];
  for (const { person, file } of packages) {
    const { project } = await bench.json<{ project: string }>('unpack', file);
    expect(await write(project, `by ${person}`)).toBe(person);
    back.push((await bench.json<{ file: string }>('hand-in', project, '--to', out)).file);
  }
  const merged = await bench.json<{ merged: { events: number; people: { name: string }[] }[]; unsettled: object }>(
    'merge',
    bench.project,
    ...back.toReversed(),
  );
  expect(merged.merged.map(({ events, people }) => [events, people[0]!.name])).toEqual([
    [1, 'Ben'],
    [2, 'Aki'],
  ]);
  expect(merged.unsettled).toEqual({ conflicts: 0, images: 0 });
  expect(await bench.json('verify', bench.project)).toMatchObject({ ok: true, problems: [] });
  const asks: [string[], number, RegExp][] = [
    [['merge', bench.project, path.join(bench.folder, 'none')], 1, /There is nothing at/],
    [['merge', bench.project, path.join(bench.photos, 'photo-0.png')], 1, /neither a Pointillist project nor a work package/],
    [['unpack', back[0]!], 2, /work that (Aki|Ben) handed in/],
    [['hand-in', bench.project, '--to', out], 2, /no work package/],
  ];
  for (const [words, code, sentence] of asks) {
    const outcome = await bench.cli(...words);
    expect({ words, code: outcome.code }).toEqual({ words, code });
    expect(outcome.err).toMatch(sentence);
  }
});
