import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { defaultEncoderFolder, hasDefaultEncoder } from '../../../scripts/default-encoder.mjs';
import { encoderManifestSchema } from '../../../shared/domain/encoder.ts';
import { promptsFor } from '../tags/suggest-tags.ts';
import { embedTexts } from './embed.ts';
import type { ModelRef } from './messages.ts';
import { createModels } from './model.ts';
import { scoreTags } from './score-tags.ts';
import { createSessions } from './session.ts';
import { blockOf, fixtureFile, fixtureJson, fixtureModel } from './test-encoders.ts';

vi.setConfig({ testTimeout: 120_000 });
const begin = () => {};
const models = createModels(createSessions({ threads: 1 }));

interface Scene {
  readonly file: string;
  readonly objects: readonly { readonly colour: string; readonly kind: string }[];
}

/** Mean over the words of the precision at each image that has the word, in the order of the scores. */
function meanAveragePrecision(words: readonly string[], images: readonly { scores: readonly number[]; has: ReadonlySet<string> }[]): number {
  const each = words.flatMap((word, at) => {
    const ranked = images.map(({ scores, has }) => ({ score: scores[at]!, hit: has.has(word) })).sort((a, b) => b.score - a.score);
    let [hits, sum] = [0, 0];
    ranked.forEach(({ hit }, rank) => {
      if (hit) sum += ++hits / (rank + 1);
    });
    return hits > 0 ? [sum / hits] : [];
  });
  return each.reduce((a, b) => a + b, 0) / each.length;
}

test('words of crowded scenes are ranked by their best patch as well as the encoder was measured to do', async () => {
  const model = fixtureModel('shapes-clip');
  const { labels } = fixtureJson('shapes-clip', 'model.json') as { labels: { colours: string[]; kinds: string[] } };
  const words = labels.colours.flatMap((colour) => labels.kinds.map((kind) => `${colour} ${kind}`));
  const vectors = await embedTexts(
    models,
    model,
    words.flatMap((word) => promptsFor(model.manifest, word)),
    begin,
  );
  const { scenes } = fixtureJson('shapes-clip', 'scenes', 'ground_truth.json') as { scenes: Scene[] };
  const images = [];
  for (const { file, objects } of scenes) {
    const image = await blockOf(model, fixtureFile('shapes-clip', 'scenes', file));
    images.push({ scores: await scoreTags(models, model, image, vectors, begin), has: new Set(objects.map(({ colour, kind }) => `${colour} ${kind}`)) });
  }
  const found = meanAveragePrecision(words, images);
  console.log(`tags of ${images.length} scenes, best patch: mAP ${(found * 100).toFixed(1)} (the encoder's own figure: 96.5)`);
  expect(found).toBeGreaterThan(0.945);
});

const present = hasDefaultEncoder();
if (!present) console.warn('SKIPPED: the default encoder is not there; `node scripts/default-encoder.mjs` makes it');

test.skipIf(!present).each([
  ['two-dogs.jpg', 'dog'],
  ['cat.jpg', 'cat'],
  ['astronaut.jpg', 'person'],
  ['coffee.jpg', 'cup'],
])('the default encoder sees in %s first of all a %s', async (file, word) => {
  const manifest = encoderManifestSchema.parse(JSON.parse(readFileSync(path.join(defaultEncoderFolder, 'model.json'), 'utf8')));
  const model: ModelRef = { folder: defaultEncoderFolder, hash: 'default', manifest };
  const photo = path.resolve(import.meta.dirname, '../../../assets/sample-photos', file);
  expect(existsSync(photo)).toBe(true);
  const scores = await scoreTags(models, model, await blockOf(model, photo), [], begin);
  expect(scores).toHaveLength(80);
  const best = scores.indexOf(Math.max(...scores));
  console.log(`${file}: ${manifest.classes![best]} ${scores[best]!.toFixed(2)}`);
  expect(manifest.classes![best]).toBe(word);
});
