/** What the project's encoder makes possible between images: orders by likeness, and near-duplicates. */
import type { RankResult } from '../../../shared/rpc/machine-contract.ts';
import { readsText } from '../../../shared/domain/encoder-abilities.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { imageFileById } from '../db/files.ts';
import { keepRanking } from '../db/rankings.ts';
import { readSettings } from '../db/settings.ts';
import { type Onlooker, seenColumn } from '../db/seen.ts';
import { sql } from '../db/statement.ts';
import type { ModelRef } from '../encoder/messages.ts';
import { imagePlan } from '../encoder/preprocess.ts';
import type { Project } from '../project.ts';
import { checkOriginal } from '../media/original.ts';
import { onlookerOf } from '../seen-cards.ts';
import type { RankedNums } from './messages.ts';
import type { SearchProcess } from './search-process.ts';
import type { SpaceRef } from './space.ts';

export interface Region {
  readonly xPct: number;
  readonly yPct: number;
  readonly widthPct: number;
  readonly heightPct: number;
}
export type RankBy = { readonly imageId: string; readonly crop: Region | null } | { readonly text: string } | { readonly order: 'outliers' | 'different' };
export interface Similar {
  rank(by: RankBy, signal?: AbortSignal): Promise<RankResult>;
  /** Where the vectors of the project's encoder are; null where there are none. */
  space(): Promise<SpaceRef | null>;
}
/** Images of a ranking: more than anybody looks through, and few enough to be written while one types. */
const RANKED = 5000;
/** Of what looks like the words that were typed: a twentieth of the project, within these. */
const BESIDE = { least: 20, most: 200, share: 0.05 } as const;

export function createSimilar(project: Project, search: SearchProcess, find: (id: string) => Promise<ModelRef | null>): Similar {
  const { db } = project;
  const total = () => (sql(db, 'SELECT count(*) AS n FROM image').get() as { n: number }).n;

  async function chosen(): Promise<ModelRef | null> {
    const settings = readSettings(db).encoder;
    return settings && (await find(settings.id));
  }
  function spaceOf({ hash, manifest }: ModelRef): SpaceRef | null {
    const row = sql(db, 'SELECT num FROM encoder WHERE hash = ? AND EXISTS (SELECT 1 FROM embedding WHERE encoder_num = num)').get(hash) as
      | { num: number }
      | undefined;
    if (!row) return null;
    return { encoderNum: row.num, kind: manifest.kind, dim: manifest.embed_dim, classes: manifest.kind === 'detector' ? (manifest.classes?.length ?? 0) : 0 };
  }

  /** The vector of a part of an image, or of all of one that has none yet. */
  async function embed(model: ModelRef, imageId: string, crop: Region | null, signal?: AbortSignal): Promise<Float32Array> {
    const image = imageFileById(db, imageId);
    if (!image) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
    const path = await checkOriginal(project, image, signal);
    if (path === null) throw new AppError('not-found', 'the file is missing', { key: 'file-missing' });
    const part = crop && clipped(crop);
    const size = (px: number, pct: number | undefined) => Math.max(1, Math.round((px * (pct ?? 100)) / 100));
    const { region, width, height, kernel } = imagePlan(model.manifest, size(image.widthPx, part?.widthPct), size(image.heightPx, part?.heightPct));
    const { sha256: _, ...pixels } = await project.media.run('pixels', { path, region: inside(part, region), width, height, kernel }, signal);
    const { vectors } = await project.encoder.run('embed-images', { model, images: [pixels] }, signal, 'screen');
    return vectors[0]!;
  }

  async function ranked(by: RankBy, model: ModelRef, space: SpaceRef, signal?: AbortSignal): Promise<RankedNums> {
    if ('order' in by) {
      if (by.order === 'outliers') return search.run('outliers', { space, k: RANKED });
      const done = doneImages(db, await onlookerOf(project));
      return search.run('different', { space, done: Uint32Array.from(done), k: RANKED });
    }
    if ('text' in by) {
      const { vectors } = await project.encoder.run('embed-texts', { model, texts: [by.text] }, signal, 'screen');
      return search.run('like', { space, query: { vector: vectors[0]! }, k: RANKED });
    }
    if (by.crop === null) {
      const row = sql(
        db,
        'SELECT image.num, EXISTS (SELECT 1 FROM embedding WHERE encoder_num = ? AND image_num = image.num) AS indexed FROM image WHERE id = ?',
      ).get(space.encoderNum, by.imageId) as { num: number; indexed: number } | undefined;
      if (row?.indexed === 1) return search.run('like', { space, query: { num: row.num }, k: RANKED });
    }
    return search.run('like', { space, query: { vector: await embed(model, by.imageId, by.crop, signal) }, k: RANKED });
  }

  return {
    async space() {
      const model = await chosen();
      return model && spaceOf(model);
    },
    async rank(by, signal) {
      const begun = performance.now();
      const model = await chosen();
      if (!model) return { status: 'no-encoder' };
      const encoder = model.manifest.name ?? model.manifest.id;
      if ('text' in by && !readsText(model.manifest)) return { status: 'no-text', encoder };
      const space = spaceOf(model);
      if (!space) return { status: 'not-indexed', encoder };
      const { nums, scores: found, loaded } = await ranked(by, model, space, signal);
      // Orders go by difference; cards say likeness.
      const scores = 'order' in by ? found.map((difference) => 1 - difference) : found;
      const images = total();
      const beside = 'text' in by ? Math.round(Math.min(BESIDE.most, Math.max(BESIDE.least, images * BESIDE.share))) : null;
      const rankingId = keepRanking(db, nums, scores, beside);
      return { status: 'ranked', rankingId, count: nums.length, ms: performance.now() - begun, encoder, indexed: loaded, total: images };
    },
  };
}

/** Numbers of the images on which something was done, as the onlooker sees it. */
function doneImages(db: Project['db'], onlooker: Onlooker): number[] {
  const column = (name: 'state' | 'caption_count' | 'answer_count' | 'set_count') => seenColumn(onlooker, 'image.num', name);
  const work = (['caption_count', 'answer_count', 'set_count'] as const).map(column).join(' + ');
  const text = `SELECT num FROM image WHERE excluded = 0 AND (${column('state')} IN ('submitted', 'accepted') OR ${work} > 0)`;
  return sql(db, text).pluck().all() as number[];
}

/** Within the image, whatever was dragged. */
function clipped({ xPct, yPct, widthPct, heightPct }: Region): Region {
  const x = Math.min(xPct, 99.9);
  const y = Math.min(yPct, 99.9);
  return { xPct: x, yPct: y, widthPct: Math.min(widthPct, 100 - x), heightPct: Math.min(heightPct, 100 - y) };
}

/** A part of a part, in percent of the whole. */
function inside(outer: Region | null, inner: Region | null): Region | null {
  if (!outer || !inner) return outer ?? inner;
  const along = (from: number, length: number, at: number) => from + (length * at) / 100;
  return {
    xPct: along(outer.xPct, outer.widthPct, inner.xPct),
    yPct: along(outer.yPct, outer.heightPct, inner.yPct),
    widthPct: (outer.widthPct * inner.widthPct) / 100,
    heightPct: (outer.heightPct * inner.heightPct) / 100,
  };
}
