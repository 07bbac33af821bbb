/** The training-eye preview: one image through the very mapper and the very image writer of an export, without writing anything. */
import type { Database } from 'better-sqlite3';
import { type Doc, statusOf } from '../../../shared/domain/model.ts';
import { stateOf } from '../../../shared/domain/review.ts';
import type { Release } from '../../../shared/domain/release.ts';
import { noImage } from '../../../shared/formats/format.ts';
import { formats } from '../../../shared/formats/formats.ts';
import { chooseWork, type ExportOptions } from '../../../shared/formats/options.ts';
import { type ExportSample, sampleOf } from '../../../shared/formats/preview/sample.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { imageNum } from '../db/images.ts';
import { embed, type UprightBytes } from './embed.ts';
import { exportItem, imageFile } from './items.ts';

export interface SampleWish {
  readonly profile: ExportProfile;
  readonly options: ExportOptions;
  readonly release: Release | null;
  readonly imageId: string;
  /** What the person who asks may see of it. */
  readonly seen?: (doc: Doc) => Doc;
}

/** Throws AppError `no-image`, and `export-no-reference` where the profile needs the images themselves. */
export async function sampleExport(db: Database, folder: string, wish: SampleWish, uprightBytes: UprightBytes): Promise<ExportSample> {
  const { profile, options, release, imageId } = wish;
  const format = formats[profile];
  if (options.images === 'reference' && format.images !== 'files') {
    throw new AppError('invalid', `${profile} needs the images themselves`, { key: 'export-no-reference' });
  }
  const num = imageNum(db, imageId);
  if (num === undefined) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
  const isIn = release === null || num <= release.lastImageNum;
  const whole = exportItem(db, num, isIn ? release : null);
  const item = wish.seen ? { ...whole, doc: wish.seen(whole.doc) } : whole;
  const { excluded } = statusOf(item.doc);
  const leftOut = !isIn ? 'not-in-release' : excluded ? 'excluded' : options.states.includes(stateOf(item.doc)) ? null : 'state';
  const { doc, findings } = chooseWork(item.doc, options);
  const chosen = { ...item, doc };
  const embedding = await embed(item.image, imageFile(db, folder, item.image), uprightBytes, options);
  if ('refused' in embedding) {
    const told = format.map(chosen, noImage, 'train').findings;
    return { image: null, leftOut: embedding.refused, tables: [], targets: [], view: null, findings: [...findings, ...told] };
  }
  // A path of this machine is nobody's business who looks from elsewhere.
  const image = embedding.image.isReference ? { ...embedding.image, value: { ...embedding.image.value, path: item.image.name } } : embedding.image;
  const mapped = format.map(chosen, image, 'train');
  const sample = sampleOf(profile, item.image, image, embedding.unchanged, mapped, `/media/image/${imageId}`);
  const sizeBytes = image.isReference ? item.image.sizeBytes : sample.image!.sizeBytes;
  return { ...sample, image: { ...sample.image!, sizeBytes }, leftOut, findings: [...findings, ...mapped.findings] };
}
