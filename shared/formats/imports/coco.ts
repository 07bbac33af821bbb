/** COCO's one object, a piece at a time: images and categories first, then annotations one by one. Also the lists of results that evaluations read. */
import type { JsonValue } from '../columns.ts';
import { isEmpty, isObject, listOf, numberOf, objectOf, refOf, restOf, sizeOf, textOf } from './fields.ts';
import { type ImageRef, type ImportLabel, type ImportRecord, type JsonObject, type Note, type XyPair, recordOf } from './record.ts';

export interface CocoIndex {
  /** By the id as text: some files have words for it, and a number in one place is text in another. */
  readonly images: Map<string, Partial<ImageRef>>;
  readonly categories: Map<string, { readonly name: string; readonly keypoints: readonly string[] }>;
}
export const newCocoIndex = (): CocoIndex => ({ images: new Map(), categories: new Map() });

const idOf = (value: unknown): string => textOf(value) ?? '';
const IMAGE_FIELDS = new Set(['id', 'file_name', 'width', 'height', 'not_present', 'coco_url', 'flickr_url']);

export function addCategory(index: CocoIndex, value: unknown): void {
  const category = objectOf(value);
  index.categories.set(idOf(category['id']), {
    name: textOf(category['name']) ?? '',
    keypoints: listOf(category['keypoints']).map((name) => textOf(name) ?? ''),
  });
}

/** Notes an image. What it says itself (labels that are not there, as Pointillist writes them) is a record of its own. */
export function addImage(index: CocoIndex, value: unknown, where: string): ImportRecord[] {
  const image = objectOf(value);
  const file = refOf(image['file_name']);
  const url = refOf(image['coco_url'] ?? image['flickr_url']);
  const ref = {
    paths: [...file.paths, ...url.paths],
    hashes: file.hashes,
    url: file.paths.length > 0 ? null : url.url,
    size: sizeOf(image['width'], image['height']),
  };
  index.images.set(idOf(image['id']), ref);
  const absent = listOf(image['not_present']).flatMap((label) => textOf(label) ?? []);
  const rest = restOf(image, IMAGE_FIELDS);
  // Licence, date and whatever else a project wrote there. `license: 0` and the like say nothing without it.
  const extra = rest === null || Object.values(rest).every((one) => isEmpty(one) || one === 0) ? null : rest;
  if (absent.length === 0 && extra === null) return [];
  return [recordOf(where, ref, { labels: absent.map((label): ImportLabel => ({ label, method: 'pointing', points: [], unit: 'percent' })), extra })];
}

/** COCO's pictures are called by their number; results name no more than that. */
function refById(index: CocoIndex, named: unknown): Partial<ImageRef> | null {
  const known = index.images.get(idOf(named));
  if (known) return known;
  const id = numberOf(named);
  if (!Number.isInteger(id) || id < 0) return null;
  return { stems: stemsOfNumber(String(id)) };
}
/** Names that COCO and what was built on it gives to a picture of this number. */
export function stemsOfNumber(number: string): string[] {
  const digits = number.padStart(12, '0');
  const sets = ['train2014', 'val2014', 'test2014', 'test2015'];
  return [digits, ...sets.map((set) => `COCO_${set}_${digits}`), number];
}

const USED = new Set(['id', 'image_id', 'category_id', 'caption', 'keypoints', 'num_keypoints', 'bbox', 'area', 'iscrowd', 'segmentation']);

/** x, y and how well it is seen. Some write pairs of x and y, or a list for each keypoint. */
function triples(given: readonly JsonValue[], kinds: number, notes: Note[]): number[] {
  const nested = given.length > 0 && given.every(Array.isArray);
  if (nested) return given.flatMap((one) => [numberOf(listOf(one)[0]), numberOf(listOf(one)[1]), listOf(one).length > 2 ? numberOf(listOf(one)[2]) : 2]);
  const values = given.map(numberOf);
  if (values.length % 3 === 0 && (kinds === 0 || values.length === kinds * 3 || values.length !== kinds * 2)) return values;
  if (values.length % 2 === 0) return values.flatMap((value, at) => (at % 2 === 0 ? [value, values[at + 1]!, 2] : []));
  notes.push({ reason: 'point-not-number', detail: `${values.length} numbers` });
  return [];
}

function labelsOf(index: CocoIndex, annotation: JsonObject, notes: Note[]): ImportLabel[] {
  const values = triples(listOf(annotation['keypoints']), index.categories.get(idOf(annotation['category_id']))?.keypoints.length ?? 0, notes);
  const category = index.categories.get(idOf(annotation['category_id']));
  const name = category?.name || `category ${textOf(annotation['category_id']) ?? ''}`;
  const byLabel = new Map<string, XyPair[]>();
  for (let at = 0; at + 2 < values.length; at += 3) {
    const seen = values[at + 2]!;
    const part = category?.keypoints[at / 3] ?? (values.length > 3 ? `point ${at / 3 + 1}` : '');
    const label = values.length === 3 || part === '' ? name : `${name} ${part}`;
    if (seen === 0) {
      notes.push({ reason: 'keypoint-unlabelled', detail: label });
      continue;
    }
    if (seen === 1) notes.push({ reason: 'point-hidden', detail: label });
    byLabel.set(label, [...(byLabel.get(label) ?? []), [values[at]!, values[at + 1]!]]);
  }
  return [...byLabel].map(([label, points]) => ({ label, method: 'pointing', points, unit: null, usual: 'pixels', firm: true }));
}

/** One annotation or result. A box around a single keypoint is part of that point; other boxes and masks have no place here. */
export function cocoAnnotation(index: CocoIndex, value: unknown, where: string): ImportRecord[] {
  if (!isObject(value)) return [recordOf(where, {}, { notes: [{ reason: 'row-not-object', detail: '' }] })];
  const ref = refById(index, value['image_id']);
  if (ref === null) return [recordOf(where, {}, { notes: [{ reason: 'no-image-named', detail: textOf(value['image_id']) ?? '' }] })];
  const notes: Note[] = [];
  const caption = textOf(value['caption']);
  const labels = labelsOf(index, value, notes);
  const name = index.categories.get(idOf(value['category_id']))?.name ?? textOf(value['category_id']) ?? '';
  const area = listOf(value['bbox']);
  const isPointBox = labels.length === 1 && area.length === 4 && numberOf(area[2]) === 1 && numberOf(area[3]) === 1;
  const segmentation = value['segmentation'];
  const hasMask = isObject(segmentation) || listOf(segmentation).length > 0;
  if (hasMask) notes.push({ reason: 'shape-mask', detail: name });
  else if (area.length === 4 && !isPointBox) notes.push({ reason: 'shape-box', detail: name });
  // The picture of all outlines of a panoptic annotation.
  const mask = 'segments_info' in value ? textOf(value['file_name']) : null;
  const rest = restOf(value, USED);
  // A category that was given to the whole picture.
  const isTag = name !== '' && labels.length === 0 && caption === null;
  const kept = {
    ...rest,
    ...(isTag && { category: name }),
    ...(numberOf(value['iscrowd']) === 1 && { iscrowd: 1 }),
    ...(area.length === 4 && !isPointBox && { bbox: area, ...(name !== '' && { category: name }) }),
    ...(hasMask && { segmentation: segmentation! }),
  };
  return [
    recordOf(where, ref, {
      captions: caption === null ? [] : [caption],
      labels,
      notes,
      extra: Object.keys(kept).length > 0 ? kept : null,
      ...(mask !== null && { masks: [mask] }),
    }),
  ];
}
