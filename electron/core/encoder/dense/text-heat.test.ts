import { beforeAll, expect, test } from 'vitest';
import { embedImages, embedTexts } from '../embed.ts';
import { type Models, createModels, outputOf } from '../model.ts';
import { pictureBatch } from '../preprocess.ts';
import { createSessions } from '../session.ts';
import { blockOf, fixtureFile, fixtureJson, fixtureModel } from '../test-encoders.ts';
import { findPeaks, upsample } from './peaks.ts';
import { type AlignedMap, queryOf, textHeat, textsOf } from './text-heat.ts';

interface Scene {
  file: string;
  width: number;
  height: number;
  objects: { colour: string; kind: string; x: number; y: number; radius_x: number; radius_y: number }[];
}
/** What Python reaches on the same scenes (fixtures/README.md), as shares. */
const PYTHON = { zeroShot: 0.9, colour: 1, pointing: 0.975, precision: 0.913, recall: 0.923, f1: 0.918 };
const TWO_POINTS = 0.02;
const model = fixtureModel('shapes-clip');
const { manifest } = model;
const labels = manifest['labels'] as { colours: string[]; kinds: string[] };
const words = labels.colours.flatMap((colour) => labels.kinds.map((kind) => `${colour} ${kind}`));
const { scenes } = fixtureJson('shapes-clip', 'scenes', 'ground_truth.json') as { scenes: Scene[] };
const begin = () => {};
let models: Models;
let texts: Map<string, Float32Array>;
let maps: AlignedMap[];

const tokensOf = async (scene: Scene): Promise<AlignedMap> => {
  const graph = await models.vision(model, begin);
  const name = outputOf(model, graph, 'patches')!;
  const batch = pictureBatch(manifest, [await blockOf(model, fixtureFile('shapes-clip', 'scenes', scene.file))]);
  const { data, dims } = (await graph.run({ pixel_values: batch }, [name]))[name]!;
  const stride = dims[2]!;
  const vectors = data.slice();
  for (let at = 0; at < vectors.length; at += stride) {
    const length = Math.hypot(...vectors.subarray(at, at + stride));
    for (let i = at; i < at + stride; i++) vectors[i]! /= length;
  }
  return { columns: 12, rows: 12, stride, vectors };
};
beforeAll(async () => {
  models = createModels(createSessions({ threads: 1 }));
  const vectors = await embedTexts(
    models,
    model,
    words.map((word) => `a photo of a ${word}`),
    begin,
  );
  texts = new Map(words.map((word, at) => [word, vectors[at]!]));
  maps = [];
  for (const scene of scenes) maps.push(await tokensOf(scene));
});

const heatOf = async (map: AlignedMap, label: string, others: string[] = []) => {
  const asked = textsOf(manifest, label, others);
  return textHeat(map, queryOf(manifest, others.length, await embedTexts(models, model, asked, begin)), manifest);
};
const inside = (object: Scene['objects'][number], xPct: number, yPct: number) =>
  ((xPct - object.x) / object.radius_x) ** 2 + ((yPct - object.y) / object.radius_y) ** 2 <= 1;
const nameOf = ({ colour, kind }: Scene['objects'][number]) => `${colour} ${kind}`;

test('tags of scenes with one object are as often right as in Python', async () => {
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  const single = scenes.filter((scene) => scene.objects.length === 1);
  let [right, colour] = [0, 0];
  for (const scene of single) {
    const [vector] = await embedImages(models, model, [await blockOf(model, fixtureFile('shapes-clip', 'scenes', scene.file))], begin);
    const best = words.toSorted((a, b) => dot(vector!, texts.get(b)!) - dot(vector!, texts.get(a)!))[0]!;
    if (best === nameOf(scene.objects[0]!)) right++;
    if (best.startsWith(scene.objects[0]!.colour)) colour++;
  }
  expect(single).toHaveLength(20);
  expect(Math.abs(right / single.length - PYTHON.zeroShot)).toBeLessThanOrEqual(TWO_POINTS);
  expect(Math.abs(colour / single.length - PYTHON.colour)).toBeLessThanOrEqual(TWO_POINTS);
});

test('the best patch for a label lies inside such an object as often as in Python', async () => {
  let [asked, hit] = [0, 0];
  for (const [at, scene] of scenes.entries()) {
    if (scene.objects.length < 2) continue;
    for (const label of new Set(scene.objects.map(nameOf))) {
      const { columns, rows, values } = await heatOf(maps[at]!, label);
      const best = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
      const [xPct, yPct] = [(((best % columns) + 0.5) / columns) * 100, ((Math.floor(best / columns) + 0.5) / rows) * 100];
      asked++;
      if (scene.objects.some((object) => nameOf(object) === label && inside(object, xPct, yPct))) hit++;
    }
  }
  expect(asked).toBe(118);
  expect(hit / asked).toBeGreaterThanOrEqual(PYTHON.pointing - TWO_POINTS);
});

test('peaks are points on objects with Python’s precision and recall', async () => {
  let [good, wrong, missed] = [0, 0, 0];
  for (const [at, scene] of scenes.entries()) {
    for (const label of new Set(scene.objects.map(nameOf))) {
      const heat = upsample(await heatOf(maps[at]!, label), 2);
      // 14 of 96 pixels apart.
      const peaks = findPeaks(heat, { radius: (14 / 96) * heat.columns, floor: manifest['peak_threshold'] as number });
      const left = scene.objects.filter((object) => nameOf(object) === label);
      for (const peak of peaks) {
        const found = left.findIndex((object) => inside(object, (peak.x / heat.columns) * 100, (peak.y / heat.rows) * 100));
        if (found < 0) wrong++;
        else {
          good++;
          left.splice(found, 1);
        }
      }
      missed += left.length;
    }
  }
  const [precision, recall] = [good / (good + wrong), good / (good + missed)];
  expect(precision).toBeGreaterThanOrEqual(PYTHON.precision - TWO_POINTS);
  expect(recall).toBeGreaterThanOrEqual(PYTHON.recall - TWO_POINTS);
  expect((2 * good) / (2 * good + wrong + missed)).toBeGreaterThanOrEqual(PYTHON.f1 - TWO_POINTS);
});

test('without a calibration a label is told apart from the background and from what all labels share', async () => {
  const bare = { logit_scale: manifest.logit_scale, dense_logit_scale: null, dense_logit_bias: null };
  let [asked, hit] = [0, 0];
  for (const [at, scene] of scenes.entries()) {
    const present = [...new Set(scene.objects.map(nameOf))];
    if (present.length < 2) continue;
    for (const label of present) {
      const others = present.filter((other) => other !== label);
      const uncalibrated = { ...manifest, dense_logit_scale: null };
      const query = queryOf(uncalibrated, others.length, await embedTexts(models, model, textsOf(uncalibrated, label, others), begin));
      const { columns, rows, values } = textHeat(maps[at]!, query, bare);
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      const best = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
      asked++;
      const [xPct, yPct] = [(((best % columns) + 0.5) / columns) * 100, ((Math.floor(best / columns) + 0.5) / rows) * 100];
      if (scene.objects.some((object) => nameOf(object) === label && inside(object, xPct, yPct))) hit++;
    }
  }
  expect(hit / asked).toBeGreaterThan(0.9);
});
