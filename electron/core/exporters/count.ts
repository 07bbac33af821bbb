/** How much an export would hold, counted in SQL by the rules of `shared/formats/work.ts`; a test compares the two. */
import type { Database } from 'better-sqlite3';
import type { ImageState } from '../../../shared/domain/model.ts';
import type { Format, WorkKind } from '../../../shared/formats/format.ts';
import type { ExportItem } from '../../../shared/formats/source.ts';
import { captionsOf, labelledPointsOf, pointedAnswersOf, preferencesOf, questionAnswersOf } from '../../../shared/formats/work.ts';
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
  SELECT image_num FROM point_set WHERE image_num IN chosen AND turn_id IS NULL AND ${written('label')}
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
  (SELECT count(*) FROM sets) AS labels,
  (SELECT count(*) FROM pairs) AS questions,
  (SELECT count(*) FROM (
    SELECT image_num FROM captions WHERE @captions UNION SELECT image_num FROM sets WHERE @labels UNION SELECT image_num FROM pairs WHERE @questions
  )) AS images`;
/** Images of a stretch whose rows depend on more than whether texts are blank. */
const MAPPED = `SELECT num FROM image WHERE num > @from AND num <= @to AND excluded = 0 AND missing = 0 AND state IN (SELECT value FROM json_each(@states)) AND (
  num IN (SELECT image_num FROM turn WHERE image_num > @from AND image_num <= @to AND instr(text, '<@') > 0)
  OR num IN (SELECT image_num FROM draft WHERE image_num > @from AND image_num <= @to))`;

export interface ExportCount {
  /** Images with anything that the profile takes. */
  readonly images: number;
  readonly work: Readonly<Partial<Record<WorkKind, number>>>;
}

/** How much work of each kind that the profile takes there is in this state of the project, files that are known to be missing left out. */
export async function countExport(db: Database, format: Format, states: readonly ImageState[]): Promise<ExportCount> {
  const last = (db.prepare('SELECT max(num) FROM image').pluck().get() as number | null) ?? 0;
  const query = db.prepare(QUERY);
  const special = db.prepare(MAPPED).pluck();
  const taken = (kind: WorkKind) => (format.takes.includes(kind) ? 1 : 0);
  const flags = { captions: taken('captions'), labels: taken('labels'), questions: taken('questions') };
  const sum = Object.fromEntries(format.takes.map((kind) => [kind, 0])) as Record<WorkKind, number>;
  let images = 0;
  for (let from = 0; from < last; from += CHUNK) {
    const stretch = { from, to: from + CHUNK, states: JSON.stringify(states) };
    const mapped = special.all(stretch) as number[];
    const counts = query.get({ ...stretch, ...flags, mapped: JSON.stringify(mapped) }) as Record<'captions' | 'labels' | 'questions' | 'images', number>;
    for (const kind of ['captions', 'labels', 'questions'] as const) if (flags[kind]) sum[kind] += counts[kind];
    images += counts.images;
    for (const [at, num] of mapped.entries()) {
      const found = workOf(exportItem(db, num));
      for (const kind of format.takes) sum[kind] += found[kind];
      if (format.takes.some((kind) => found[kind] > 0)) images++;
      if (at % 50 === 49) await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { images, work: sum };
}

function workOf({ doc, drafts = [] }: ExportItem): Record<WorkKind, number> {
  return {
    captions: captionsOf(doc).length,
    questions: questionAnswersOf(doc).items.length,
    labels: labelledPointsOf(doc).items.length,
    explanations: pointedAnswersOf(doc).items.length,
    preferences: preferencesOf(doc, drafts).length,
  };
}
