/** Vectors that encoders made of images: float16, little-endian. */
import type { Database } from 'better-sqlite3';
import type { ImageFile } from './files.ts';
import { sql } from './statement.ts';

/** An image that has no vector yet, and where its file is. */
export type UnindexedImage = ImageFile & { readonly name: string };

/** The number under which an encoder's vectors are kept, made at the first call. Keyed by hash: another file is another encoder. */
export function encoderNum(db: Database, encoder: { readonly hash: string; readonly id: string; readonly dim: number }): number {
  sql(db, 'INSERT INTO encoder (hash, id, dim) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING').run(encoder.hash, encoder.id, encoder.dim);
  return (sql(db, 'SELECT num FROM encoder WHERE hash = ?').get(encoder.hash) as { num: number }).num;
}

/** How many images have a vector of this encoder. */
export const countVectors = (db: Database, encoder: number): number =>
  (sql(db, 'SELECT count(*) AS n FROM embedding WHERE encoder_num = ?').get(encoder) as { n: number }).n;

const UNINDEXED = `
  SELECT image.num, image.id, image.name, image.sha256, image.path, image.copied, image.format, image.size_bytes AS sizeBytes, image.missing,
    image.needs_rendition AS needsRendition, image.orientation, image.width_px AS widthPx, image.height_px AS heightPx, file.mtime_ms AS mtimeMs
  FROM image LEFT JOIN file ON file.path = image.path
  WHERE NOT EXISTS (SELECT 1 FROM embedding WHERE encoder_num = @encoder AND image_num = image.num)`;

/** Images without a vector of this encoder, in the order of `num`, behind `after`. */
export const unindexedAfter = (db: Database, encoder: number, after: number, limit: number): UnindexedImage[] =>
  sql(db, `${UNINDEXED} AND image.num > @after ORDER BY image.num LIMIT @limit`).all({ encoder, after, limit }) as UnindexedImage[];

/** This image, where it has no vector of this encoder. */
export const unindexedImage = (db: Database, encoder: number, imageId: string): UnindexedImage | undefined =>
  sql(db, `${UNINDEXED} AND image.id = @imageId`).get({ encoder, imageId }) as UnindexedImage | undefined;

type VectorListener = (encoder: number, imageNums: readonly number[]) => void;
const listeners = new WeakMap<Database, VectorListener>();

/** Who is told of new vectors once they are committed: the search holds them in memory. One a database. */
export function onVectors(db: Database, listener: VectorListener): void {
  listeners.set(db, listener);
}

/** Writes vectors in one transaction. */
export function putVectors(db: Database, encoder: number, vectors: readonly { readonly imageNum: number; readonly vector: Float32Array }[]): void {
  const put = sql(db, 'INSERT OR REPLACE INTO embedding (encoder_num, image_num, vector) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (const { imageNum, vector } of vectors) put.run(encoder, imageNum, Buffer.from(new Float16Array(vector).buffer));
  })();
  listeners.get(db)?.(
    encoder,
    vectors.map(({ imageNum }) => imageNum),
  );
}

/** An image's vector, or null where there is none. */
export function vectorOf(db: Database, encoder: number, imageNum: number): Float32Array | null {
  const row = sql(db, 'SELECT vector FROM embedding WHERE encoder_num = ? AND image_num = ?').get(encoder, imageNum) as { vector: Buffer } | undefined;
  return row ? floatsOf(row.vector) : null;
}

/** The numbers in a blob of the table. */
export function floatsOf(blob: Uint8Array): Float32Array {
  // A copy, because a float16 array begins at an even place. A loop: `from` takes four times as long.
  const halves = new Float16Array(Uint8Array.from(blob).buffer);
  const floats = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at++) floats[at] = halves[at]!;
  return floats;
}
