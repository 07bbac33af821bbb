import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hasDefaultEncoder } from '../../../scripts/default-encoder.mjs';
import { closePlan, tilePlan } from './dense/tile-plan.ts';
import { defaultEncoder, figures, judge, photoFile, targets } from './testing/photos.ts';
import { scatteredScene } from './testing/scattered.ts';

const present = hasDefaultEncoder();
if (!present) console.warn('SKIPPED: the default encoder is not there; `node scripts/default-encoder.mjs` makes it');
const coins = targets.find(({ label }) => label === 'coin')!;
const absent = targets.filter(({ photo }) => !photoFile(photo));
if (absent.length > 0) console.warn(`SKIPPED: ${absent.length} of ${targets.length} targets, whose photos are not on this machine`);

describe.skipIf(!present)('one click, with the default encoder', () => {
  it('on any of 24 coins proposes at least 22 of the 23 others and nothing else', async () => {
    const photo = await defaultEncoder().encode(photoFile(coins.photo)!);
    const found: ReturnType<typeof figures>[] = [];
    for (const [clicked, point] of coins.points.entries()) found.push(figures(coins, [clicked], await photo.propose([point]), photo));
    console.log(`coins: hits for each of the 24 clicks: ${found.map(({ hits, misses }) => `${hits}${misses > 0 ? `-${misses}` : ''}`).join(' ')}`);
    for (const { hits, misses } of found) {
      expect(hits).toBeGreaterThanOrEqual(22);
      expect(misses).toBe(0);
    }
  });

  it('on a coin of 50 pixels in a photo of 3,600 finds the others by the close look, where the usual ones find nothing', async () => {
    const [width, height, left, top] = [3600, 2400, 1400, 900];
    const large = await sharp(photoFile('sample-photos/mountain-path.jpg')!)
      .resize(width, height, { fit: 'cover' })
      .composite([{ input: await sharp(photoFile(coins.photo)!).resize(800).toColourspace('srgb').png().toBuffer(), left, top }])
      .jpeg()
      .toBuffer();
    const points = coins.points.map(({ xPct, yPct, radiusPct }) => ({
      xPct: ((left + 8 * xPct) / width) * 100,
      yPct: ((top + (8 * yPct * 303) / 384) / height) * 100,
      radiusPct: (radiusPct * 800) / width,
    }));
    const target = { ...coins, points, ignored: [] };
    const found = async (plan: typeof closePlan) => {
      const photo = await defaultEncoder().encode(large, plan);
      return figures(target, [5], await photo.propose([points[5]!]), photo);
    };
    const [usual, close] = [await found(tilePlan), await found(closePlan)];
    console.log(`coins of 50 pixels: ${usual.hits}-${usual.misses} usual, ${close.hits}-${close.misses} close`);
    expect(usual.hits).toBeLessThan(2);
    expect(close.hits).toBeGreaterThanOrEqual(18);
    expect(close.misses).toBeLessThanOrEqual(1);
  });

  it("on a cat's nose proposes nothing, and on its eye the other eye", async () => {
    const eyes = targets.find(({ label }) => label === 'eye')!;
    const photo = await defaultEncoder().encode(photoFile(eyes.photo)!);
    const nose = await photo.propose([{ xPct: 58.5, yPct: 81 }]);
    expect(nose.peaks.filter(({ score }) => score >= nose.threshold)).toEqual([]);
    expect(figures(eyes, [0], await photo.propose([eyes.points[0]!]), photo)).toMatchObject({ hits: 1, misses: 0 });
  });

  it('takes back a rejected coin and keeps the proposals off every point and every rejected place', async () => {
    const photo = await defaultEncoder().encode(photoFile(coins.photo)!);
    const [clicked, rejected] = [coins.points[7]!, coins.points[23]!];
    const before = await photo.propose([clicked]);
    expect(judge({ ...coins, points: [rejected] }, [], before, photo)).toContain('hit');
    const after = await photo.propose([clicked], [rejected]);
    const at = after.peaks.filter(({ score }) => score >= after.threshold);
    for (const place of [clicked, rejected]) for (const peak of at) expect(Math.hypot(peak.xPct - place.xPct, peak.yPct - place.yPct)).toBeGreaterThan(4);
    expect(at.length).toBeLessThan(before.peaks.filter(({ score }) => score >= before.threshold).length);
  });

  it('finds things that are scattered, turned, of several sizes and among others of their shape', async () => {
    const sums = [0, 0, 0];
    const scenes = [2, 3, 4, 5];
    for (const number of scenes) {
      const scene = await scatteredScene('check', number);
      const photo = await defaultEncoder().encode(scene.png);
      const clicks = [0, scene.target.points.length - 1];
      for (const clicked of clicks) {
        const { precision, recall, ap } = figures(scene.target, [clicked], await photo.propose([scene.target.points[clicked]!]), photo);
        for (const [i, value] of [precision, recall, ap].entries()) sums[i]! += value / clicks.length / scenes.length;
      }
    }
    console.log(`scattered: precision, recall, AP ${sums.map((value) => value.toFixed(3)).join('  ')}`);
    expect(sums[2]).toBeGreaterThan(0.85);
  });

  it.skipIf(absent.length > 0)('finds repeated objects in photos that it was not tuned on', async () => {
    const sums = { tune: [0, 0, 0, 0], check: [0, 0, 0, 0] };
    for (const target of targets) {
      const photo = await defaultEncoder().encode(photoFile(target.photo)!);
      // Four clicks each or a few more: all of them take two minutes.
      const step = Math.ceil(target.points.length / 4);
      const clicks = target.points.map((_, i) => i).filter((i) => i % step === 0);
      const each: ReturnType<typeof figures>[] = [];
      for (const i of clicks) each.push(figures(target, [i], await photo.propose([target.points[i]!]), photo));
      const mean = (['precision', 'recall', 'f1', 'ap'] as const).map((key) => each.reduce((sum, one) => sum + one[key], 0) / each.length);
      for (const [i, value] of mean.entries()) sums[target.half][i]! += value / targets.filter(({ half }) => half === target.half).length;
      console.log(`${mean.map((value) => value.toFixed(2)).join('  ')}  ${target.half.padEnd(5)} ${target.label}, ${target.photo.split('/').at(-1)}`);
    }
    for (const half of ['tune', 'check'] as const) console.log(`${half}: precision, recall, F1, AP ${sums[half].map((value) => value.toFixed(3)).join('  ')}`);
    expect(sums.check[3]).toBeGreaterThan(0.62);
    expect(sums.check[0]).toBeGreaterThan(0.66);
  });
});
