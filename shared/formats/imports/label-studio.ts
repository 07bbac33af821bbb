/** Label Studio's tasks: the full export with results, and the short one (JSON_MIN) in which results are fields of the task. Points are percent. */
import type { JsonValue } from '../columns.ts';
import { isEmpty, isObject, lastPart, listOf, numberOf, objectOf, refOf, restOf, sizeOf, textOf, textsOf } from './fields.ts';
import { type ImageRef, type ImportLabel, type ImportRecord, type JsonObject, type Note, type RowPlace, type XyPair, recordOf } from './record.ts';

const PICTURE = /\.(jpe?g|png|webp|gif|bmp|tiff?|heic|avif)$/i;
const SHAPES: Readonly<Record<string, 'shape-box' | 'shape-mask' | 'shape-other'>> = {
  rectangle: 'shape-box',
  rectanglelabels: 'shape-box',
  brush: 'shape-mask',
  brushlabels: 'shape-mask',
  polygon: 'shape-mask',
  polygonlabels: 'shape-mask',
};

/** Whether a value of an array is a task. */
export const isTask = (row: JsonObject): boolean =>
  isObject(row['data']) && (Array.isArray(row['annotations']) || Array.isArray(row['completions']) || Array.isArray(row['predictions']));
/** Whether it is a task of the short export: somewhere a list of regions with a type's labels. */
export const isShortTask = (row: JsonObject): boolean => ['annotator', 'annotation_id', 'lead_time'].filter((name) => name in row).length >= 2;

/** `/data/local-files/?d=a/b.jpg`, an upload with eight hex digits before its name, an address or a path. */
function imageOf(data: JsonObject): { image: Partial<ImageRef>; name: string | null } {
  const entries = Object.entries(data);
  const found =
    entries.find(([name, value]) => ['image', 'img', 'image_url', 'picture', 'photo'].includes(name) && typeof value === 'string') ??
    entries.find(([, value]) => typeof value === 'string' && PICTURE.test(value.replace(/[?#].*$/s, '')));
  if (!found) return { image: {}, name: null };
  const text = textOf(found[1]) ?? '';
  const local = /[?&]d=([^&]+)/.exec(text)?.[1];
  const ref = refOf(local === undefined ? text : safeDecode(local));
  const upload = /^[0-9a-f]{8}-(.+)$/.exec(lastPart(text))?.[1];
  return { image: { ...ref, paths: [...ref.paths, ...(upload === undefined ? [] : [upload])] }, name: found[0] };
}
function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Read {
  readonly captions: string[];
  readonly points: Map<string, XyPair[]>;
  readonly notes: Note[];
  readonly kept: JsonValue[];
  size: ImageRef['size'];
}

function readResult(result: JsonObject, read: Read, options: RowPlace['options']): void {
  const value = objectOf(result['value']);
  const type = (textOf(result['type']) ?? '').toLowerCase();
  read.size ??= sizeOf(result['original_width'], result['original_height']);
  if (type === 'keypoint' || type === 'keypointlabels') {
    const names = textsOf(value['keypointlabels'] ?? value['labels']);
    if (names.length === 0) read.notes.push({ reason: 'label-blank', detail: textOf(result['id']) ?? '' });
    for (const label of names) read.points.set(label, [...(read.points.get(label) ?? []), [numberOf(value['x']), numberOf(value['y'])]]);
    return;
  }
  if (type === 'textarea' && (options.captionField === null || options.captionField === result['from_name'])) {
    read.captions.push(...textsOf(value['text']));
    return;
  }
  read.kept.push(result);
  const reason = SHAPES[type];
  if (reason) read.notes.push({ reason, detail: textsOf(value[type])[0] ?? '' });
  else if ('x' in value || 'points' in value) read.notes.push({ reason: 'shape-other', detail: type });
}

const labelsOf = (read: Read, counted: ReadonlySet<string>, absent: readonly string[]): ImportLabel[] => [
  ...[...read.points].map(([label, points]): ImportLabel => ({ label, points, method: counted.has(label) ? 'counting' : 'pointing', unit: 'percent' })),
  ...absent.map((label): ImportLabel => ({ label, points: [], method: 'pointing', unit: 'percent' })),
];

/** One task: all annotations of it that were not cancelled. */
export function taskRow(row: JsonObject, { where, options }: RowPlace): ImportRecord[] {
  const data = objectOf(row['data']);
  const { image, name } = imageOf(data);
  const read: Read = { captions: [], points: new Map(), notes: [], kept: [], size: null };
  for (const annotation of listOf(row['annotations'] ?? row['completions']).map(objectOf)) {
    if (annotation['was_cancelled'] === true) continue;
    for (const result of listOf(annotation['result'])) if (isObject(result)) readResult(result, read, options);
  }
  if (listOf(row['predictions']).length > 0) read.notes.push({ reason: 'machine-made', detail: 'predictions' });
  const threads = listOf(data['questions'])
    .map(objectOf)
    .flatMap((pair) => {
      const [question, answer] = [textOf(pair['question']), textOf(pair['answer'])];
      return question !== null && answer !== null ? [[{ question, answer, places: [] }]] : [];
    });
  const hash = refOf(data['image_sha256']).hashes;
  const rest = restOf(data, new Set([...(name === null ? [] : [name]), 'image_sha256', 'questions', 'not_present', 'counted']));
  const predictions = listOf(row['predictions'])
    .map(objectOf)
    .filter((one) => !isEmpty(one['result']));
  const extra = { ...(rest && { data: rest }), ...(read.kept.length > 0 && { result: read.kept }), ...(predictions.length > 0 && { predictions }) };
  const labels = labelsOf(read, new Set(textsOf(data['counted'])), textsOf(data['not_present']));
  return [
    recordOf(
      where,
      { ...image, hashes: [...hash, ...(image.hashes ?? [])], size: read.size },
      { captions: read.captions, threads, labels, notes: read.notes, extra: Object.keys(extra).length > 0 ? extra : null },
    ),
  ];
}

/** One task of the short export. */
export function shortTaskRow(row: JsonObject, { where, options }: RowPlace): ImportRecord[] {
  const { image, name } = imageOf(row);
  const read: Read = { captions: [], points: new Map(), notes: [], kept: [], size: null };
  const used = new Set([name ?? '', 'id', 'annotator', 'annotation_id', 'lead_time', 'created_at', 'updated_at']);
  for (const [field, value] of Object.entries(row)) {
    if (used.has(field)) continue;
    const regions = listOf(value)
      .filter(isObject)
      .filter((region) => 'original_width' in region || 'x' in region);
    if (regions.length > 0) {
      used.add(field);
      for (const region of regions) {
        const type = Object.keys(region).find((key) => key.endsWith('labels')) ?? 'other';
        readResult(
          { type, value: region, original_width: region['original_width'] ?? null, original_height: region['original_height'] ?? null },
          read,
          options,
        );
      }
    } else if (field === options.captionField || (options.captionField === null && /caption|description|transcription|^text/.test(field))) {
      used.add(field);
      read.captions.push(...textsOf(value));
    }
  }
  const rest = restOf(row, used);
  const extra = { ...rest, ...(read.kept.length > 0 && { regions: read.kept }) };
  return [
    recordOf(
      where,
      { ...image, size: read.size },
      { captions: read.captions, labels: labelsOf(read, new Set(), []), notes: read.notes, extra: Object.keys(extra).length > 0 ? extra : null },
    ),
  ];
}
