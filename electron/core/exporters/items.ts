/** The images of an export with their documents, in the order in which they were imported, read a page at a time. */
import type { Database } from 'better-sqlite3';
import path from 'node:path';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import type { ImageState } from '../../../shared/domain/model.ts';
import type { ExportItem } from '../../../shared/formats/source.ts';
import { loadDoc } from '../db/docs.ts';
import { draftsOfImage } from '../db/drafts.ts';
import { imageRecord } from '../db/images.ts';
import { sql } from '../db/statement.ts';

const PAGE = 200;

/** The name under which SQL knows a list of states. */
const statesJson = (states: readonly ImageState[]) => JSON.stringify(states);

/** One image as mappers take it. */
export const exportItem = (db: Database, num: number): ExportItem & { readonly num: number } => ({
  num,
  image: imageRecord(db, num),
  doc: loadDoc(db, num),
  drafts: draftsOfImage(db, num),
});

/** Images that are part of the work and in one of these states. Ends its statement after every page, so that others can write in between. */
export async function* exportItems(db: Database, states: readonly ImageState[]): AsyncGenerator<ExportItem & { readonly num: number }> {
  const page = db.prepare('SELECT num FROM image WHERE num > ? AND excluded = 0 AND state IN (SELECT value FROM json_each(?)) ORDER BY num LIMIT ?');
  let last = 0;
  for (;;) {
    const nums = page.pluck().all(last, statesJson(states), PAGE) as number[];
    for (const num of nums) yield exportItem(db, num);
    if (nums.length < PAGE) return;
    last = nums.at(-1)!;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Where the file of an image is. Copied files lie below the project's media folder. */
export function imageFile(db: Database, folder: string, image: ImageRecord): string {
  const row = sql(db, 'SELECT path, copied FROM image WHERE id = ?').get(image.id) as { path: string; copied: number };
  return row.copied === 1 ? path.join(folder, 'media', row.path) : row.path;
}
