/** Photos with places of repeated objects, and how proposals on them are counted, for tests and for tuning. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { defaultEncoderFolder } from '../../../../scripts/default-encoder.mjs';
import { encoderManifestSchema } from '../../../../shared/domain/encoder.ts';
import { createDenseStore, encodeForPoints, proposePoints } from '../dense-tasks.ts';
import { type closePlan, tilePlan } from '../dense/tile-plan.ts';
import type { ModelRef, Proposed, Spot, Tile } from '../messages.ts';
import { createModels } from '../model.ts';
import { createSessions } from '../session.ts';

/** Radius in percent of the image's long side. */
export interface Place extends Spot {
  readonly radiusPct: number;
}
export interface Target {
  readonly photo: string;
  readonly label: string;
  readonly half: 'tune' | 'check';
  readonly points: readonly Place[];
  /** Near these a proposal counts neither way. */
  readonly ignored: readonly Place[];
}
const root = path.resolve(import.meta.dirname, '../../../..');
export const targets = (JSON.parse(readFileSync(path.join(import.meta.dirname, 'repeated-objects.json'), 'utf8')) as { targets: Target[] }).targets;

/** The photo's file: in the app's assets, else in the folder of fixtures beside the checkout; null where it is in neither. */
export function photoFile(photo: string): string | null {
  return [path.join(root, 'assets', photo), path.join(root, '../shared/fixtures', photo)].find(existsSync) ?? null;
}

export interface Encoded {
  readonly width: number;
  readonly height: number;
  propose(positives: readonly Spot[], negatives?: readonly Spot[]): Promise<Proposed>;
}

/** The default encoder, through the same tasks as in its process. */
export function defaultEncoder(): { encode(file: string | Buffer, plan?: typeof closePlan): Promise<Encoded> } {
  const manifest = encoderManifestSchema.parse(JSON.parse(readFileSync(path.join(defaultEncoderFolder, 'model.json'), 'utf8')));
  const model: ModelRef = { folder: defaultEncoderFolder, hash: 'default', manifest };
  const models = createModels(createSessions({ threads: 2 }));
  const store = createDenseStore();
  return {
    async encode(file, plan = tilePlan) {
      const key = typeof file === 'string' ? file : createHash('sha256').update(file).digest('hex');
      const upright = await sharp(typeof file === 'string' ? readFileSync(file) : file)
        .rotate()
        .flatten()
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const { width, height, channels } = upright.info;
      const tiles: Tile[] = [];
      for (const { area, width: w, height: h } of plan(manifest, width, height) ?? []) {
        const resized = sharp(upright.data, { raw: { width, height, channels } }).resize(w, h, { fit: 'fill', kernel: 'linear' });
        tiles.push({ ...area, pixels: { data: await resized.raw().toBuffer(), width: w, height: h } });
      }
      await encodeForPoints(store, { model, key, tiles }, models, () => {});
      return {
        width,
        height,
        async propose(positives, negatives = []) {
          const ask = { positives, negatives, text: null, otherTexts: [] };
          const proposed = await proposePoints(store, { model, key, ask }, models, () => {});
          if ('missing' in proposed) throw new Error(`${key} is no longer kept`);
          return proposed;
        },
      };
    },
  };
}

/** A peak is a hit within the radius of a place that no better peak has taken, once; on a clicked place or near an ignored one it doesn't count. */
export function judge(
  target: Target,
  clicked: readonly number[],
  { peaks }: Proposed,
  { width, height }: Pick<Encoded, 'width' | 'height'>,
): ('hit' | 'miss' | 'none')[] {
  const long = Math.max(width, height);
  const distance = (a: Spot, b: Spot) => Math.hypot(((a.xPct - b.xPct) * width) / long, ((a.yPct - b.yPct) * height) / long);
  const taken = new Set<number>();
  return peaks.map((peak) => {
    const near = target.points
      .map((place, index) => ({ index, away: distance(peak, place), radius: place.radiusPct }))
      .filter(({ index, away, radius }) => away <= radius && !taken.has(index))
      .toSorted((a, b) => a.away - b.away)[0];
    if (near && clicked.includes(near.index)) return 'none';
    if (near) {
      taken.add(near.index);
      return 'hit';
    }
    return target.ignored.some((place) => distance(peak, place) <= place.radiusPct) ? 'none' : 'miss';
  });
}

/** Precision, recall and F1 above the suggested line, and average precision over the whole ranking. */
export function figures(target: Target, clicked: readonly number[], proposed: Proposed, size: Pick<Encoded, 'width' | 'height'>) {
  const verdicts = judge(target, clicked, proposed, size);
  const wanted = target.points.length - clicked.length;
  const above = verdicts.filter((_, i) => proposed.peaks[i]!.score >= proposed.threshold);
  const hits = above.filter((one) => one === 'hit').length;
  const misses = above.filter((one) => one === 'miss').length;
  let [right, shown, sum] = [0, 0, 0];
  for (const verdict of verdicts) {
    if (verdict === 'none') continue;
    shown++;
    if (verdict === 'hit') sum += ++right / shown;
  }
  const precision = hits + misses > 0 ? hits / (hits + misses) : 1;
  const recall = hits / wanted;
  return { hits, misses, precision, recall, f1: hits > 0 ? (2 * precision * recall) / (precision + recall) : 0, ap: sum / wanted };
}
