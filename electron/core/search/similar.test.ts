import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { imageFilterSchema } from '../../../shared/domain/image.ts';
import type { RankResult } from '../../../shared/rpc/machine-contract.ts';
import { onVectors, putVectors } from '../db/embeddings.ts';
import { imageIds, imagePage, imagePosition } from '../db/images.ts';
import { indexImage } from '../db/search.ts';
import { writeSettings } from '../db/settings.ts';
import { fixtureModel } from '../encoder/test-encoders.ts';
import { imagePlan } from '../encoder/preprocess.ts';
import { runImport } from '../importers/import-images.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { createSearchProcess, type SearchProcess } from './search-process.ts';
import { createSimilar, type Similar } from './similar.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
const model = fixtureModel('shapes-clip');
let project: TestProject;
let search: SearchProcess;
let similar: Similar;
let ids: Record<string, string>;
const colours = { red: '#d02020', green: '#20a030', blue: '#2040d0', yellow: '#e8d020' };
const circle = (colour: string, x = 48) => `<circle cx="${x}" cy="48" r="26" fill="${colour}"/>`;
const square = (colour: string, x = 22) => `<rect x="${x}" y="22" width="52" height="52" fill="${colour}"/>`;
const filter = (values: object) => imageFilterSchema.parse(values);
const names = (values: object) => imagePage(project.db, filter(values), 0, 50).images.map(({ name }) => path.basename(name, '.png'));
const ranked = (result: RankResult) => {
  if (result.status !== 'ranked') throw new Error(result.status);
  return result;
};

beforeAll(async () => {
  project = await testProject();
  await mkdir(project.files, { recursive: true });
  const draw = (name: string, width: number, shapes: string) =>
    sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="96"><rect width="100%" height="100%" fill="#b8b8b8"/>${shapes}</svg>`))
      .png()
      .toFile(path.join(project.files, `${name}.png`));
  for (const [name, colour] of Object.entries(colours)) {
    await draw(`${name}-circle`, 96, circle(colour));
    await draw(`${name}-square`, 96, square(colour));
  }
  await draw('two', 192, circle(colours.red) + square(colours.blue, 118));
  await runImport(project, { paths: [project.files], mode: 'reference' }, { id: 'job', signal: new AbortController().signal, progress: () => {} });
  const images = project.db.prepare('SELECT num, id, name, path, width_px AS w, height_px AS h FROM image ORDER BY num').all() as {
    num: number;
    id: string;
    name: string;
    path: string;
    w: number;
    h: number;
  }[];
  ids = Object.fromEntries(images.map(({ id, name }) => [path.basename(name, '.png'), id]));
  project.db.prepare('INSERT INTO encoder (num, hash, id, dim) VALUES (1, ?, ?, 128)').run(model.hash, model.manifest.id);
  for (const { num, path: file, w, h } of images) {
    const { region, width, height, kernel } = imagePlan(model.manifest, w, h);
    const pixels = await project.media.run('pixels', { path: file, region, width, height, kernel });
    const { vectors } = await project.encoder.run('embed-images', { model, images: [pixels] });
    putVectors(project.db, 1, [{ imageNum: num, vector: vectors[0]! }]);
  }
  writeSettings(project.db, { encoder: { id: model.manifest.id, autoIndex: false } });
  search = createSearchProcess(project.host, project.folder);
  similar = createSimilar(project, search, async (id) => (id === model.manifest.id ? model : null));
});
afterAll(async () => {
  search.close();
  await project.close();
});

test('more like this puts the image itself first, with scores that fall, and pages like any list', async () => {
  const { rankingId, count, indexed, total } = ranked(await similar.rank({ imageId: ids['red-circle']!, crop: null }));
  expect({ count, indexed, total }).toEqual({ count: 9, indexed: 9, total: 9 });
  const { images, total: listed } = imagePage(project.db, filter({ ranking: rankingId, sort: 'similarity' }), 0, 50);
  expect(listed).toBe(9);
  expect(images[0]!.id).toBe(ids['red-circle']);
  expect(images[0]!.similarity).toBeGreaterThan(0.999);
  for (const [at, image] of images.entries()) if (at > 0) expect(image.similarity!).toBeLessThanOrEqual(images[at - 1]!.similarity!);
  expect(imageIds(project.db, filter({ ranking: rankingId, sort: 'similarity' }), 3, 2)).toEqual(images.slice(3, 5).map(({ id }) => id));
  expect(imagePosition(project.db, filter({ ranking: rankingId, sort: 'similarity' }), images[4]!.id).position).toBe(4);
});

test('words find what looks like them and what has them in its texts, which comes first', async () => {
  const { rankingId } = ranked(await similar.rank({ text: 'a photo of a red circle' }));
  expect(names({ ranking: rankingId, sort: 'similarity' })[0]).toBe('red-circle');
  const { rankingId: blue } = ranked(await similar.rank({ text: 'a blue square' }));
  const both = names({ text: 'yellow', ranking: blue, sort: 'similarity' });
  expect(both.slice(0, 2).every((name) => name.startsWith('yellow'))).toBe(true);
  expect(both.slice(2, 4)).toContain('blue-square');
});

test('a part of an image finds what is in it', async () => {
  const { rankingId } = ranked(await similar.rank({ imageId: ids['two']!, crop: { xPct: 50, yPct: 0, widthPct: 50, heightPct: 100 } }));
  expect(names({ ranking: rankingId, sort: 'similarity' })[0]).toBe('blue-square');
  const { rankingId: left } = ranked(await similar.rank({ imageId: ids['two']!, crop: { xPct: 0, yPct: 0, widthPct: 50, heightPct: 100 } }));
  expect(names({ ranking: left, sort: 'similarity' })[0]).toBe('red-circle');
});

test('every filter and the full text choose among what is ranked by an image', async () => {
  const num = project.db.prepare('SELECT num FROM image WHERE id = ?').pluck().get(ids['green-square']) as number;
  project.db.prepare("UPDATE image SET state = 'submitted' WHERE num = ?").run(num);
  indexImage(project.db, num);
  const { rankingId: ranking } = ranked(await similar.rank({ imageId: ids['red-circle']!, crop: null }));
  expect(names({ ranking, sort: 'similarity', states: ['submitted'] })).toEqual(['green-square']);
  expect(names({ ranking, sort: 'similarity', text: 'square' }).every((name) => name.endsWith('square'))).toBe(true);
  expect(names({ ranking, sort: 'name' })[0]).toBe('blue-circle');
});

test('what is most different from the finished work comes next, and the work itself is not in it', async () => {
  project.db.prepare("UPDATE image SET state = 'submitted' WHERE id = ?").run(ids['red-circle']);
  const { rankingId } = ranked(await similar.rank({ order: 'different' }));
  const order = names({ ranking: rankingId, sort: 'similarity' });
  expect(order).not.toContain('red-circle');
  expect(order.length).toBe(7);
  expect(ranked(await similar.rank({ order: 'outliers' })).count).toBe(9);
});

test('a vector that is made while the project is searched is found at once', async () => {
  onVectors(project.db, (encoderNum, nums) => search.added(encoderNum, nums));
  const num = project.db.prepare('SELECT num FROM image WHERE id = ?').pluck().get(ids['green-square']) as number;
  const of = (name: string) =>
    project.db.prepare('SELECT vector FROM embedding JOIN image ON num = image_num WHERE image.id = ?').pluck().get(ids[name]) as Buffer;
  putVectors(project.db, 1, [{ imageNum: num, vector: Float32Array.from(new Float16Array(Uint8Array.from(of('blue-circle')).buffer)) }]);
  const { rankingId } = ranked(await similar.rank({ imageId: ids['blue-circle']!, crop: null }));
  expect(names({ ranking: rankingId, sort: 'similarity' }).slice(0, 2)).toContain('green-square');
});

test('without an encoder, without vectors and for a ranking that is gone it says so', async () => {
  const none = createSimilar(project, search, async () => null);
  expect(await none.rank({ text: 'red' })).toEqual({ status: 'no-encoder' });
  const unknown = createSimilar(project, search, async () => ({ ...model, hash: 'other' }));
  expect(await unknown.rank({ text: 'red' })).toMatchObject({ status: 'not-indexed' });
  expect(() => names({ ranking: ids['two'], sort: 'similarity' })).toThrow('no longer kept');
});
