/** Keeps of every image with work of two people what agreement is computed from, and works it out again where the image changed. */
import type { Database } from 'better-sqlite3';
import { openPairs } from '../../../../shared/domain/adjudication.ts';
import { type Comparison, compareImage, comparePair, meanScore } from '../../../../shared/domain/agreement/compare.ts';
import { goldComparisons } from '../../../../shared/domain/agreement/gold.ts';
import type { ComparedImage } from '../../../../shared/domain/agreement/summary.ts';
import { loadDoc } from '../../db/docs.ts';
import { sql } from '../../db/statement.ts';
import { goldReference } from './reference.ts';

/** What is kept of an image, with what each person's work comes to against the gold reference. */
export interface KeptImage extends ComparedImage {
  readonly num: number;
  readonly gold: readonly Comparison[];
  /** Pairs of people's rows that nobody settled, and how far those agree. */
  readonly open: number;
  readonly openScore: number;
}

/** Worked for at a time; others are served in between. */
const SLICE_MS = 15;
/** Kept rows read at a time: 500 of them take a few milliseconds. */
const READ_IMAGES = 500;
const breathe = () => new Promise((resolve) => setImmediate(resolve));

/** Images on which two people or more worked, or which are gold and somebody worked on, that changed since. */
const STALE = `SELECT image.num FROM image
  LEFT JOIN agreement_cache AS kept ON kept.image_num = image.num
  WHERE image.rev > 0 AND (kept.rev IS NULL OR kept.rev <> image.rev OR kept.radius_pct <> @radiusPct)
    AND ((SELECT count(*) FROM image_person WHERE image_person.image_num = image.num) > 1 OR EXISTS (SELECT 1 FROM gold WHERE gold.image_num = image.num))
  ORDER BY image.num`;

interface Fresh {
  readonly seq: number;
  readonly radiusPct: number;
  readonly images: readonly KeptImage[];
}
/** What was read last: a second figure reads nothing. */
const fresh = new WeakMap<Database, Fresh>();

/** Forgets what is kept of an image: its reference changed. */
export function forgetImage(db: Database, imageNum: number): void {
  sql(db, 'DELETE FROM agreement_cache WHERE image_num = ?').run(imageNum);
  fresh.delete(db);
}

/**
 * Everything that can be compared, images in the order of their ids. Yields how far it is; only images that changed since the last time are worked out.
 * Ends early, with what is there, when the signal is aborted or the project closed.
 */
export async function* comparedImages(
  db: Database,
  radiusPct: number,
  signal: AbortSignal,
): AsyncGenerator<{ done: number; total: number }, readonly KeptImage[]> {
  const seq = (sql(db, 'SELECT coalesce(max(seq), 0) AS seq FROM event').get() as { seq: number }).seq;
  const known = fresh.get(db);
  if (known && known.seq === seq && known.radiusPct === radiusPct) return known.images;
  const stale = sql(db, STALE).pluck().all({ radiusPct }) as number[];
  for (let at = 0; at < stale.length;) {
    yield { done: at, total: stale.length };
    const until = performance.now() + SLICE_MS;
    const put = sql(db, 'INSERT OR REPLACE INTO agreement_cache (image_num, rev, radius_pct, data) VALUES (?, ?, ?, ?)');
    db.transaction(() => {
      do {
        const num = stale[at++]!;
        const { rev, ...size } = sql(db, 'SELECT rev, width_px AS widthPx, height_px AS heightPx FROM image WHERE num = ?').get(num) as {
          rev: number;
          widthPx: number;
          heightPx: number;
        };
        const doc = loadDoc(db, num);
        const reference = goldReference(db, num);
        const gold = reference ? goldComparisons(doc, reference, size, radiusPct) : [];
        const compared = compareImage(doc, size, radiusPct);
        const open = openPairs(doc);
        // Nearly always nothing was settled yet, and all that was compared is open.
        const own = open.length === compared.comparisons.length ? compared.comparisons : open.map((pair) => comparePair(pair, size, radiusPct));
        put.run(num, rev, radiusPct, JSON.stringify({ ...compared, gold, open: open.length, openScore: meanScore(own) ?? 1 }));
      } while (at < stale.length && performance.now() < until);
    })();
    await breathe();
    if (signal.aborted || !db.open) return [];
  }
  yield { done: stale.length, total: stale.length };
  const images = await readAll(db, radiusPct, signal);
  if (!signal.aborted && db.open) fresh.set(db, { seq, radiusPct, images });
  return images;
}

async function readAll(db: Database, radiusPct: number, signal: AbortSignal): Promise<KeptImage[]> {
  const images: KeptImage[] = [];
  const text = `SELECT image.num, image.id AS imageId, data FROM agreement_cache JOIN image ON image.num = image_num
    WHERE image.num > ? AND radius_pct = ? AND excluded = 0 ORDER BY image.num LIMIT ${READ_IMAGES}`;
  for (let last = 0; ;) {
    const rows = sql(db, text).all(last, radiusPct) as { num: number; imageId: string; data: string }[];
    for (const { num, imageId, data } of rows) images.push({ num, imageId, ...(JSON.parse(data) as Omit<KeptImage, 'num' | 'imageId'>) });
    if (rows.length < READ_IMAGES) break;
    last = rows.at(-1)!.num;
    await breathe();
    if (signal.aborted || !db.open) return [];
  }
  // The order that intervals are drawn in must not depend on when an image came in: copies of a project agree on ids alone.
  return images.sort((a, b) => (a.imageId < b.imageId ? -1 : 1));
}
