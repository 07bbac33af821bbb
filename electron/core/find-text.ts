/** Find and replace over the whole project: read in short stretches, written as edits that one undo takes back. */
import { editPointSet, setText } from '../../shared/domain/authoring.ts';
import { visibleDoc } from '../../shared/domain/visible.ts';
import { MAX_LABEL, MAX_TEXT, type Doc } from '../../shared/domain/model.ts';
import type { Op } from '../../shared/domain/ops.ts';
import type { Input, Output } from '../../shared/rpc/client.ts';
import type { FindPlace, FoundText, FoundTexts } from '../../shared/rpc/contract.ts';
import { findAll, findPattern, type Found, replaceAt } from '../../shared/text/find.ts';
import { sql } from './db/statement.ts';
import { blindImages } from './db/blind.ts';
import { loadDoc } from './db/docs.ts';
import type { Edits } from './edits.ts';
import type { Project } from './project.ts';
import { viewFor } from './rights.ts';

/** Images looked through without a pause: 500 captions of 1 KB are read and searched in about 5 ms. */
const STRETCH = 500;
/** A call answers after so many images that have it, or so much time: the screen shows the first ones at once. */
const MAX_IMAGES = 200;
const ANSWER_MS = 120;
/** Characters shown before and after. */
const CONTEXT = 48;

interface TextRow {
  readonly num: number;
  readonly id: string;
  readonly place: FindPlace;
  readonly text: string;
}

/** Where texts lie. The label of points inside an answer is a phrase of that answer. */
const SOURCES: Readonly<Record<FindPlace, string>> = {
  caption: `SELECT image_num AS num, id, 'caption' AS place, text FROM caption WHERE image_num > @from AND image_num <= @to AND text LIKE @like ESCAPE '\\'`,
  question: `SELECT image_num AS num, id, 'question' AS place, text FROM turn WHERE image_num > @from AND image_num <= @to AND role = 'question' AND text LIKE @like ESCAPE '\\'`,
  answer: `SELECT image_num AS num, id, 'answer' AS place, text FROM turn WHERE image_num > @from AND image_num <= @to AND role = 'answer' AND text LIKE @like ESCAPE '\\'
    UNION ALL SELECT image_num, id, 'answer', label FROM point_set WHERE image_num > @from AND image_num <= @to AND turn_id IS NOT NULL AND label LIKE @like ESCAPE '\\'`,
  label: `SELECT image_num AS num, id, 'label' AS place, label AS text FROM point_set WHERE image_num > @from AND image_num <= @to AND turn_id IS NULL AND label LIKE @like ESCAPE '\\'`,
};

/** LIKE knows the case of ASCII only: anything else is left to the pattern. */
const likeOf = (find: string): string =>
  `%${find
    .replace(/[^\x20-\x7e]/gu, '_')
    .replace(/[\\%]/g, '\\$&')
    .replace(/^_+|_+$/g, '')}%`;

/** One stretch of the project, as long as one answer may take. */
export async function findTexts(project: Pick<Project, 'db' | 'me'>, query: Input<'edits.findText'>, signal: AbortSignal): Promise<FoundTexts> {
  const { db } = project;
  const isSeen = sightOf(project);
  const pattern = findPattern(query);
  const last = (sql(db, 'SELECT coalesce(max(num), 0) AS num FROM image').get() as { num: number }).num;
  const images: FoundTexts['images'][number][] = [];
  const until = performance.now() + ANSWER_MS;
  let from = query.after ?? 0;
  while (pattern && from < last && images.length < MAX_IMAGES && performance.now() < until && !signal.aborted) {
    const to = Math.min(last, from + STRETCH);
    const rows = query.places.flatMap((place) => sql(db, SOURCES[place]).all({ from, to, like: likeOf(query.find) }) as TextRow[]);
    const byImage = new Map<number, FoundText[]>();
    for (const row of rows) {
      if (!isSeen(row)) continue;
      const texts = findAll(row.text, pattern).map((found) => inContext(row, found));
      if (texts.length > 0) byImage.set(row.num, [...(byImage.get(row.num) ?? []), ...texts]);
    }
    for (const [num, texts] of [...byImage].sort(([a], [b]) => a - b)) {
      const image = sql(db, 'SELECT id AS imageId, name, sha256 FROM image WHERE num = ?').get(num) as { imageId: string; name: string; sha256: string };
      images.push({ ...image, texts });
    }
    from = to;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { images, next: from < last ? from : null, share: last === 0 ? 1 : Math.min(1, from / last) };
}

/** Says whether the acting person may see a text: all of them, but where they work blind only their own. */
function sightOf(project: Pick<Project, 'db' | 'me'>): (row: TextRow) => boolean {
  const blind = blindImages(project.db, project.me.userId);
  const seen = new Map<number, ReadonlySet<string>>();
  return ({ num, id }) => {
    if (!blind.has(num)) return true;
    if (!seen.has(num)) {
      const doc = loadDoc(project.db, num);
      const { caption, turn, pointSet } = visibleDoc(doc, viewFor(project, doc));
      seen.set(num, new Set([...caption, ...turn, ...pointSet].map((row) => row.id)));
    }
    return seen.get(num)!.has(id);
  };
}

function inContext({ id, place, text }: TextRow, { at, length }: Found): FoundText {
  const cut = (part: string) => part.toWellFormed().replace(/\s+/g, ' ');
  return {
    place,
    id,
    at,
    before: (at > CONTEXT ? '…' : '') + cut(text.slice(Math.max(0, at - CONTEXT), at)),
    match: text.slice(at, at + length),
    after: cut(text.slice(at + length, at + length + CONTEXT)) + (at + length + CONTEXT < text.length ? '…' : ''),
  };
}

/** Replaces at the given places, each of which is looked at again first. */
export async function replaceTexts(edits: Edits, edit: Input<'edits.replaceText'>, by: string): Promise<Output<'edits.replaceText'>> {
  const pattern = findPattern(edit);
  const wanted = new Map(edit.images.map(({ imageId, places }) => [imageId, places]));
  const asked = edit.images.reduce((sum, { places }) => sum + places.length, 0);
  const counts = new Map<string, number>();
  const opsOf = (imageId: string, doc: Doc): Op[] => {
    if (!pattern) return [];
    const byRow = new Map<string, Set<number>>();
    for (const { id, at } of wanted.get(imageId) ?? []) byRow.set(id, (byRow.get(id) ?? new Set()).add(at));
    return [...byRow].flatMap(([id, places]) => {
      const { ops, count } = replaceInRow(doc, id, places, pattern, edit.by);
      counts.set(imageId, (counts.get(imageId) ?? 0) + count);
      return ops;
    });
  };
  const { changed, refused, at } = await edits.change([...wanted.keys()], edit.groupId, opsOf, by);
  for (const imageId of refused) counts.delete(imageId);
  const replaced = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { replaced, left: asked - replaced, images: changed, at };
}

function replaceInRow(doc: Doc, id: string, places: ReadonlySet<number>, pattern: RegExp, by: string): { ops: Op[]; count: number } {
  const none = { ops: [], count: 0 };
  const set = doc.pointSet.find((row) => row.id === id);
  const kind = doc.caption.some((row) => row.id === id) ? 'caption' : 'turn';
  const text = set?.label ?? doc[kind].find((row) => row.id === id)?.text;
  if (text === undefined) return none;
  const here = findAll(text, pattern).filter(({ at }) => places.has(at));
  const after = replaceAt(text, here, by);
  if (here.length === 0 || after === null || after.length > (set ? MAX_LABEL : MAX_TEXT)) return none;
  const label = after.trim().replace(/\s+/g, ' ');
  if (set && label === '') return none;
  const ops = set ? editPointSet(doc, id, { label }) : setText(doc, kind, id, after);
  return ops.length > 0 ? { ops, count: here.length } : none;
}
