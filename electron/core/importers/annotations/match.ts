/** Finds the image that a record is about: by its hash, by its path from the annotation file, by a name that only one image has. */
import type { Database } from 'better-sqlite3';
import path from 'node:path';
import type { ImageRef } from '../../../../shared/formats/imports/record.ts';
import { isUrl } from '../../../../shared/formats/imports/fields.ts';
import { sql } from '../../db/statement.ts';
import { stemOf } from './folder-names.ts';

export type Match =
  /** `byStem`: only the name without its ending is the same. */
  | { readonly imageNum: number; readonly byStem?: string }
  | { readonly reason: 'image-not-found' | 'image-ambiguous' | 'image-only-url' | 'no-image-named'; readonly detail: string };
interface Candidate {
  readonly num: number;
  readonly path: string;
  readonly widthPx: number;
  readonly heightPx: number;
}
export interface Matcher {
  match(image: ImageRef, annotationFile: string): Match;
  close(): void;
}
const PAGE = 2000;
/** More files of one name than this say nothing. */
const MOST = 50;
/** How far the sides' ratio may differ for a picture that was found by its name alone. */
const RATIO = 0.03;
/** An ending of a picture: photos are written anew as another kind, and some lists leave it out. */
const ENDING = /\.(jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif)$/;
let tables = 0;
const folded = (name: string): string => name.normalize('NFC').toLowerCase();
const partsOf = (file: string): string[] => file.split(/[\\/]/).filter((part) => part !== '' && part !== '.');

/** Lists the project's files by name; others are served in between. */
export async function createMatcher(db: Database): Promise<Matcher> {
  const name = `file_names_${++tables}`;
  db.exec(`CREATE TEMP TABLE ${name} (base TEXT NOT NULL, stem TEXT NOT NULL, path TEXT NOT NULL, num INTEGER NOT NULL) STRICT`);
  const insert = db.prepare(`INSERT INTO ${name} (base, stem, path, num) VALUES (?, ?, ?, ?)`);
  const page = db.prepare('SELECT path, name, image_num AS num FROM file WHERE path > ? ORDER BY path LIMIT ?');
  let last = '';
  for (;;) {
    const rows = page.all(last, PAGE) as { path: string; name: string; num: number }[];
    if (rows.length === 0) break;
    db.transaction(() => {
      for (const row of rows) {
        const base = folded(path.basename(row.path));
        insert.run(base, stemOf(base), row.path, row.num);
      }
    })();
    last = rows.at(-1)!.path;
    await new Promise((resolve) => setImmediate(resolve));
  }
  db.exec(`CREATE INDEX temp.${name}_by_base ON ${name} (base); CREATE INDEX temp.${name}_by_stem ON ${name} (stem)`);
  const found = `SELECT DISTINCT files.num, files.path, image.width_px AS widthPx, image.height_px AS heightPx FROM ${name} AS files JOIN image ON image.num = files.num`;
  const byBase = db.prepare(`${found} WHERE base = ? LIMIT ${MOST}`);
  const byStem = db.prepare(`${found} WHERE stem = ? LIMIT ${MOST}`);

  function byHash(hashes: readonly string[]): number | null {
    for (const hash of hashes) {
      const row = sql(db, 'SELECT num FROM image WHERE sha256 = ?').get(hash) as { num: number } | undefined;
      if (row) return row.num;
    }
    return null;
  }
  function byPath(named: string, annotationFile: string): number | null {
    const row = sql(db, 'SELECT image_num AS num FROM file WHERE path = ?').get(path.resolve(path.dirname(annotationFile), named)) as
      | { num: number }
      | undefined;
    return row?.num ?? null;
  }
  function choose(candidates: readonly Candidate[], named: string, image: ImageRef, annotationFile: string): Match | null {
    if (candidates.length === 0) return null;
    const wanted = partsOf(named).map(folded);
    const tail = (file: string) => commonTail(partsOf(file).map(folded), wanted);
    // What has more of the path in common is meant; then what lies nearer to the annotation file; then what is called as it is (`captions_train`, `train/`).
    const longest = Math.max(...candidates.map((one) => tail(one.path)));
    let best = candidates.filter((one) => tail(one.path) === longest && (longest > 1 || fitsSize(one, image)));
    if (isSeveral(best)) {
      const near = (one: Candidate) => commonHead(partsOf(one.path), partsOf(annotationFile));
      const nearest = Math.max(...best.map(near));
      best = best.filter((one) => near(one) === nearest);
    }
    if (isSeveral(best)) {
      const words = new Set(
        stemOf(path.basename(annotationFile))
          .toLowerCase()
          .split(/[^a-z0-9]+/),
      );
      const alike = best.filter((one) =>
        partsOf(one.path)
          .slice(0, -1)
          .some((part) => words.has(part.toLowerCase())),
      );
      if (alike.length > 0) best = alike;
    }
    if (best.length === 0) return null;
    return isSeveral(best) ? { reason: 'image-ambiguous', detail: named } : { imageNum: best[0]!.num };
  }
  return {
    match(image, annotationFile) {
      const known = byHash(image.hashes);
      if (known !== null) return { imageNum: known };
      for (const named of image.paths) {
        const num = isUrl(named) ? null : byPath(named, annotationFile);
        if (num !== null) return { imageNum: num };
      }
      let ambiguous: Match | null = null;
      const tries: [string, Candidate[]][] = [
        ...image.paths.map((named): [string, Candidate[]] => [named, byBase.all(folded(partsOf(named).at(-1) ?? '')) as Candidate[]]),
        ...image.stems.map((stem): [string, Candidate[]] => [stem, byStem.all(folded(stem)) as Candidate[]]),
      ];
      for (const [named, candidates] of tries) {
        const result = choose(candidates, named, image, annotationFile);
        if (result && 'imageNum' in result) return result;
        ambiguous ??= result;
      }
      if (ambiguous) return ambiguous;
      for (const named of image.paths) {
        const base = folded(partsOf(named).at(-1) ?? '');
        const result = choose(byStem.all(ENDING.test(base) ? stemOf(base) : base) as Candidate[], named, image, annotationFile);
        if (result && 'imageNum' in result) return { ...result, byStem: named };
        ambiguous ??= result;
      }
      if (ambiguous) return ambiguous;
      if (image.url !== null) return { reason: 'image-only-url', detail: image.url };
      const detail = image.paths[0] ?? image.stems[0] ?? image.hashes[0];
      return detail === undefined ? { reason: 'no-image-named', detail: '' } : { reason: 'image-not-found', detail };
    },
    close: () => void db.exec(`DROP TABLE IF EXISTS temp.${name}`),
  };
}

const isSeveral = (candidates: readonly Candidate[]): boolean => new Set(candidates.map((one) => one.num)).size > 1;
/** A picture of another shape that has the same name is another picture. */
function fitsSize(one: Candidate, { size }: ImageRef): boolean {
  if (size === null) return true;
  const ratio = one.widthPx / one.heightPx;
  const said = size.widthPx / size.heightPx;
  return Math.abs(ratio / said - 1) < RATIO || Math.abs(ratio * said - 1) < RATIO;
}
function commonTail(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}
function commonHead(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
