/** How much an export would hold, counted in SQL by the rules of `shared/formats/work.ts` and `options.ts`; a test compares the two. */
import type { Database } from 'better-sqlite3';
import { statusOf } from '../../../shared/domain/model.ts';
import { stateOf } from '../../../shared/domain/review.ts';
import { type Format, noImage, type WorkKind } from '../../../shared/formats/format.ts';
import { chooseWork, type ExportOptions } from '../../../shared/formats/options.ts';
import type { ExportItem } from '../../../shared/formats/source.ts';
import { ValidationChoice } from '../../../shared/formats/split.ts';
import { captionsOf, labelledPointsOf, pointedAnswersOf, preferencesOf, questionAnswersOf } from '../../../shared/formats/work.ts';
import { codesThat } from '../quality/lint/context.ts';
import { heldBy } from './held.ts';
import { exportItem, type Moment } from './items.ts';
import { splitKeysInSteps } from './split-keys.ts';

/** What JavaScript's `trim` takes off. */
const SPACES = [9, 10, 11, 12, 13, 32, 0xa0, 0x1680, ...Array.from({ length: 11 }, (_, i) => 0x2000 + i), 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff];
const written = (column: string) => `trim(${column}, char(${SPACES.join(', ')})) <> ''`;
const chosen = (column: string, list: string) => `(@${list} IS NULL OR ${column} IN (SELECT value FROM json_each(@${list})))`;
/** Every table is read by its key, a stretch of it: else SQLite may read all of it for each stretch. */
const within = (column: string) => `${column} > @from AND ${column} <= @to`;
/** Images counted in one go at first; from then on as many as take a slice's time. */
const FIRST_CHUNK = 500;
const SLICE_MS = 12;
/** Up to so many images are mapped as the export will do it: a tenth of a second for each 300. More are counted in SQL. */
const MAPPED_UP_TO = 600;

const IN_STRETCH = `SELECT num FROM image WHERE num > @from AND num <= @to AND excluded = 0 AND missing = 0 AND state IN (SELECT value FROM json_each(@states))`;
const QUERY = `
WITH chosen AS MATERIALIZED (
  -- Answers with points in them and drafts are for the mappers themselves.
  ${IN_STRETCH} AND num NOT IN (SELECT value FROM json_each(@mapped))
),
turns AS (
  SELECT turn.image_num, turn.role, turn.text, turn.ability,
    lead(turn.role) OVER thread AS next_role, lead(turn.text) OVER thread AS next_text, lead(turn.draft_id) OVER thread AS next_draft
  FROM turn JOIN thread ON thread.image_num = turn.image_num AND thread.id = turn.thread_id
  WHERE ${within('turn.image_num')} AND ${within('thread.image_num')} AND turn.image_num IN chosen AND ${chosen('thread.author_id', 'people')}
  WINDOW thread AS (PARTITION BY turn.image_num, turn.thread_id ORDER BY turn.id)
),
work AS (
  SELECT image_num, 'captions' AS kind FROM caption WHERE ${within('image_num')} AND image_num IN chosen AND ${written('text')} AND ${chosen('author_id', 'people')}
  UNION ALL
  SELECT image_num, method AS kind FROM point_set NOT INDEXED WHERE ${within('image_num')} AND image_num IN chosen AND turn_id IS NULL AND ${written('label')}
    AND ${chosen('author_id', 'people')} AND ${chosen('label', 'labels')}
    AND (presence = 'present') = EXISTS (SELECT 1 FROM point WHERE point.image_num = point_set.image_num AND point.set_id = point_set.id)
    AND (@provenance = 'all' OR NOT EXISTS (
      SELECT 1 FROM point WHERE point.image_num = point_set.image_num AND point.set_id = point_set.id AND point.proposal_id IS NOT NULL))
  UNION ALL
  SELECT image_num, 'questions' AS kind FROM turns WHERE role = 'question' AND next_role = 'answer' AND ${written('text')} AND ${written('next_text')}
    AND ${chosen('ability', 'abilities')} AND (@provenance = 'all' OR next_draft IS NULL)
)
SELECT work.image_num AS num, image.sha256 AS sha256, work.kind AS kind, count(*) AS n
FROM work JOIN image ON image.num = work.image_num GROUP BY work.image_num, work.kind ORDER BY work.image_num`;
/** Images of a stretch whose rows depend on more than whether texts are blank, or that findings may hold back. */
const MAPPED = `${IN_STRETCH} AND (
  num IN (SELECT image_num FROM turn WHERE image_num > @from AND image_num <= @to AND instr(text, '<@') > 0)
  OR num IN (SELECT image_num FROM draft WHERE image_num > @from AND image_num <= @to)
  OR num IN (SELECT image_num FROM lint_finding WHERE image_num > @from AND image_num <= @to AND dismissed = 0 AND code IN (SELECT value FROM json_each(@codes))))`;

export interface ExportCount {
  /** Images with anything that the profile takes. */
  readonly images: number;
  readonly work: Readonly<Partial<Record<WorkKind, number>>>;
  /** How many of the images would be in the validation split. */
  readonly validation: number;
  /** Entries of a listed validation split that are no image of the project: such an export is refused. */
  readonly unknown: number;
}
type Choice = Omit<ExportOptions, 'images' | 'maxSidePx' | 'quality'>;
export interface CountOptions {
  readonly signal?: AbortSignal;
  /** A release instead of now. */
  readonly moment?: Moment | null;
  /** Near-duplicates as they are grouped: image number, group. */
  readonly near?: readonly (readonly [number, number])[];
  /** For tests: 0 counts everything in SQL. */
  readonly mappedUpTo?: number;
}
/** What is known of an image: how much there is of each kind, and the tables that have rows of it. */
type Found = { readonly sha256: string; readonly work: Readonly<Partial<Record<WorkKind, number>>>; readonly tables: readonly string[] };

/** How much work of each kind that the profile takes there is, files that are known to be missing left out. Others are served in between. */
export async function countExport(db: Database, format: Format, choice: Choice, options: CountOptions = {}): Promise<ExportCount> {
  const { signal, moment = null, near = [], mappedUpTo = MAPPED_UP_TO } = options;
  const keys = await splitKeysInSteps(db, near, choice.keepFolders, signal);
  const fixed = choice.validation === null ? null : await listed(choice.validation, keys, signal);
  const split = new ValidationChoice({ share: choice.validationShare, seed: choice.seed, fixed: fixed?.keys ?? null });
  const last = moment?.lastImageNum ?? (db.prepare('SELECT max(num) FROM image').pluck().get() as number | null) ?? 0;
  const work = Object.fromEntries(format.takes.map((kind) => [kind, 0])) as Record<WorkKind, number>;
  const shas: string[] = [];
  const add = ({ sha256, work: own, tables }: Found) => {
    if (!format.takes.some((kind) => (own[kind] ?? 0) > 0)) return;
    for (const kind of format.takes) work[kind] += own[kind] ?? 0;
    split.add(keys.keyOf({ sha256 }), tables);
    shas.push(sha256);
  };
  const all = moment !== null || last <= mappedUpTo;
  const isLeft = choice.findings === 'leave-out';
  const rulesOf = isLeft ? heldBy(db) : () => [];
  const codes = JSON.stringify(isLeft ? codesThat(db, 'export') : []);
  const pause = slices(signal);
  let chunk = FIRST_CHUNK;
  for (let from = 0, to = 0; from < last; from = to) {
    const begun = performance.now();
    to = Math.min(last, from + chunk);
    const stretch = { from, to, states: JSON.stringify(choice.states), codes };
    if (!all) for (const found of inSql(db, stretch, choice)) add(found);
    const sqlMs = performance.now() - begun;
    for (const num of numsToMap(db, stretch, moment, all)) {
      const found = mapped(exportItem(db, num, moment), format, choice, moment, (own) => rulesOf(own).length > 0);
      if (found) add(found);
      await pause();
    }
    await pause();
    if (!all) chunk = Math.round(Math.min(5000, Math.max(50, chunk * Math.min(2, SLICE_MS / Math.max(1, sqlMs)))));
  }
  const validation = shas.reduce((sum, sha256) => sum + (split.splitOf(keys.keyOf({ sha256 })) === 'validation' ? 1 : 0), 0);
  return { images: shas.length, work, validation, unknown: fixed?.unknown ?? 0 };
}

/** Waits for others when a slice's time is over, and ends when nobody waits for the answer any more. */
function slices(signal?: AbortSignal): () => Promise<void> | void {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < SLICE_MS) return;
    return new Promise((resolve) => setImmediate(resolve)).then(() => {
      signal?.throwIfAborted();
      begun = performance.now();
    });
  };
}

async function listed(list: readonly string[], keys: Awaited<ReturnType<typeof splitKeysInSteps>>, signal?: AbortSignal) {
  const all = new Set<string>();
  let unknown = 0;
  for (let at = 0; at < list.length; at += 1000) {
    const part = keys.fixed(list.slice(at, at + 1000));
    for (const key of part.keys) all.add(key);
    unknown += part.unknown;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  return { keys: all, unknown };
}

type Stretch = { readonly from: number; readonly to: number; readonly states: string; readonly codes: string };

function numsToMap(db: Database, stretch: Stretch, moment: Moment | null, all: boolean): number[] {
  const { from, to } = stretch;
  if (moment) return db.prepare('SELECT num FROM image WHERE num > ? AND num <= ? AND missing = 0').pluck().all(from, to) as number[];
  return db
    .prepare(all ? IN_STRETCH : MAPPED)
    .pluck()
    .all(stretch) as number[];
}

/** The tables of an image that is not mapped are known by kind only: which image is forced into a validation split that would be empty may differ by it. */
function inSql(db: Database, stretch: Stretch, { people, labels, abilities, provenance }: Choice): Iterable<Found> {
  const json = (list: readonly string[] | null) => (list === null ? null : JSON.stringify(list));
  const rows = db.prepare(QUERY).all({
    ...stretch,
    mapped: JSON.stringify(db.prepare(MAPPED).pluck().all(stretch)),
    people: json(people),
    labels: json(labels),
    abilities: json(abilities),
    provenance,
  }) as { num: number; sha256: string; kind: 'captions' | 'questions' | 'pointing' | 'counting'; n: number }[];
  const found = new Map<number, { sha256: string; work: Partial<Record<WorkKind, number>>; tables: string[] }>();
  for (const { num, sha256, kind, n } of rows) {
    const image = found.get(num) ?? { sha256, work: {}, tables: [] };
    const name = kind === 'captions' || kind === 'questions' ? kind : 'labels';
    image.work[name] = (image.work[name] ?? 0) + n;
    image.tables.push(kind);
    found.set(num, image);
  }
  return found.values();
}

type Numbered = ReturnType<typeof exportItem>;
/** Null where the image is not part of the export. */
function mapped(item: Numbered, format: Format, choice: Choice, moment: Moment | null, isHeld: (item: Numbered) => boolean): Found | null {
  if (moment && (statusOf(item.doc).excluded || !choice.states.includes(stateOf(item.doc)))) return null;
  const own = { ...item, doc: chooseWork(item.doc, choice).doc };
  if (isHeld(own)) return null;
  const { rows } = format.map(own, noImage, 'train');
  return { sha256: item.image.sha256, work: workOf(own), tables: Object.keys(rows).filter((table) => rows[table]!.length > 0) };
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
