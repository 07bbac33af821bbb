/**
 * Rows that name an image and say something of it by the names of their fields: imagefolder's metadata, WebDataset's JSON, CSV and JSON lines of paths or
 * addresses, instruction data, parquet with an Image column.
 */
import type { JsonValue } from '../columns.ts';
import { chatRow, isChat } from './chat.ts';
import { stemsOfNumber } from './coco.ts';
import { hashOf, isObject, listOf, objectOf, pairsIn, refOf, restOf, sizeOf, textOf, textsOf } from './fields.ts';
import { isPixmo, pixmoRow } from './pixmo.ts';
import { plainRow } from './plain-row.ts';
import { labelsIn, withPlaces } from './point-text.ts';
import { type ImageRef, type ImportLabel, type ImportRecord, type ImportTurn, type JsonObject, type RowPlace, recordOf } from './record.ts';
import { CAPTION_FIELDS, HASH_FIELDS, IMAGE_FIELDS, MASK_FIELD, PAIRS, QUESTION_LISTS } from './row-fields.ts';

/** Names of fields that hold text, for a person to say which is the caption. */
export const textFields = (row: JsonObject): string[] =>
  Object.keys(row).filter(
    (name) =>
      textsOf(row[name]).length > 0 &&
      typeof (Array.isArray(row[name]) ? (row[name] as JsonValue[])[0] : row[name]) === 'string' &&
      !IMAGE_FIELDS.includes(name) &&
      !HASH_FIELDS.includes(name),
  );

const unique = (list: string[]): string[] => (list.length < 2 ? list : [...new Set(list)]);
const rank = new Map(IMAGE_FIELDS.map((name, at) => [name, at]));
/** The row's own fields that may name its image, the likeliest first. */
function imageFields(row: JsonObject): string[] {
  const found: string[] = [];
  for (const name in row) if (rank.has(name) || (name.endsWith('_file_name') && !MASK_FIELD.test(name))) found.push(name);
  return found.length < 2 ? found : found.sort((a, b) => (rank.get(a) ?? IMAGE_FIELDS.length) - (rank.get(b) ?? IMAGE_FIELDS.length));
}

function imageOf(row: JsonObject, used: Set<string>): Partial<ImageRef> {
  const hashes: string[] = [];
  for (const name of HASH_FIELDS) {
    if (!(name in row)) continue;
    const hash = hashOf(row[name]);
    if (hash === null) continue;
    used.add(name);
    hashes.push(hash);
  }
  const paths: string[] = [];
  let url: string | null = null;
  for (const name of imageFields(row)) {
    if (row[name] === undefined || row[name] === null) continue;
    const ref = refOf(Array.isArray(row[name]) ? row[name][0] : row[name]);
    if (ref.paths.length + ref.hashes.length === 0) continue;
    // A name of people or things is no file: it has an ending where nothing better was found.
    if (name === 'name' && (paths.length > 0 || !/\.\w{3,4}$/.test(ref.paths[0] ?? ''))) continue;
    used.add(name);
    paths.push(...ref.paths);
    hashes.push(...ref.hashes);
    url ??= ref.url;
  }
  const size = sizeOf(row['width'], row['height']);
  if (size) used.add('width').add('height');
  // Localized Narratives and others name a picture by its number alone, as COCO's are called.
  const number = paths.length + hashes.length === 0 ? textOf(row['image_id'] ?? row['img_id']) : null;
  if (number !== null) used.add('image_id').add('img_id');
  const stems = number === null ? [] : /^\d+$/.test(number) ? stemsOfNumber(number) : [number];
  return { hashes: unique(hashes), paths: unique(paths), stems: unique(stems), url, size };
}

/** `labels`: takes what is nothing but points. */
function questionsOf(row: JsonObject, used: Set<string>, labels: ImportLabel[]): ImportTurn[][] {
  const threads: ImportTurn[][] = [];
  const pair = (question: unknown, answer: unknown) => {
    const [asked, said] = [textOf(question), textOf(answer)];
    if (asked !== null && said !== null) threads.push([{ question: asked, answer: said, places: [] }]);
  };
  for (const name of QUESTION_LISTS) {
    if (!(name in row)) continue;
    const list = listOf(row[name]);
    if (isObject(list[0])) {
      used.add(name);
      for (const one of list) pair(objectOf(one)['question'], objectOf(one)['answer']);
    } else if (typeof list[0] === 'string' && Array.isArray(row['answers'])) {
      used.add(name).add('answers');
      list.forEach((question, at) => pair(question, listOf(row['answers'])[at]));
    } else if (Array.isArray(row[name])) used.add(name).add('answers');
  }
  // A preference pair: what was chosen is the answer, what was rejected is kept beside it.
  const asked = textOf(row['question'] ?? row['prompt']);
  if (threads.length === 0 && asked !== null && textOf(row['chosen']) !== null && !('answer' in row)) {
    used.add('question' in row ? 'question' : 'prompt').add('chosen');
    pair(asked, row['chosen']);
  }
  for (const [question, answer] of PAIRS) {
    if (!(question in row) || textOf(row[question]) === null || textOf(row[answer]) === null || used.has(question) || used.has(answer)) continue;
    used.add(question).add(answer);
    const turn: ImportTurn = { question: textOf(row[question])!, answer: textOf(row[answer])!, places: [] };
    const pointed = labelsIn(turn);
    if (pointed) labels.push(...pointed);
    else threads.push([withPlaces(turn)]);
  }
  return threads;
}

function labelsOf(row: JsonObject, used: Set<string>): ImportLabel[] {
  // PixMo's rows and ours say how a label was collected, and have percent.
  const isOurs = ['collection_method', 'collection_methods'].some((name) => name in row) || 'method' in objectOf(listOf(row['labels'])[0]);
  const one = (label: unknown, points: unknown, method: unknown): ImportLabel[] => {
    const text = textOf(label);
    return text === null
      ? []
      : [
          {
            label: text,
            points: pairsIn(points),
            method: method === 'counting' ? 'counting' : 'pointing',
            unit: null,
            ...(isOurs && { usual: 'percent' as const }),
          },
        ];
  };
  const list = listOf(row['labels']);
  if (isObject(list[0]) && 'points' in list[0]) {
    used.add('labels');
    return list.map(objectOf).flatMap((item) => one(item['label'], item['points'], item['method'] ?? item['collection_method']));
  }
  if (Array.isArray(row['labels']) && Array.isArray(row['points'])) {
    used.add('labels').add('points').add('collection_methods');
    return list.flatMap((label, at) => one(label, listOf(row['points'])[at], listOf(row['collection_methods'])[at]));
  }
  if (list.length === 0 && Array.isArray(row['labels'])) used.add('labels');
  if ('points' in row && textOf(row['label']) !== null) {
    used.add('points').add('label').add('count').add('collection_method');
    return one(row['label'], row['points'], row['collection_method']);
  }
  return [];
}

function captionsOf(row: JsonObject, used: Set<string>, field: string | null): string[] {
  if (field !== null && field in row) {
    used.add(field);
    return textsOf(row[field]);
  }
  if (Array.isArray(row['captions'])) {
    used.add('captions');
    const captions = textsOf(row['captions']);
    // `text` of such rows is the first of them.
    if (row['text'] === '' || textOf(row['text']) === captions[0]) used.add('text');
    return captions;
  }
  if (isObject(listOf(row['sentences'])[0])) {
    used.add('sentences').add('sentids');
    return listOf(row['sentences']).flatMap((one) => textOf(objectOf(one)['raw'] ?? objectOf(one)['text']) ?? []);
  }
  // A question whose answer stands in another file is no caption.
  if ('question_id' in row) return [];
  const name = CAPTION_FIELDS.find(
    (candidate) => candidate in row && !used.has(candidate) && textOf(Array.isArray(row[candidate]) ? row[candidate][0] : row[candidate]) !== null,
  );
  if (name === undefined) return [];
  used.add(name);
  return textsOf(row[name]);
}

/** Any row: a conversation and PixMo's are known by their fields, the others by the names of what they hold. */
export function anyRow(value: JsonValue, place: RowPlace): ImportRecord[] {
  if (!isObject(value)) return [recordOf(place.where, {}, { notes: [{ reason: 'row-not-object', detail: JSON.stringify(value).slice(0, 80) }] })];
  const plain = place.options.captionField === null ? plainRow(value, place.where) : null;
  return plain === null ? wholeRow(value, place) : [plain];
}

/** The same, with all that a row may hold. */
export function wholeRow(value: JsonObject, place: RowPlace): ImportRecord[] {
  if (place.options.captionField === null && isChat(value)) return chatRow(value, place);
  if (place.options.captionField === null && isPixmo(value)) return pixmoRow(value, place);
  const used = new Set(['id', 'count']);
  const image = imageOf(value, used);
  const pointed: ImportLabel[] = [];
  const threads = questionsOf(value, used, pointed);
  const labels = [...pointed, ...labelsOf(value, used)];
  const captions = captionsOf(value, used, place.options.captionField);
  const extra = restOf(value, used);
  const masks = Object.keys(value)
    .filter((name) => MASK_FIELD.test(name))
    .flatMap((name) => refOf(value[name]).paths);
  const record = recordOf(place.where, image, { captions, threads, labels, extra, ...(masks.length > 0 && { masks }) });
  return [captions.length + threads.length + labels.length === 0 && extra === null ? { ...record, notes: [{ reason: 'row-empty', detail: '' }] } : record];
}
