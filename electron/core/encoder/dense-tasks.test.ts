import { expect, test } from 'vitest';
import { bytesOf, createDenseStore, encodeForPoints, proposePoints } from './dense-tasks.ts';
import type { ProposalAsk } from './messages.ts';
import { createModels } from './model.ts';
import { createSessions } from './session.ts';
import { blockOf, fixtureFile, fixtureJson, fixtureModel } from './test-encoders.ts';

interface Scene {
  readonly file: string;
  readonly objects: readonly {
    readonly colour: string;
    readonly kind: string;
    readonly x: number;
    readonly y: number;
    readonly radius_x: number;
    readonly radius_y: number;
  }[];
}
const { scenes } = fixtureJson('shapes-clip', 'scenes', 'ground_truth.json') as { scenes: Scene[] };
const model = fixtureModel('shapes-clip');
const models = createModels(createSessions({ threads: 1 }));
const begin = () => {};

async function encoded(scene: Scene, store = createDenseStore()) {
  const pixels = await blockOf(model, fixtureFile('shapes-clip', 'scenes', scene.file));
  await encodeForPoints(store, { model, key: scene.file, tiles: [{ xPct: 0, yPct: 0, widthPct: 100, heightPct: 100, pixels }] }, models, begin);
  return async (ask: Partial<ProposalAsk>) => {
    const found = await proposePoints(
      store,
      { model, key: scene.file, ask: { positives: [], negatives: [], text: null, otherTexts: [], ...ask } },
      models,
      begin,
    );
    if ('missing' in found) throw new Error('not kept');
    return found;
  };
}
const inside = (peak: { xPct: number; yPct: number } | undefined, { x, y, radius_x, radius_y }: Scene['objects'][number]): boolean =>
  peak !== undefined && ((peak.xPct - x) / radius_x) ** 2 + ((peak.yPct - y) / radius_y) ** 2 <= 1;
const named = ({ colour, kind }: Scene['objects'][number]) => `${colour} ${kind}`;
/** Scenes in which something is there more than once, with all of that. */
const repeated = scenes.flatMap((scene) =>
  [...new Set(scene.objects.map(named))]
    .map((name) => ({ scene, name, things: scene.objects.filter((one) => named(one) === name) }))
    .filter(({ things }) => things.length > 1),
);

test('words find their things, one proposal each, and others of the project take nothing from them', async () => {
  let [first, hits, misses, wanted] = [0, 0, 0, 0];
  for (const { scene, name, things } of repeated) {
    const { peaks, threshold } = await (await encoded(scene))({ text: name, otherTexts: ['green circle', 'red star'].filter((one) => one !== name) });
    if (things.some((thing) => inside(peaks[0], thing))) first++;
    const above = peaks.filter(({ score }) => score >= threshold);
    const found = things.filter((thing) => above.some((peak) => inside(peak, thing))).length;
    hits += found;
    misses += above.filter((peak) => !things.some((thing) => inside(peak, thing))).length;
    wanted += things.length;
  }
  console.log(`words: best peak inside ${first} of ${repeated.length}; above the line ${hits} of ${wanted} things and ${misses} beside them`);
  expect(first / repeated.length).toBeGreaterThan(0.85);
  expect(hits / wanted).toBeGreaterThan(0.75);
  expect(hits / (hits + misses)).toBeGreaterThan(0.75);
});

test('a point on one thing finds the others in patch tokens too', async () => {
  let first = 0;
  for (const { scene, things } of repeated) {
    const { peaks } = await (await encoded(scene))({ positives: [{ xPct: things[0]!.x, yPct: things[0]!.y }] });
    if (things.slice(1).some((thing) => inside(peaks[0], thing))) first++;
  }
  console.log(`points: best peak inside another one of the kind in ${first} of ${repeated.length}`);
  expect(first / repeated.length).toBeGreaterThan(0.75);
});

test('nothing is proposed without a point or a word', async () => {
  expect((await (await encoded(scenes[0]!))({})).peaks).toEqual([]);
});

test('a few images are kept, the one not used for longest goes, and another encoder has none of them', async () => {
  const first = createDenseStore();
  await encoded(scenes[0]!, first);
  const store = createDenseStore(2 * bytesOf(first.get(`${model.hash} ${scenes[0]!.file}`)!));
  const ask = { positives: [{ xPct: 50, yPct: 50 }], negatives: [], text: null, otherTexts: [] };
  const missing = async (scene: Scene, of = model) => 'missing' in (await proposePoints(store, { model: of, key: scene.file, ask }, models, begin));
  for (const scene of scenes.slice(0, 2)) await encoded(scene, store);
  expect(await missing(scenes[0]!)).toBe(false);
  await encoded(scenes[2]!, store);
  expect([await missing(scenes[0]!), await missing(scenes[1]!), await missing(scenes[2]!)]).toEqual([false, true, false]);
  expect(await missing(scenes[0]!, { ...model, hash: 'another' })).toBe(true);
  expect(store.keepLast()).toBe(true);
  expect([await missing(scenes[0]!), await missing(scenes[2]!)]).toEqual([true, false]);
  expect(createDenseStore().keepLast()).toBe(false);
});
