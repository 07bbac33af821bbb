import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../../shared/rpc/errors.ts';
import { countVectors, encoderNum, vectorOf } from '../db/embeddings.ts';
import { runImport } from '../importers/import-images.ts';
import type { JobHandle } from '../jobs/runner.ts';
import { madePicture, writeJpeg } from '../media/test-photos.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import type { EncoderProcess } from './encoder-process.ts';
import { indexImages } from './index-images.ts';
import type { PixelBlock } from './messages.ts';
import { fixtureModel } from './test-encoders.ts';

const IMAGES = 24;
const model = fixtureModel('shapes-clip');
let project: TestProject;
const handle = (signal = new AbortController().signal, progress: JobHandle['progress'] = () => {}): JobHandle => ({ id: 'job', signal, progress });

beforeEach(async () => {
  project = await testProject();
  await mkdir(project.files, { recursive: true });
  for (let seed = 0; seed < IMAGES; seed++)
    await writeJpeg(madePicture(seed, 160, 120), path.join(project.files, `photo-${String(seed).padStart(2, '0')}.jpg`));
  await runImport(project, { paths: [project.files], mode: 'reference' }, handle());
});
afterEach(() => project.close());

const encoder = () => encoderNum(project.db, { hash: model.hash, id: model.manifest.id, dim: 128 });
const images = () => project.db.prepare('SELECT num, id, name FROM image ORDER BY num').all() as { num: number; id: string; name: string }[];
/** The project with an encoder process that is asked through a test's hands. */
const through = (
  run: (call: () => Promise<{ vectors: readonly Float32Array[] }>, blocks: readonly PixelBlock[]) => Promise<{ vectors: readonly Float32Array[] }>,
): TestProject => {
  const passing: EncoderProcess['run'] = (_kind, input, ...rest) =>
    run(() => project.encoder.run('embed-images', input as never, ...rest), (input as unknown as { images: PixelBlock[] }).images) as never;
  return { ...project, encoder: { ...project.encoder, run: passing } };
};

test('every image gets a vector that its pixels alone decide, kept as float16', async () => {
  const seen: number[] = [];
  const result = await indexImages(
    project,
    model,
    handle(undefined, (done) => void seen.push(done)),
  );
  expect(result).toEqual({ kind: 'embed', encoder: 'shapes-clip', indexed: IMAGES, left: 0, skipped: [] });
  expect(seen.at(-1)).toBe(IMAGES);
  const vectors = images().map(({ num }) => vectorOf(project.db, encoder(), num)!);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 2);
  expect(new Set(vectors.map((vector) => vector.join())).size).toBe(IMAGES);
  // Nothing is left to do.
  expect(await indexImages(project, model, handle())).toMatchObject({ indexed: 0, left: 0 });
});

test('a job that is stopped goes on where it was', async () => {
  const abort = new AbortController();
  let calls = 0;
  const stopping = through(async (call) => {
    if (++calls === 3) abort.abort();
    return await call();
  });
  await indexImages(stopping, model, handle(abort.signal));
  const before = countVectors(project.db, encoder());
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(IMAGES);
  expect(await indexImages(project, model, handle())).toMatchObject({ indexed: IMAGES - before });
  expect(countVectors(project.db, encoder())).toBe(IMAGES);
});

test('a process that is killed in the middle costs nothing', async () => {
  let calls = 0;
  const killing = through(async (call) => {
    const answer = call();
    if (++calls === 3) project.workers.at(-1)!.kill();
    return await answer;
  });
  expect(await indexImages(killing, model, handle())).toMatchObject({ indexed: IMAGES, left: 0 });
  expect(project.logged).toContain('the encoder process ended (SIGKILL)');
});

test('an image that always kills the process is left out with its reason, and all others are indexed', async () => {
  const [, , , , , deadly] = images();
  let bytes: Uint8Array | null = null;
  // Whatever batch it is in: known by its pixels.
  const { path: file } = project.db.prepare('SELECT path FROM image WHERE num = ?').get(deadly!.num) as { path: string };
  bytes = (await project.media.run('pixels', { path: file, region: null, width: 96, height: 96, kernel: 'linear' })).data;
  const dying = through(async (call, blocks) => {
    if (blocks.some(({ data }) => Buffer.compare(data, bytes) === 0)) throw new AppError('unavailable', 'died', { key: 'encoder-died' });
    return await call();
  });
  expect(await indexImages(dying, model, handle())).toEqual({
    kind: 'embed',
    encoder: 'shapes-clip',
    indexed: IMAGES - 1,
    left: 1,
    skipped: [{ name: deadly!.name, reason: 'encoder-died' }],
  });
});

test('files that are gone or damaged are left out with their reason', async () => {
  await rm(path.join(project.files, 'photo-03.jpg'));
  await writeFile(path.join(project.files, 'photo-07.jpg'), 'no picture');
  const result = await indexImages(project, model, handle());
  expect(result).toMatchObject({ indexed: IMAGES - 2, left: 2 });
});

test('the image on the screen is done first', async () => {
  const last = images().at(-1)!;
  const order: number[] = [];
  const first = through(async (call) => {
    const answer = await call();
    order.push(vectorOf(project.db, encoder(), last.num) === null ? 0 : 1);
    return answer;
  });
  await indexImages(first, model, handle(), () => [last.id]);
  // Written once the first batches came back, not at the end.
  expect(order.slice(0, 4)).toContain(1);
  expect(countVectors(project.db, encoder())).toBe(IMAGES);
});

test('an encoder that can encode nothing ends the job with its reason', async () => {
  const broken = { ...model, hash: 'broken', manifest: { ...model.manifest, vision: 'gone.onnx' } };
  await expect(indexImages(project, broken, handle())).rejects.toMatchObject({ details: { key: 'encoder-graph' } });
});
