/**
 * Rows that name an image and hold a caption and nothing that has to be understood, as in lists of a million lines: read by a plan that is made once for all
 * rows of the same fields. A third of the time that looking for every field takes.
 */
import type { JsonValue } from '../columns.ts';
import { refOf, sizeOf, textOf } from './fields.ts';
import type { ImportRecord, JsonObject } from './record.ts';
import { CAPTION_FIELDS, HASH_FIELDS, IMAGE_FIELDS, MASK_FIELD, PAIRS, QUESTION_LISTS } from './row-fields.ts';

interface Plan {
  readonly fields: readonly string[];
  /** Null: rows of these fields are none of these. */
  readonly reads: { readonly image: string; readonly caption: string; readonly hasSize: boolean; readonly rest: readonly string[] } | null;
}

/** With one of these a row holds more than a caption, or its image is named in another way. */
const TELLING = new Set<string>([
  'conversations',
  'conversation',
  'messages',
  'answers',
  'chosen',
  'labels',
  'label',
  'points',
  'captions',
  'sentences',
  'question_id',
  'image_url',
  'image_id',
  'img_id',
  'collection_method',
  'collection_methods',
  'name',
  'transcripts',
  'parsed_response',
  ...HASH_FIELDS,
  ...QUESTION_LISTS,
  ...PAIRS.flat(),
]);
/** They say nothing of an image. */
const PASSED_OVER = new Set(['id', 'count']);

function planOf(fields: readonly string[]): Plan {
  const images = fields.filter((name) => IMAGE_FIELDS.includes(name));
  const captions = fields.filter((name) => CAPTION_FIELDS.includes(name));
  const isOther = fields.some((name) => TELLING.has(name) || name.endsWith('_file_name') || MASK_FIELD.test(name));
  if (isOther || images.length !== 1 || captions.length !== 1) return { fields, reads: null };
  const [image, caption] = [images[0]!, captions[0]!];
  const hasSize = fields.includes('width') && fields.includes('height');
  const rest = fields.filter((name) => name !== image && name !== caption && !PASSED_OVER.has(name));
  return { fields, reads: { image, caption, hasSize, rest } };
}

/** The last row's: rows of one file have the same fields, in the same order. */
let last: Plan = planOf([]);

function hasFields(row: JsonObject, fields: readonly string[]): boolean {
  let at = 0;
  for (const name in row) if (name !== fields[at++]) return false;
  return at === fields.length;
}

/** One for all: a million rows would make five million. */
const NONE: readonly never[] = [];

/** The record of such a row; null where it has to be looked at as a whole. */
export function plainRow(row: JsonObject, where: string): ImportRecord | null {
  if (!hasFields(row, last.fields)) last = planOf(Object.keys(row));
  const { reads } = last;
  if (reads === null) return null;
  const [named, said] = [row[reads.image], row[reads.caption]];
  if (typeof named !== 'string' || typeof said !== 'string') return null;
  const caption = textOf(said);
  const { paths, hashes, url } = refOf(named);
  if (caption === null || paths.length + hashes.length === 0) return null;
  const size = reads.hasSize ? sizeOf(row['width'], row['height']) : null;
  const image = { hashes, paths, stems: NONE, url, size };
  return { where, image, captions: [caption], threads: NONE, labels: NONE, notes: NONE, extra: extraOf(row, reads.rest, size !== null) };
}

function extraOf(row: JsonObject, rest: readonly string[], hasSize: boolean): JsonObject | null {
  let extra: Record<string, JsonValue> | null = null;
  for (const name of rest) {
    const value = row[name];
    if (value === null || value === undefined || value === '' || (hasSize && (name === 'width' || name === 'height'))) continue;
    (extra ??= {})[name] = value;
  }
  return extra;
}
