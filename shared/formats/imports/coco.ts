/** COCO's one object, a piece at a time: images and categories first, then annotations one by one. Also the lists of results that evaluations read. */
import { isObject, listOf, numberOf, objectOf, refOf, restOf, sizeOf, textOf } from './fields.ts';
import { type ImageRef, type ImportLabel, type ImportRecord, type JsonObject, type Note, type XyPair, recordOf } from './record.ts';

export interface CocoIndex {
  readonly images: Map<number, Partial<ImageRef>>;
  readonly categories: Map<number, { readonly name: string; readonly keypoints: readonly string[] }>;
}
export const newCocoIndex = (): CocoIndex => ({ images: new Map(), categories: new Map() });

export function addCategory(index: CocoIndex, value: unknown): void {
  const category = objectOf(value);
  index.categories.set(numberOf(category['id']), {
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
  index.images.set(numberOf(image['id']), ref);
  const absent = listOf(image['not_present']).flatMap((label) => textOf(label) ?? []);
  if (absent.length === 0) return [];
  return [recordOf(where, ref, { labels: absent.map((label): ImportLabel => ({ label, method: 'pointing', points: [], unit: 'percent' })) })];
}

/** COCO's pictures are called by their number; results name no more than that. */
function refById(index: CocoIndex, id: number): Partial<ImageRef> | null {
  const known = index.images.get(id);
  if (known) return known;
  if (!Number.isInteger(id) || id < 0) return null;
  const digits = String(id).padStart(12, '0');
  const sets = ['train2014', 'val2014', 'test2014', 'test2015'];
  return { stems: [digits, ...sets.map((set) => `COCO_${set}_${digits}`), String(id)] };
}

const USED = new Set(['id', 'image_id', 'category_id', 'caption', 'keypoints', 'num_keypoints', 'bbox', 'area', 'iscrowd', 'segmentation']);

function labelsOf(index: CocoIndex, annotation: JsonObject, notes: Note[]): ImportLabel[] {
  const values = listOf(annotation['keypoints']).map(numberOf);
  const category = index.categories.get(numberOf(annotation['category_id']));
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
  return [...byLabel].map(([label, points]) => ({ label, method: 'pointing', points, unit: 'pixels' }));
}

/** One annotation or result. A box around a single keypoint is part of that point; other boxes and masks have no place here. */
export function cocoAnnotation(index: CocoIndex, value: unknown, where: string): ImportRecord[] {
  if (!isObject(value)) return [recordOf(where, {}, { notes: [{ reason: 'row-not-object', detail: '' }] })];
  const ref = refById(index, numberOf(value['image_id']));
  if (ref === null) return [recordOf(where, {}, { notes: [{ reason: 'no-image-named', detail: textOf(value['image_id']) ?? '' }] })];
  const notes: Note[] = [];
  const caption = textOf(value['caption']);
  const labels = labelsOf(index, value, notes);
  const name = index.categories.get(numberOf(value['category_id']))?.name ?? '';
  const area = listOf(value['bbox']);
  const isPointBox = labels.length === 1 && area.length === 4 && numberOf(area[2]) === 1 && numberOf(area[3]) === 1;
  const segmentation = value['segmentation'];
  const hasMask = isObject(segmentation) || listOf(segmentation).length > 0;
  if (hasMask) notes.push({ reason: 'shape-mask', detail: name });
  else if (area.length === 4 && !isPointBox) notes.push({ reason: 'shape-box', detail: name });
  const rest = restOf(value, USED);
  const kept = { ...rest, ...(area.length === 4 && !isPointBox && { bbox: area, category: name }), ...(hasMask && { segmentation: segmentation! }) };
  return [recordOf(where, ref, { captions: caption === null ? [] : [caption], labels, notes, extra: Object.keys(kept).length > 0 ? kept : null })];
}
