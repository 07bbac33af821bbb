/** Images as the gallery and the queue read them. */
import type { Database } from 'better-sqlite3';
import type { Facets, ImageCard, ImageFilter, ImageRecord } from '../../../shared/domain/image.ts';
import { imageStates } from '../../../shared/domain/model.ts';
import { matchQuery } from '../../../shared/text/search-split.ts';
import { type Ranking, rankingOf, rankingScore } from './rankings.ts';
import { bothIndexes } from './search.ts';
import { BLIND_TO } from './blind.ts';
import { type Onlooker, SEEN, seenColumn } from './seen.ts';
import { sql } from './statement.ts';

const RECORD = `image.id, image.name, image.sha256, image.format, image.width_px AS widthPx, image.height_px AS heightPx, image.orientation,
  image.size_bytes AS sizeBytes, image.phash, image.taken_at AS takenAt, image.camera, image.added_at AS addedAt, image.missing`;
const CARD = `${RECORD}, image.state, image.excluded, image.skipped, image.caption_count AS captionCount, image.caption_words AS captionWords,
  image.question_count AS questionCount, image.point_count AS pointCount, image.edited_at AS editedAt`;

type Flags<T> = Omit<T, 'missing' | 'excluded'> & { missing: number; excluded?: number };
const toRecord = <T extends ImageRecord>(row: Flags<T>): T =>
  ({ ...row, missing: row.missing === 1, ...('excluded' in row ? { excluded: row.excluded === 1 } : {}) }) as unknown as T;

/** The row number of an image, or undefined. */
export function imageNum(db: Database, imageId: string): number | undefined {
  return (sql(db, 'SELECT num FROM image WHERE id = ?').get(imageId) as { num: number } | undefined)?.num;
}

/** One image with how far its work is, or undefined. */
export function imageCard(db: Database, imageId: string): ImageCard | undefined {
  const row = sql(db, `SELECT ${CARD} FROM image WHERE id = ?`).get(imageId) as Flags<ImageCard> | undefined;
  return row && toRecord(row);
}

/** The facts of an image by its row number. */
export function imageRecord(db: Database, num: number): ImageRecord {
  return toRecord(sql(db, `SELECT ${RECORD} FROM image WHERE num = ?`).get(num) as Flags<ImageRecord>);
}

/** The facts of all images whose row numbers lie between two. */
export function imageRecords(db: Database, from: number, to: number): Map<number, ImageRecord> {
  const rows = sql(db, `SELECT image.num, ${RECORD} FROM image WHERE num BETWEEN ? AND ?`).all(from, to) as (Flags<ImageRecord> & { num: number })[];
  return new Map(rows.map(({ num, ...row }) => [num, toRecord(row as Flags<ImageRecord>)]));
}

interface Selection {
  readonly from: string;
  /** The column of the image's row number: the index's own where the image itself need not be read. */
  readonly num: string;
  /** SQL for 1 where the words were found in the picture alone. */
  readonly inPicture: string;
  readonly where: string;
  readonly order: string;
  readonly values: (string | number)[];
}

type Test = (text: string, ...bound: (string | number)[]) => void;

/**
 * Every condition but the text and whether images are taken out. `each` is the image's number; where text is searched, with a plus: then it is searched
 * once, and without it SQLite searches it again for every image of the label (minutes for 5,000).
 */
function conditions(filter: ImageFilter, each: string, test: Test, onlooker: Onlooker): void {
  if (filter.missing) test('image.missing = 1');
  if (filter.skipped) test('image.skipped IS NOT NULL');
  if (filter.states.length > 0) test(`${seenColumn(onlooker, each, 'state')} IN (${filter.states.map(() => '?').join(', ')})`, ...filter.states);
  const counts = { caption: 'caption_count', answer: 'answer_count', points: 'set_count' } as const;
  for (const what of filter.has) test(`${seenColumn(onlooker, each, counts[what])} > 0`);
  for (const what of filter.lacks) test(`${seenColumn(onlooker, each, counts[what])} = 0`);
  // Findings are of everybody's work, contradictions between two people's too: of blind images none is told.
  if (filter.finding !== null) test(`${each} IN (SELECT image_num FROM lint_finding WHERE code = ? AND dismissed = 0)`, filter.finding);
  if (filter.finding !== null && onlooker !== null) test(`${each} NOT IN (${SEEN})`);
  if (filter.label !== null) {
    const labelled = 'SELECT image_num FROM point_set WHERE label = ? AND turn_id IS NULL';
    if (onlooker === null) test(`${each} IN (${labelled})`, filter.label);
    else test(`${each} IN (${labelled} AND (author_id = ? OR image_num NOT IN (${BLIND_TO})))`, filter.label, onlooker, onlooker);
  }
  // Where they work blind, words find an image by its name alone.
  const match = onlooker === null ? null : matchQuery(filter.text);
  if (match !== null)
    test(`(${each} NOT IN (${BLIND_TO}) OR ${each} IN (SELECT rowid FROM image_text WHERE image_text MATCH ?))`, onlooker!, `name : (${match})`);
  if (filter.assignedTo !== null) test(`${each} IN (SELECT image_num FROM assignment WHERE person_id = ? AND kind = 'annotate')`, filter.assignedTo);
  if (filter.returnReason !== null) test('image.return_reason = ?', filter.returnReason);
  if (filter.personId !== null) test(`${each} IN (SELECT image_num FROM image_person WHERE person_id = ?)`, filter.personId);
  // Who else was given a blind image, or worked on it, is not told.
  for (const personId of [filter.assignedTo, filter.personId])
    if (onlooker !== null && personId !== null && personId !== onlooker) test(`${each} NOT IN (${SEEN})`);
}

/** Images of a ranking, and what full text finds: among them where a person searches in what is like an image, beside them where words are searched both ways. */
function rankedSelection(db: Database, filter: ImageFilter, onlooker: Onlooker, ranking: Ranking, match: string | null): Selection {
  const where: string[] = [];
  const values: (string | number)[] = [ranking.num];
  const test: Test = (text, ...bound) => {
    where.push(text);
    values.push(...bound);
  };
  const both = match === null ? null : bothIndexes(db, match);
  const matches = both ? `SELECT num FROM ${both.sql}` : 'SELECT rowid FROM image_text WHERE image_text MATCH ?';
  const words = match === null ? [] : (both?.values ?? [match]);
  let from = 'temp.ranking AS ranking CROSS JOIN image ON image.num = ranking.image_num';
  let wordsFirst = '';
  if (ranking.beside === null) {
    where.push('ranking.id = ?');
    if (match !== null) test(`image.num IN (${matches})`, ...words);
  } else {
    const text = match === null ? '' : ` UNION ALL SELECT *, 1 FROM (${matches})`;
    from = `(SELECT num, max(matched) AS matched FROM (SELECT image_num AS num, 0 AS matched FROM temp.ranking WHERE id = ? AND place < ?${text}) GROUP BY num) AS found
      CROSS JOIN image ON image.num = found.num LEFT JOIN temp.ranking AS ranking ON ranking.id = ? AND ranking.image_num = image.num`;
    values.push(ranking.beside, ...words, ranking.num);
    // What has the very words comes first, then what looks like them.
    wordsFirst = 'found.matched DESC, ';
  }
  test('image.excluded = ?', filter.excluded === 'only' ? 1 : 0);
  conditions(filter, '+image.num', test, onlooker);
  const way = filter.descending ? 'DESC' : 'ASC';
  const alike = `${wordsFirst}ranking.place ASC NULLS LAST, image.num`;
  return { from, num: 'image.num', inPicture: '0', where: where.join(' AND '), order: ordersOf('image.num', way, alike, onlooker)[filter.sort], values };
}

const ordersOf = (num: string, way: 'ASC' | 'DESC', best: string, onlooker: Onlooker): Record<ImageFilter['sort'], string> => ({
  added: `${num} ${way}`,
  name: `image.name ${way}, image.num ${way}`,
  edited: `${seenColumn(onlooker, 'image.num', 'edited_at')} ${way} NULLS LAST, image.num ${way}`,
  taken: `image.taken_at ${way} NULLS LAST, image.num ${way}`,
  relevance: best,
  similarity: best,
});

/** How well the words fit is told by all texts of an image, so blind images come before the others, in the order of their numbers. */
const unscored = (score: string, num: string, onlooker: Onlooker): string =>
  onlooker === null ? score : `CASE WHEN ${num} IN (${SEEN}) THEN -1e9 ELSE ${score} END`;

/** The part of a query that chooses and orders. Built from fixed pieces only; what the person typed is always a bound value. */
function selection(db: Database, filter: ImageFilter, onlooker: Onlooker): Selection {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const test: Test = (text, ...bound) => {
    where.push(text);
    values.push(...bound);
  };
  const match = matchQuery(filter.text);
  const ranking = filter.ranking === null ? null : rankingOf(db, filter.ranking);
  if (ranking) return rankedSelection(db, filter, onlooker, ranking, match);
  const isBare =
    filter.excluded === 'hide' &&
    !filter.missing &&
    !filter.skipped &&
    filter.returnReason === null &&
    filter.states.length + filter.has.length + filter.lacks.length === 0;
  const ofIndex = match !== null && isBare && (filter.sort === 'added' || filter.sort === 'relevance');
  const both = match === null ? null : bothIndexes(db, match);
  const num = match === null ? 'image.num' : both ? 'hit.num' : 'image_text.rowid';
  const index = both?.sql ?? 'image_text';
  const from = match === null ? 'image' : ofIndex ? index : `${index} CROSS JOIN image ON image.num = ${num}`;
  if (both) values.push(...both.values);
  else if (match !== null) test('image_text MATCH ?', match);
  else if (filter.text.trim() !== '') test('0');
  // A match is rarely excluded: asking the short list spares reading the image of every match.
  if (match !== null && filter.excluded === 'hide') test(`${num} NOT IN (SELECT num FROM image WHERE excluded = 1)`);
  else test('image.excluded = ?', filter.excluded === 'only' ? 1 : 0);
  conditions(filter, match === null ? num : `+${num}`, test, onlooker);
  const way = filter.descending ? 'DESC' : 'ASC';
  // What people wrote comes before what only stands in the picture.
  const scored = both ? ['hit.in_picture', 'hit.score'] : ['bm25(image_text)'];
  const best = match === null ? `${num} ${way}` : [...scored.map((score) => unscored(score, num, onlooker)), num].join(', ');
  const all = where.length > 0 ? where.join(' AND ') : '1';
  return { from, num, inPicture: both ? 'hit.in_picture' : '0', where: all, order: ordersOf(num, way, best, onlooker)[filter.sort], values };
}

/** A window of a filtered list, and the length of the whole list. */
export function imagePage(db: Database, filter: ImageFilter, offset: number, limit: number, onlooker: Onlooker = null): { total: number; images: ImageCard[] } {
  const { from, num, inPicture, where, order, values } = selection(db, filter, onlooker);
  const total = db.prepare(`SELECT count(*) FROM ${from} WHERE ${where}`).pluck().get(values) as number;
  const found = db
    .prepare(`SELECT ${num} AS num, ${inPicture} AS inPicture FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all([...values, limit, offset]) as { num: number; inPicture: 0 | 1 }[];
  const card = sql(db, `SELECT ${CARD} FROM image WHERE num = ?`);
  const ranking = filter.ranking === null ? null : rankingOf(db, filter.ranking);
  const cardOf = (num: number) => {
    const similarity = ranking ? rankingScore(db, ranking, num) : undefined;
    return { ...toRecord<ImageCard>(card.get(num) as Flags<ImageCard>), ...(similarity === undefined ? {} : { similarity }) };
  };
  return { total, images: found.map(({ num, inPicture }) => (inPicture ? { ...cardOf(num), inPicture: true } : cardOf(num))) };
}

/** Ids of a stretch of a filtered list, in its order. */
export function imageIds(db: Database, filter: ImageFilter, offset: number, limit: number, onlooker: Onlooker = null): string[] {
  const { from, num, where, order, values } = selection(db, filter, onlooker);
  return db
    .prepare(`SELECT (SELECT named.id FROM image AS named WHERE named.num = ${num}) FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .pluck()
    .all([...values, limit, offset]) as string[];
}

/** Where an image stands in a filtered list, from 0, or -1. */
export function imagePosition(db: Database, filter: ImageFilter, imageId: string, onlooker: Onlooker = null): { position: number; total: number } {
  const { from, num, where, order, values } = selection(db, filter, onlooker);
  const nums = db.prepare(`SELECT ${num} FROM ${from} WHERE ${where} ORDER BY ${order}`).pluck().all(values) as number[];
  const own = imageNum(db, imageId);
  return { position: own === undefined ? -1 : nums.indexOf(own), total: nums.length };
}

/** Numbers of the gallery's side list, as the onlooker sees them. */
export function facets(db: Database, onlooker: Onlooker = null): Facets {
  const columns = 'state, caption_count, answer_count, set_count, point_count';
  const cards =
    onlooker === null
      ? `SELECT ${columns} FROM image WHERE excluded = 0`
      : `SELECT ${columns} FROM image WHERE excluded = 0 AND num NOT IN (${SEEN})
         UNION ALL SELECT ${columns} FROM temp.seen WHERE image_num NOT IN (SELECT num FROM image WHERE excluded = 1)`;
  const totals = sql(
    db,
    `SELECT count(*) AS total, coalesce(sum(caption_count > 0), 0) AS caption, coalesce(sum(answer_count > 0), 0) AS answer, coalesce(sum(set_count > 0), 0) AS pointed,
       coalesce(sum(caption_count), 0) AS captions, coalesce(sum(point_count), 0) AS points FROM (${cards})`,
  ).get() as { total: number; caption: number; answer: number; pointed: number; captions: number; points: number };
  const byState = sql(db, `SELECT state, count(*) AS images FROM (${cards}) GROUP BY state`).all() as { state: string; images: number }[];
  const count = (text: string) => (sql(db, text).get() as { n: number }).n;
  return {
    total: totals.total,
    excluded: count('SELECT count(*) AS n FROM image WHERE excluded = 1'),
    missing: count('SELECT count(*) AS n FROM image WHERE missing = 1'),
    skipped: count('SELECT count(*) AS n FROM image WHERE skipped IS NOT NULL AND excluded = 0'),
    states: Object.fromEntries(imageStates.map((state) => [state, byState.find((row) => row.state === state)?.images ?? 0])) as Facets['states'],
    has: { caption: totals.caption, answer: totals.answer, points: totals.pointed },
    labels: labels(db, '', 200, onlooker),
    people: workers(db, onlooker),
    captions: totals.captions,
    points: totals.points,
  };
}

function workers(db: Database, onlooker: Onlooker): Facets['people'] {
  const hidden = onlooker === null ? '' : `AND (person_id = @onlooker OR image_num NOT IN (${SEEN}))`;
  const text = `SELECT person.id, person.name, (SELECT count(*) FROM image_person WHERE person_id = person.id ${hidden}) AS images FROM person
    WHERE EXISTS (SELECT 1 FROM image_person WHERE person_id = person.id ${hidden}) ORDER BY images DESC, person.name`;
  return sql(db, text).all(onlooker === null ? {} : { onlooker }) as Facets['people'];
}

/** Labels in use, the most used first. */
export function labels(db: Database, prefix: string, limit: number, onlooker: Onlooker = null): { label: string; images: number }[] {
  const hidden = onlooker === null ? '' : `AND (author_id = @onlooker OR image_num NOT IN (${SEEN}))`;
  const text = `SELECT label, count(DISTINCT image_num) AS images FROM point_set WHERE turn_id IS NULL AND lower(label) LIKE @like ESCAPE '\\' ${hidden}
    GROUP BY label ORDER BY images DESC, label LIMIT @limit`;
  const like = `${prefix.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql(db, text).all({ like, limit, ...(onlooker === null ? {} : { onlooker }) }) as { label: string; images: number }[];
}

/** Images of which more than one file was found, with the names of all. */
export function duplicates(db: Database): { image: ImageRecord; names: string[] }[] {
  const nums = sql(db, 'SELECT image_num AS num FROM file GROUP BY image_num HAVING count(*) > 1 LIMIT 1000').all() as { num: number }[];
  return nums.map(({ num }) => ({
    image: imageRecord(db, num),
    names: (sql(db, 'SELECT name FROM file WHERE image_num = ? ORDER BY name').all(num) as { name: string }[]).map((row) => row.name),
  }));
}
