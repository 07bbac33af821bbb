/** How much an export would hold, counted in SQL by the rules of `shared/formats/work.ts`; a test compares the two. */
import type { Database } from 'better-sqlite3';
import type { ImageState } from '../../../shared/domain/model.ts';
import { type Format, noImage } from '../../../shared/formats/format.ts';
import { exportItem } from './items.ts';

/** What JavaScript's `trim` takes off. */
const SPACES = [9, 10, 11, 12, 13, 32, 0xa0, 0x1680, ...Array.from({ length: 11 }, (_, i) => 0x2000 + i), 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff];
const written = (column: string) => `trim(${column}, char(${SPACES.join(', ')})) <> ''`;
/** Images counted in one go: about 10 ms. */
const CHUNK = 2000;

const QUERY = `
WITH chosen AS MATERIALIZED (
  SELECT num FROM image WHERE num > @from AND num <= @to AND excluded = 0 AND missing = 0 AND state IN (SELECT value FROM json_each(@states))
    -- Answers with points in them and drafts are for the mappers themselves.
    AND num NOT IN (SELECT value FROM json_each(@mapped))
),
captions AS MATERIALIZED (SELECT image_num FROM caption WHERE image_num IN chosen AND ${written('text')}),
sets AS MATERIALIZED (
  SELECT image_num, method FROM point_set WHERE image_num IN chosen AND turn_id IS NULL AND ${written('label')}
    AND (presence = 'present') = EXISTS (SELECT 1 FROM point WHERE point.image_num = point_set.image_num AND point.set_id = point_set.id)
),
turns AS (
  SELECT image_num, role, text,
    lead(role) OVER thread AS next_role, lead(text) OVER thread AS next_text
  FROM turn WHERE image_num IN chosen WINDOW thread AS (PARTITION BY image_num, thread_id ORDER BY id)
),
pairs AS MATERIALIZED (
  SELECT image_num FROM turns WHERE role = 'question' AND next_role = 'answer' AND ${written('text')} AND ${written('next_text')}
)
SELECT
  (SELECT count(*) FROM captions) AS captions,
  (SELECT count(*) FROM sets) AS sets,
  (SELECT count(*) FROM pairs) AS pairs,
  (SELECT count(DISTINCT image_num) FROM sets WHERE method = 'pointing') AS pointing,
  (SELECT count(DISTINCT image_num) FROM sets WHERE method = 'counting') AS counting,
  (SELECT count(*) FROM (SELECT image_num FROM captions UNION SELECT image_num FROM sets)) AS prepared,
  (SELECT count(*) FROM (SELECT image_num FROM captions UNION SELECT image_num FROM sets UNION SELECT image_num FROM pairs)) AS images`;
/** Images of a stretch whose rows depend on more than whether texts are blank. */
const MAPPED = `SELECT num FROM image WHERE num > @from AND num <= @to AND excluded = 0 AND missing = 0 AND state IN (SELECT value FROM json_each(@states)) AND (
  num IN (SELECT image_num FROM turn WHERE image_num > @from AND image_num <= @to AND instr(text, '<@') > 0)
  OR num IN (SELECT image_num FROM draft WHERE image_num > @from AND image_num <= @to))`;
type Counts = Record<'captions' | 'sets' | 'pairs' | 'pointing' | 'counting' | 'prepared' | 'images', number>;

/** Images and rows by table that an export in this state of the project has, files that are known to be missing left out. */
export async function countExport(db: Database, format: Format, states: readonly ImageState[]): Promise<{ images: number; rows: Record<string, number> }> {
  const last = (db.prepare('SELECT max(num) FROM image').pluck().get() as number | null) ?? 0;
  const query = db.prepare(QUERY);
  const special = db.prepare(MAPPED).pluck();
  const sum: Counts = { captions: 0, sets: 0, pairs: 0, pointing: 0, counting: 0, prepared: 0, images: 0 };
  const rows: Record<string, number> = Object.fromEntries(format.tables.map((table) => [table.name, 0]));
  let images = 0;
  for (let from = 0; from < last; from += CHUNK) {
    const stretch = { from, to: from + CHUNK, states: JSON.stringify(states) };
    const mapped = special.all(stretch) as number[];
    const counts = query.get({ ...stretch, mapped: JSON.stringify(mapped) }) as Counts;
    for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
    for (const [at, num] of mapped.entries()) {
      const found = format.map(exportItem(db, num), noImage).rows;
      for (const name of Object.keys(rows)) rows[name]! += found[name]!.length;
      if (Object.values(found).some((list) => list.length > 0)) images++;
      if (at % 50 === 49) await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const plain: Record<string, number> =
    format.profile === 'pixmo-parquet'
      ? { cap: sum.captions, points: sum.sets, 'ask-model-anything': sum.pairs }
      : { cap: sum.captions, 'points-pointing': sum.pointing, 'points-counting': sum.counting };
  for (const [name, count] of Object.entries(plain)) rows[name]! += count;
  return { images: images + (format.profile === 'pixmo-parquet' ? sum.images : sum.prepared), rows };
}
