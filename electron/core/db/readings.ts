/** Lines of text that the reader found, one row an image that was read, also where nothing stands in it. */
import type { Database } from 'better-sqlite3';
import type { ReadLine } from '../../../shared/domain/reading.ts';
import { splitForIndex } from '../../../shared/text/search-split.ts';
import { sql } from './statement.ts';

export interface StoredReading {
  readonly model: string;
  readonly readAt: number;
  readonly lines: readonly ReadLine[];
}

/** What this reader found in the image, or null where it has not looked. */
export function readingOf(db: Database, imageNum: number, model: string): StoredReading | null {
  const head = sql(db, 'SELECT model, read_at AS readAt FROM ocr_image WHERE image_num = ? AND model = ?').get(imageNum, model) as
    | { model: string; readAt: number }
    | undefined;
  if (!head) return null;
  const rows = sql(db, 'SELECT text, score, corners FROM ocr_line WHERE image_num = ? ORDER BY position').all(imageNum) as {
    text: string;
    score: number;
    corners: string;
  }[];
  return { ...head, lines: rows.map((row) => ({ ...row, corners: JSON.parse(row.corners) as number[] })) };
}

/** Keeps what was read in place of what was kept before, and makes it findable. */
export function putReading(db: Database, imageNum: number, { model, readAt, lines }: StoredReading): void {
  db.transaction(() => {
    sql(
      db,
      'INSERT INTO ocr_image (image_num, model, read_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET model = excluded.model, read_at = excluded.read_at',
    ).run(imageNum, model, readAt);
    sql(db, 'DELETE FROM ocr_line WHERE image_num = ?').run(imageNum);
    const put = sql(db, 'INSERT INTO ocr_line (image_num, position, text, score, corners) VALUES (?, ?, ?, ?, ?)');
    // Thousandths of a percent: finer than a pixel of a wall-sized picture.
    lines.forEach(({ text, score, corners }, at) =>
      put.run(imageNum, at, text, score, JSON.stringify(corners.map((value) => Math.round(value * 1000) / 1000))),
    );
    sql(db, 'DELETE FROM read_text WHERE rowid = ?').run(imageNum);
    if (lines.length > 0) sql(db, 'INSERT INTO read_text (rowid, text) VALUES (?, ?)').run(imageNum, splitForIndex(lines.map(({ text }) => text).join('\n')));
  })();
}

const UNREAD = 'missing = 0 AND excluded = 0 AND NOT EXISTS (SELECT 1 FROM ocr_image WHERE image_num = image.num AND model = ?)';

/** Images that this reader has not looked at, in the order of their numbers. */
export const unreadAfter = (db: Database, model: string, after: number, limit: number): { num: number; id: string; name: string }[] =>
  sql(db, `SELECT num, id, name FROM image WHERE ${UNREAD} AND num > ? ORDER BY num LIMIT ?`).all(model, after, limit) as {
    num: number;
    id: string;
    name: string;
  }[];

export const unreadCount = (db: Database, model: string): number => (sql(db, `SELECT count(*) AS n FROM image WHERE ${UNREAD}`).get(model) as { n: number }).n;

/** How many images there are to read, were read by this reader, and have text. */
export function readingCounts(db: Database, model: string): { images: number; read: number; withText: number } {
  const count = (text: string, ...values: string[]) => (sql(db, text).get(...values) as { n: number }).n;
  return {
    images: count('SELECT count(*) AS n FROM image WHERE excluded = 0'),
    read: count('SELECT count(*) AS n FROM ocr_image JOIN image ON image.num = image_num WHERE model = ? AND excluded = 0', model),
    withText: count('SELECT count(DISTINCT image_num) AS n FROM ocr_line JOIN image ON image.num = image_num WHERE excluded = 0'),
  };
}
