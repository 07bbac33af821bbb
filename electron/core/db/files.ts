/** Images' files: which were read, where they lie, what was refused. */
import type { Database } from 'better-sqlite3';
import { newId } from '../../../shared/domain/ids.ts';
import type { ImageFormat, ImportProblem, Refusal } from '../../../shared/domain/image.ts';
import { sql } from './statement.ts';

/** What is written of a new image. `path` is absolute, or relative to the media folder where `copied`. */
export interface NewImage {
  readonly sha256: string;
  readonly name: string;
  readonly path: string;
  readonly copied: boolean;
  readonly format: ImageFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: number;
  readonly sizeBytes: number;
  readonly phash: string;
  readonly takenAt: number | null;
  readonly camera: string | null;
  readonly needsRendition: boolean;
}
/** Where an image's bytes are. */
export interface ImageFile {
  readonly num: number;
  readonly id: string;
  readonly sha256: string;
  readonly path: string;
  readonly copied: 0 | 1;
  readonly format: ImageFormat;
  readonly sizeBytes: number;
  readonly missing: 0 | 1;
  readonly needsRendition: 0 | 1;
  readonly orientation: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Modification time of the file at `path` when it was last read; null for copies. */
  readonly mtimeMs: number | null;
}
const IMAGE_FILE = `
  SELECT image.num, image.id, image.sha256, image.path, image.copied, image.format, image.size_bytes AS sizeBytes, image.missing,
    image.needs_rendition AS needsRendition, image.orientation, image.width_px AS widthPx, image.height_px AS heightPx,
    file.mtime_ms AS mtimeMs
  FROM image LEFT JOIN file ON file.path = image.path`;

export const imageFileById = (db: Database, imageId: string): ImageFile | null =>
  (sql(db, `${IMAGE_FILE} WHERE image.id = ?`).get(imageId) as ImageFile | undefined) ?? null;
export const imageFileBySha = (db: Database, sha256: string): ImageFile | null =>
  (sql(db, `${IMAGE_FILE} WHERE image.sha256 = ?`).get(sha256) as ImageFile | undefined) ?? null;
/** A page of all images' files, in the order of `num`. */
export const imageFilesAfter = (db: Database, num: number, limit: number): ImageFile[] =>
  sql(db, `${IMAGE_FILE} WHERE image.num > ? ORDER BY image.num LIMIT ?`).all(num, limit) as ImageFile[];
export const missingFiles = (db: Database): ImageFile[] => sql(db, `${IMAGE_FILE} WHERE image.missing = 1 ORDER BY image.num`).all() as ImageFile[];

/** Whether this very file was read before: same path, size and time. */
export function isKnownFile(db: Database, path: string, sizeBytes: number, mtimeMs: number): boolean {
  const row = sql(
    db,
    'SELECT 1 FROM file JOIN image ON image.num = file.image_num WHERE file.path = ? AND file.size_bytes = ? AND file.mtime_ms = ? AND image.missing = 0',
  ).get(path, sizeBytes, mtimeMs);
  return row !== undefined;
}

/** Adds an image; null where one with these bytes is there already. */
export function insertImage(db: Database, image: NewImage, addedAt: number): { num: number; id: string } | null {
  const id = newId();
  const { changes, lastInsertRowid } = sql(
    db,
    `INSERT INTO image (id, sha256, name, path, copied, format, width_px, height_px, orientation, size_bytes, phash, taken_at, camera, added_at, needs_rendition)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING`,
  ).run(
    id,
    image.sha256,
    image.name,
    image.path,
    image.copied ? 1 : 0,
    image.format,
    image.widthPx,
    image.heightPx,
    image.orientation,
    image.sizeBytes,
    image.phash,
    image.takenAt,
    image.camera,
    addedAt,
    image.needsRendition ? 1 : 0,
  );
  return changes === 0 ? null : { num: Number(lastInsertRowid), id };
}

/** Notes that a file was read and which image it holds. An image that this path held before is missing from now on. */
export function rememberFile(db: Database, file: { path: string; name: string; imageNum: number; sizeBytes: number; mtimeMs: number }): void {
  const before = sql(db, 'SELECT image_num FROM file WHERE path = ?').get(file.path) as { image_num: number } | undefined;
  if (before !== undefined && before.image_num !== file.imageNum) {
    sql(db, 'UPDATE image SET missing = 1 WHERE num = ? AND path = ?').run(before.image_num, file.path);
  }
  sql(
    db,
    `INSERT INTO file (path, name, image_num, size_bytes, mtime_ms) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET name = excluded.name, image_num = excluded.image_num, size_bytes = excluded.size_bytes, mtime_ms = excluded.mtime_ms`,
  ).run(file.path, file.name, file.imageNum, file.sizeBytes, file.mtimeMs);
}

/** Notes where an image's file is now. */
export function placeImage(db: Database, num: number, path: string, copied: boolean): void {
  sql(db, 'UPDATE image SET path = ?, copied = ?, missing = 0 WHERE num = ?').run(path, copied ? 1 : 0, num);
}
export function forgetFile(db: Database, path: string): void {
  sql(db, 'DELETE FROM file WHERE path = ?').run(path);
}
/** Returns whether that was news. */
export function setMissing(db: Database, num: number, missing: boolean): boolean {
  return sql(db, 'UPDATE image SET missing = ? WHERE num = ? AND missing <> ?').run(missing ? 1 : 0, num, missing ? 1 : 0).changes > 0;
}
/** The file was touched but holds the same bytes. */
export function setFileTime(db: Database, path: string, mtimeMs: number): void {
  sql(db, 'UPDATE file SET mtime_ms = ? WHERE path = ?').run(mtimeMs, path);
}

export function addProblem(db: Database, problem: { jobId: string; name: string; reason: Refusal; detail: string | null }): void {
  sql(db, 'INSERT OR REPLACE INTO import_problem (job_id, name, reason, detail) VALUES (?, ?, ?, ?)').run(
    problem.jobId,
    problem.name,
    problem.reason,
    problem.detail,
  );
}
export function clearProblems(db: Database, jobId: string): void {
  sql(db, 'DELETE FROM import_problem WHERE job_id = ?').run(jobId);
}
/** What an import refused, by name. Without a job: the last import's. */
export function importProblems(db: Database, jobId: string | null, offset: number, limit: number): { total: number; problems: ImportProblem[] } {
  const job = jobId ?? (sql(db, "SELECT max(id) FROM job WHERE kind = 'import'").pluck().get() as string | null) ?? '';
  const total = (sql(db, 'SELECT count(*) AS n FROM import_problem WHERE job_id = ?').get(job) as { n: number }).n;
  const problems = sql(db, 'SELECT job_id AS jobId, name, reason, detail FROM import_problem WHERE job_id = ? ORDER BY name LIMIT ? OFFSET ?').all(
    job,
    limit,
    offset,
  ) as ImportProblem[];
  return { total, problems };
}
