import { afterEach, expect, test } from 'vitest';
import { addCaption, addPoint, addPointSet, setState } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { applyOps } from '../../shared/domain/ops.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { withProject } from './session.ts';
import { type Bench, createBench } from './testing.ts';
import { createVoice } from './terminal.ts';

let bench: Bench;
afterEach(() => bench.remove());

/** Writes this caption on every image, with two points of a label, and hands it in. */
async function write(caption: string): Promise<void> {
  const terminal = { env: bench.env, signal: new AbortController().signal, columns: null, out: () => {}, err: () => {} };
  await withProject({ terminal, voice: createVoice(terminal, 'en'), json: false }, bench.project, async ({ client }) => {
    const { me } = await client.call('app.info', {});
    const { images } = await client.call('images.page', { filter: {}, offset: 0, limit: 100 });
    for (const { id } of images) await writeOn(client, id, me.id, caption);
  });
}
async function writeOn(client: Client, imageId: string, me: string, caption: string): Promise<void> {
  const { doc, rev } = await client.call('edits.load', { imageId });
  const setId = newId();
  const ops = [...addCaption(me, caption), ...addPointSet(me, 'dog', 'present', setId)];
  for (const x of [20, 60]) ops.push(...addPoint(applyOps(doc, ops).doc, setId, x, 50));
  // A lead may accept what could not be handed in: exports look again.
  const all = [...setState(doc, 'accepted'), ...ops];
  await client.call('edits.apply', { eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: all });
}

test('lint names what it finds and fails where something is as severe as was asked', async () => {
  bench = createBench(2);
  await bench.cli('new', bench.project);
  await bench.cli('import', bench.project, bench.photos);
  await write('Three dogs sit there.');
  const calm = await bench.cli('lint', bench.project);
  expect(calm.code).toBe(0);
  expect(calm.out).toMatch(/count-contradicts-points: 2 open on 2 images/);
  expect(calm.out).toContain('“Three dogs” in the text, 2 points labelled “dog”');
  const strict = await bench.cli('lint', bench.project, '--fail-on', 'warning', '--json');
  expect(strict.code).toBe(1);
  const document = JSON.parse(strict.out) as { ok: boolean; findings: { code: string; image: string; params: object }[] };
  expect(document.ok).toBe(false);
  const found = document.findings.filter(({ code }) => code === 'count-contradicts-points').sort((a, b) => (a.image < b.image ? -1 : 1));
  const params = { said: 3, points: 2, label: 'dog' };
  expect(found).toMatchObject([
    { image: 'below/photo-1.png', params },
    { image: 'photo-0.png', params },
  ]);
  expect((await bench.cli('lint', bench.project, '--fail-on', 'never')).code).toBe(0);
  expect((await bench.cli('lint', bench.project, '--fail-on', 'often')).code).toBe(2);
});

test('an export stops for findings that hold it back, and leaves them out or takes them where that is asked', async () => {
  bench = createBench(2);
  await bench.cli('new', bench.project);
  await bench.cli('import', bench.project, bench.photos);
  await write('Two dogs beside <image> there.');
  const stopped = await bench.cli('export', bench.project, '--profile', 'pixmo-parquet');
  expect(stopped.code).toBe(1);
  expect(stopped.err).toContain('findings hold back 2 images (loader-token (2))');
  expect((await bench.cli('export', bench.project, '--profile', 'pixmo-parquet', '--findings', 'leave-out')).code).toBe(1);
  expect(await bench.json('export', bench.project, '--profile', 'pixmo-parquet', '--findings', 'take')).toMatchObject({ images: 2 });
});
