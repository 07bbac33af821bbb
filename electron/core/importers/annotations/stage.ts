/** Records wait in a temporary table, so that what many rows say of one image is written as one edit and memory does not grow with the files. */
import type { Database } from 'better-sqlite3';
import type { ImageRef, ImportRecord } from '../../../../shared/formats/imports/record.ts';

/** What a record says, without which image it is about. */
export type Says = Pick<ImportRecord, 'where' | 'captions' | 'threads' | 'labels' | 'extra'> & { readonly size: ImageRef['size'] };
export interface Staged {
  readonly seq: number;
  readonly source: number;
  /** The annotation file. */
  readonly file: string;
  readonly image: ImageRef;
  readonly where: string;
}
let tables = 0;

export interface Stage {
  add(records: readonly { source: number; file: string; record: ImportRecord }[]): void;
  /** Records whose image is not known yet, behind `seq`. */
  unmatched(seq: number, limit: number): Staged[];
  match(pairs: readonly { seq: number; imageNum: number }[]): void;
  /** How many images have records. */
  images(): number;
  /** The next images that have records, by number. */
  imagesAfter(num: number, limit: number): { num: number; id: string }[];
  of(imageNum: number): { source: number; file: string; says: Says }[];
  /** The mean of the longer sides of a source's images, or null. */
  typicalSide(source: number): number | null;
  /** Of the points of a source's first records: the share that lies outside of its picture, taken as pixels. */
  outside(source: number): number;
  close(): void;
}

export function createStage(db: Database): Stage {
  const name = `annotation_stage_${++tables}`;
  db.exec(
    `CREATE TEMP TABLE ${name} (seq INTEGER PRIMARY KEY, image_num INTEGER, source INTEGER NOT NULL, file TEXT NOT NULL, place TEXT NOT NULL, image TEXT NOT NULL, says TEXT NOT NULL) STRICT`,
  );
  const insert = db.prepare(`INSERT INTO ${name} (source, file, place, image, says) VALUES (?, ?, ?, ?, ?)`);
  const next = db.prepare(`SELECT seq, source, file, place, image FROM ${name} WHERE seq > ? ORDER BY seq LIMIT ?`);
  const setImage = db.prepare(`UPDATE ${name} SET image_num = ? WHERE seq = ?`);
  const count = db.prepare(`SELECT count(DISTINCT image_num) FROM ${name} WHERE image_num IS NOT NULL`).pluck();
  let isIndexed = false;
  const index = () => {
    if (!isIndexed) db.exec(`CREATE INDEX temp.${name}_by_image ON ${name} (image_num, seq)`);
    isIndexed = true;
  };
  return {
    add(records) {
      db.transaction(() => {
        for (const { source, file, record } of records) {
          const { where, image, captions, threads, labels, extra } = record;
          const says: Says = { where, captions, threads, labels, extra, size: image.size };
          insert.run(source, file, where, JSON.stringify(image), JSON.stringify(says));
        }
      })();
    },
    unmatched: (seq, limit) =>
      (next.all(seq, limit) as { seq: number; source: number; file: string; place: string; image: string }[]).map(({ place, image, ...rest }) => ({
        ...rest,
        where: place,
        image: JSON.parse(image) as ImageRef,
      })),
    match(pairs) {
      db.transaction(() => {
        for (const { seq, imageNum } of pairs) setImage.run(imageNum, seq);
      })();
    },
    images() {
      index();
      return count.get() as number;
    },
    imagesAfter(num, limit) {
      index();
      return db
        .prepare(`SELECT DISTINCT image_num AS num, image.id FROM ${name} JOIN image ON image.num = image_num WHERE image_num > ? ORDER BY image_num LIMIT ?`)
        .all(num, limit) as {
        num: number;
        id: string;
      }[];
    },
    of: (imageNum) =>
      (
        db.prepare(`SELECT source, file, says FROM ${name} WHERE image_num = ? ORDER BY seq`).all(imageNum) as { source: number; file: string; says: string }[]
      ).map(({ says, ...rest }) => ({
        ...rest,
        says: JSON.parse(says) as Says,
      })),
    typicalSide: (source) =>
      db
        .prepare(
          `SELECT avg(max(width_px, height_px)) FROM (SELECT image_num FROM ${name} WHERE source = ? AND image_num IS NOT NULL LIMIT 1000) JOIN image ON image.num = image_num`,
        )
        .pluck()
        .get(source) as number | null,
    outside(source) {
      const rows = db
        .prepare(
          `SELECT says, width_px AS widthPx, height_px AS heightPx FROM (SELECT says, image_num FROM ${name} WHERE source = ? AND image_num IS NOT NULL LIMIT 200) JOIN image ON image.num = image_num`,
        )
        .all(source) as { says: string; widthPx: number; heightPx: number }[];
      let [all, out] = [0, 0];
      for (const { says, widthPx, heightPx } of rows) {
        const { labels, size } = JSON.parse(says) as Says;
        for (const [x, y] of labels.flatMap((label) => (label.unit === null ? label.points : []))) {
          all++;
          if (x > (size?.widthPx ?? widthPx) || y > (size?.heightPx ?? heightPx)) out++;
        }
      }
      return all === 0 ? 0 : out / all;
    },
    close: () => void db.exec(`DROP TABLE IF EXISTS temp.${name}`),
  };
}
