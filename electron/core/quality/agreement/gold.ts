/** Which images are gold, and what their references say. Kept beside the log, so that no annotator, package or export can tell. */
import type { Database } from 'better-sqlite3';
import { canBeGold, referenceOf } from '../../../../shared/domain/agreement/gold.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { loadDoc } from '../../db/docs.ts';
import { imageNum } from '../../db/images.ts';
import { sql } from '../../db/statement.ts';
import { forgetImage } from './cache.ts';

/**
 * Marks images as gold with what stands there now as the reference, or takes that back. Returns how many are gold by it; images without anything to be
 * held against are left out.
 */
export function setGold(db: Database, imageIds: readonly string[], gold: boolean, leadId: string, now: number): number {
  let changed = 0;
  db.transaction(() => {
    for (const imageId of imageIds) {
      const num = imageNum(db, imageId);
      if (num === undefined) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
      if (gold) {
        const reference = referenceOf(loadDoc(db, num), leadId);
        if (!canBeGold(reference)) continue;
        sql(db, 'INSERT OR REPLACE INTO gold (image_num, marked_by, marked_at, reference) VALUES (?, ?, ?, ?)').run(
          num,
          leadId,
          now,
          JSON.stringify(reference),
        );
      } else sql(db, 'DELETE FROM gold WHERE image_num = ?').run(num);
      forgetImage(db, num);
      changed++;
    }
  })();
  return changed;
}

/** Ids of the gold images, oldest mark first. */
export const goldImages = (db: Database): string[] =>
  sql(db, 'SELECT image.id FROM gold JOIN image ON image.num = image_num ORDER BY marked_at, image.id').pluck().all() as string[];
