import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hasDefaultEncoder } from '../../scripts/default-encoder.mjs';
import { addPoint, addPointSet } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../shared/domain/image.ts';
import type { Evaluation } from '../../shared/domain/evaluation.ts';
import { targets } from '../core/encoder/testing/photos.ts';
import { withProject } from './session.ts';
import { type Bench, createBench } from './testing.ts';
import { createVoice, type Run } from './terminal.ts';

let bench: Bench;
afterEach(() => bench.remove());
const coins = targets.find(({ label }) => label === 'coin')!;

/** A project with the photo of coins, each pointed at by a person. */
async function pointedAt(): Promise<void> {
  bench = createBench(0);
  const photos = path.join(bench.folder, 'coins');
  mkdirSync(photos);
  copyFileSync(path.join(import.meta.dirname, '../../assets/sample-photos/coins.jpg'), path.join(photos, 'coins.jpg'));
  await bench.cli('new', bench.project);
  await bench.json('import', bench.project, photos);
  const terminal = { env: bench.env, signal: new AbortController().signal, columns: null, out: () => {}, err: () => {} };
  const run: Run = { terminal, voice: createVoice(terminal, 'en'), json: false };
  await withProject(run, bench.project, async ({ client }) => {
    const { me } = await client.call('app.info', {});
    const { images } = await client.call('images.page', { filter: imageFilterSchema.parse({}), offset: 0, limit: 1 });
    const imageId = images[0]!.id;
    const setId = newId();
    const save = async (opsOf: (doc: Parameters<typeof addPoint>[0]) => ReturnType<typeof addPoint>) => {
      const { doc, rev } = await client.call('edits.load', { imageId });
      await client.call('edits.apply', { eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: opsOf(doc) });
    };
    await save(() => addPointSet(me.id, 'coin', 'present', setId));
    await save((doc) => coins.points.flatMap(({ xPct, yPct }) => addPoint(doc, setId, xPct, yPct)));
  });
}

if (!hasDefaultEncoder()) console.warn('SKIPPED: the default encoder is not there; `node scripts/default-encoder.mjs` makes it');
describe.skipIf(!hasDefaultEncoder())('evaluate', () => {
  test('says precision and recall for each label of a project with points', async () => {
    await pointedAt();
    const evaluation = await bench.json<Evaluation & { project: string }>('evaluate', bench.project);
    expect(evaluation).toMatchObject({
      project: bench.project,
      encoder: { id: 'nanodet-g', name: 'NanoDet-g' },
      skipped: 0,
      labels: [{ label: 'coin', images: 1, clicks: 24, wanted: 24 * 23 }],
    });
    expect(evaluation.all.recall).toBeGreaterThan(22 / 23);
    expect(evaluation.all.precision).toBeGreaterThan(0.95);
    const said = await bench.cli('evaluate', bench.project, '--encoder', 'nanodet-g');
    expect(said.out).toMatch(/^NanoDet-g: precision and recall[^\n]*\n +\d[\d.]*% +\d[\d.]*% {2}coin \(24 clicks, images: 1\)\n[^\n]*all labels/);
  });

  test('says so where there is nothing to find, and where the encoder is not there', async () => {
    bench = createBench(1);
    await bench.cli('new', bench.project);
    await bench.json('import', bench.project, bench.photos);
    expect((await bench.cli('evaluate', bench.project)).out).toMatch(/^No label has two points or more/);
    expect(await bench.cli('evaluate', bench.project, '--encoder', 'another')).toMatchObject({ code: 2, err: expect.stringContaining('another') });
  });
});
