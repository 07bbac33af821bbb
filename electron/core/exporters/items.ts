/** The images of an export with their documents, in the order in which they were imported, read a page at a time; of now, or of a release. */
import type { Database } from 'better-sqlite3';
import path from 'node:path';
import { settledDoc } from '../../../shared/domain/adjudication.ts';
import type { Draft } from '../../../shared/domain/draft.ts';
import { docAfter } from '../../../shared/domain/events.ts';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { type Doc, statusOf } from '../../../shared/domain/model.ts';
import { stateOf } from '../../../shared/domain/review.ts';
import type { Release } from '../../../shared/domain/release.ts';
import type { Finding } from '../../../shared/formats/findings.ts';
import { chooseWork, type ExportOptions } from '../../../shared/formats/options.ts';
import type { ExportItem } from '../../../shared/formats/source.ts';
import { loadDoc, loadDocs } from '../db/docs.ts';
import { draftsOfImage } from '../db/drafts.ts';
import { eventsOfImage } from '../db/events.ts';
import { imageRecord, imageRecords } from '../db/images.ts';
import { sql } from '../db/statement.ts';

/** Images read in one go: enough that queries cost little, few enough that 10,000 points on each fit. */
const PAGE = 100;
export type Moment = Pick<Release, 'seq' | 'lastImageNum' | 'createdAt'>;
export type NumberedItem = ExportItem & {
  readonly num: number;
  readonly findings: readonly Finding[];
  /** All that people wrote, with what an adjudicated row took the place of: agreement is measured on it. */
  readonly whole: Doc;
  /** Formats of other tools' files that told something of the image. */
  readonly imported: readonly string[];
};

/** A document as it was after an event of the project. What was not touched since is read as it is. */
export function docAtSeq(db: Database, num: number, seq: number): Doc {
  const last = sql(db, 'SELECT max(seq) AS seq FROM event WHERE image_num = ?').get(num) as { seq: number | null };
  if ((last.seq ?? 0) <= seq) return loadDoc(db, num);
  const { id } = sql(db, 'SELECT id FROM image WHERE num = ?').get(num) as { id: string };
  return docAfter(
    id,
    eventsOfImage(db, num).filter((event) => event.seq <= seq),
  );
}

/** One image as mappers take it. */
export function exportItem(db: Database, num: number, moment: Moment | null = null): ExportItem & { readonly num: number } {
  const doc = moment ? docAtSeq(db, num, moment.seq) : loadDoc(db, num);
  return withProposers(db, { num, image: imageRecord(db, num), doc: settledDoc(doc), drafts: draftsThen(draftsOfImage(db, num), moment) });
}

/** Drafts as they were at a moment: what was asked for later is not there, what was settled later is open. */
function draftsThen(drafts: readonly Draft[], moment: Moment | null): readonly Draft[] {
  if (!moment) return drafts;
  return drafts
    .filter((draft) => draft.askedAt <= moment.createdAt)
    .map((draft) => (draft.settledAt !== null && draft.settledAt > moment.createdAt ? { ...draft, verdict: 'open', settledAt: null } : draft));
}

/** Most images have no point that was proposed, and then nothing is asked. */
function withProposers<Item extends ExportItem & { readonly num: number }>(db: Database, item: Item): Item {
  if (!item.doc.point.some((point) => point.proposalId !== undefined)) return item;
  const rows = sql(db, 'SELECT id, encoder_id FROM proposal WHERE image_num = ? AND point_id IS NOT NULL').raw().all(item.num) as [string, string][];
  return { ...item, proposers: new Map(rows) };
}

/** The numbers that these rows name, to ask for details only where there are any. */
const numbers = (db: Database, query: string, ...values: number[]): ReadonlySet<number> =>
  new Set(
    db
      .prepare(query)
      .pluck()
      .all(...values) as number[],
  );

/** Which formats of imported files told something of these images; the format stands at the start of what was kept. */
function importedOf(db: Database, nums: readonly number[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  if (nums.length === 0) return found;
  const rows = sql(
    db,
    'SELECT DISTINCT image_num AS num, substr(json, 1, 40) AS start FROM import_extra WHERE image_num BETWEEN ? AND ? ORDER BY image_num, start',
  );
  for (const { num, start } of rows.all(nums[0]!, nums.at(-1)!) as { num: number; start: string }[]) {
    const format = /^\{"format":"([a-z-]+)"/.exec(start)?.[1];
    const known = found.get(num) ?? [];
    if (format !== undefined && !known.includes(format)) found.set(num, [...known, format]);
  }
  return found;
}

type Choice = Pick<ExportOptions, 'states'> & Partial<Pick<ExportOptions, 'people' | 'labels' | 'abilities' | 'provenance'>>;

/** Images that are part of the work and in one of these states, with the work that is asked for. Ends its statement after every page, so that others can write in between. */
export async function* exportItems(db: Database, choice: Choice, moment: Moment | null = null): AsyncGenerator<NumberedItem> {
  const { states, people = null, labels = null, abilities = null, provenance = 'all' } = choice;
  const now = 'SELECT num FROM image WHERE num > ? AND excluded = 0 AND state IN (SELECT value FROM json_each(?)) ORDER BY num LIMIT ?';
  const then = 'SELECT num FROM image WHERE num > ? AND num <= ? ORDER BY num LIMIT ?';
  const page = db.prepare(moment ? then : now);
  const drafted = numbers(db, 'SELECT DISTINCT image_num FROM draft');
  const changedSince = moment ? numbers(db, 'SELECT DISTINCT image_num FROM event WHERE seq > ?', moment.seq) : new Set<number>();
  let last = 0;
  for (;;) {
    const nums = page.pluck().all(last, moment ? moment.lastImageNum : JSON.stringify(states), PAGE) as number[];
    const docs = loadDocs(db, nums);
    const records = nums.length === 0 ? new Map<number, ImageRecord>() : imageRecords(db, nums[0]!, nums.at(-1)!);
    const imported = moment ? new Map<number, string[]>() : importedOf(db, nums);
    for (const num of nums) {
      const doc = changedSince.has(num) ? docAtSeq(db, num, moment!.seq) : docs.get(num)!;
      if (moment && (statusOf(doc).excluded || !states.includes(stateOf(doc)))) continue;
      const drafts = drafted.has(num) ? draftsThen(draftsOfImage(db, num), moment) : [];
      // Whoever wants the work of some people wants it as they wrote it.
      const settled = people === null ? settledDoc(doc) : doc;
      const item = withProposers(db, { num, image: records.get(num)!, doc: settled, drafts });
      yield { ...item, whole: doc, imported: imported.get(num) ?? [], ...chooseWork(settled, { people, labels, abilities, provenance }) };
    }
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
