/**
 * What lists, counts and searches tell a blind annotator of the images they were given: worked out from the part that they see, and kept beside the
 * database while it is open. Everybody else reads the image's own row.
 */
import type { Database } from 'better-sqlite3';
import { stateOf } from '../../../shared/domain/review.ts';
import { type View, visibleDoc, visibleEvents, viewOf } from '../../../shared/domain/visible.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { BLIND_TO } from './blind.ts';
import { loadDocs } from './docs.ts';
import { eventsWithout } from './events.ts';
import { countsOf } from './projection.ts';
import { sql } from './statement.ts';

/** Who looks at lists: a person who works blind on some images, or null where they see everything. */
export type Onlooker = string | null;

/** Others are served after this many milliseconds; as many images are read in one go. */
const SLICE_MS = 12;
const PAGE = 20;
const made = new WeakMap<Database, string>();

/** Columns of an image that say how far its work is, as this person sees them. `COLUMN` is one of the table below. */
export const SEEN = 'SELECT image_num FROM temp.seen';
const TABLE = `CREATE TEMP TABLE seen (image_num INTEGER PRIMARY KEY, rev INTEGER, state TEXT, caption_count INTEGER, caption_words INTEGER,
  question_count INTEGER, answer_count INTEGER, set_count INTEGER, point_count INTEGER, edited_at INTEGER)`;

/** Brings what this person sees of their blind images up to date, in slices between which others are served. */
export async function refreshSeen(db: Database, personId: string): Promise<void> {
  if (made.get(db) !== personId) {
    db.exec(`DROP TABLE IF EXISTS temp.seen; ${TABLE}`);
    made.set(db, personId);
  }
  sql(db, `DELETE FROM temp.seen WHERE image_num NOT IN (${BLIND_TO})`).run(personId);
  const stale = sql(
    db,
    `SELECT num, rev FROM image WHERE num IN (${BLIND_TO}) AND NOT EXISTS (SELECT 1 FROM temp.seen WHERE image_num = num AND seen.rev = image.rev) LIMIT ${PAGE}`,
  );
  for (let until = performance.now() + SLICE_MS; db.open && made.get(db) === personId;) {
    const images = stale.all(personId) as { num: number; rev: number }[];
    if (images.length === 0) return;
    keep(db, personId, images);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    until = performance.now() + SLICE_MS;
  }
}

function keep(db: Database, personId: string, images: readonly { num: number; rev: number }[]): void {
  const docs = loadDocs(
    db,
    images.map(({ num }) => num),
  );
  const put = sql(db, 'INSERT OR REPLACE INTO temp.seen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { num, rev } of images) {
    const whole = docs.get(num)!;
    // Whoever was given it blind sees it blind here: leads and reviewers are no onlookers.
    const view = viewOf(whole, personId, 'annotator');
    const doc = visibleDoc(whole, view);
    const { captions, words, questions, answers, sets, points } = countsOf(doc);
    const { lastAt } = view ? seenEdits(db, num, whole, view) : { lastAt: null };
    put.run(num, rev, stateOf(doc), captions, words, questions, answers, sets, points, lastAt);
  }
}

/** How many edits of an image, up to a revision, the view shows, and when the last of them was made. Only what leads and reviewers did is read. */
export function seenEdits(db: Database, num: number, doc: Doc, view: View, rev = Number.MAX_SAFE_INTEGER): { count: number; lastAt: number | null } {
  const own = sql(db, 'SELECT count(*) AS count, max(at) AS lastAt FROM event WHERE image_num = ? AND user_id = ? AND rev <= ?').get(num, view.personId, rev);
  const { count, lastAt } = own as { count: number; lastAt: number | null };
  const others = visibleEvents(eventsWithout(db, num, [view.personId, ...view.fellows]), doc, view).filter((event) => event.rev <= rev);
  const times = [lastAt ?? 0, ...others.map(({ at }) => at)];
  return { count: count + others.length, lastAt: Math.max(...times) || null };
}

/** SQL for a column of the image as the onlooker sees it. `num` is the image's number in the query around. */
export const seenColumn = (onlooker: Onlooker, num: string, column: 'state' | 'caption_count' | 'answer_count' | 'set_count' | 'edited_at'): string =>
  onlooker === null
    ? `image.${column}`
    : `(CASE WHEN ${num} IN (${SEEN}) THEN (SELECT seen.${column} FROM temp.seen AS seen WHERE seen.image_num = ${num}) ELSE image.${column} END)`;

export interface SeenCard {
  readonly state: string;
  readonly captions: number;
  readonly words: number;
  readonly questions: number;
  readonly points: number;
  readonly editedAt: number | null;
}
/** How far an image is as the onlooker sees it; undefined where they see the image's own row. */
export const seenCard = (db: Database, num: number): SeenCard | undefined =>
  sql(
    db,
    `SELECT state, caption_count AS captions, caption_words AS words, question_count AS questions, point_count AS points, edited_at AS editedAt
     FROM temp.seen WHERE image_num = ?`,
  ).get(num) as SeenCard | undefined;
