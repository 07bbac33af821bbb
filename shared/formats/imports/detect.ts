/** Which format a file has, by what is in it, with the reason. */
import type { JsonValue } from '../columns.ts';
import { isChat } from './chat.ts';
import { isObject, listOf, objectOf } from './fields.ts';
import { isLabelme } from './labelme.ts';
import { isShortTask, isTask } from './label-studio.ts';
import { isPixmo } from './pixmo.ts';
import { isVia, isVia3, isViaRow } from './via.ts';
import type { AnnotationFormat, Inside, JsonObject } from './record.ts';
import { anyRow } from './rows.ts';
import { defaultOptions } from './record.ts';

/** How the text of a file is built, and what of it was seen. */
export type Glimpse =
  /** The first values of JSON lines, an array, CSV or parquet. */
  | { readonly shape: 'rows'; readonly first: readonly JsonValue[] }
  /** One object; of lists the first values. */
  | { readonly shape: 'object'; readonly value: JsonObject }
  | { readonly shape: 'xml'; readonly root: string; readonly inside: readonly string[] }
  | { readonly shape: 'text' };
export interface Detected {
  readonly format: AnnotationFormat;
  /** Names a sentence below `annotations.because`. */
  readonly because: string;
  readonly inside?: Inside;
}
const found = (format: AnnotationFormat, because: string): Detected => ({ format, because });

/** Null where a file says nothing of images: settings, manifests and lists of other things lie in such folders too. */
export function detectFormat(glimpse: Glimpse): Detected | null {
  switch (glimpse.shape) {
    case 'rows':
      return detectRows(glimpse.first);
    case 'object':
      return detectObject(glimpse.value);
    case 'xml':
      if (glimpse.root === 'annotations' && glimpse.inside.some((name) => name === 'image' || name === 'track' || name === 'meta'))
        return found('cvat', 'cvat');
      return glimpse.root === 'annotation' ? found('cvat', 'labelme-xml') : null;
    case 'text':
      return found('sidecar-text', 'sidecar-text');
  }
}

function detectRows(first: readonly JsonValue[]): Detected | null {
  const row = objectOf(first.find(isObject));
  if (isViaRow(row)) return found('via', 'via');
  if (isTask(row)) return found('label-studio', 'label-studio');
  if (isShortTask(row)) return found('label-studio', 'label-studio-short');
  if (isChat(row)) return found('chat', 'messages' in row ? 'messages' : 'conversations');
  if ('image_id' in row && ('caption' in row || 'keypoints' in row || ('category_id' in row && ('bbox' in row || 'segmentation' in row))))
    return found('coco', 'coco-results');
  if (isPixmo(row)) return found('pixmo', 'pixmo');
  // A list of things that were found wrong, by some checker.
  if ('reason' in row && 'detail' in row) return null;
  const [record] = anyRow(row, { where: '', options: defaultOptions });
  if (!record || record.image.paths.length + record.image.hashes.length + record.image.stems.length === 0) return null;
  return found('rows', 'file_name' in row ? 'imagefolder' : record.captions.length + record.threads.length + record.labels.length > 0 ? 'rows' : 'rows-images');
}

function detectObject(value: JsonObject): Detected | null {
  if (Array.isArray(value['annotations']) && (Array.isArray(value['images']) || 'image_id' in objectOf(listOf(value['annotations'])[0])))
    return found('coco', 'coco');
  if (Array.isArray(value['images']) && 'file_name' in objectOf(listOf(value['images'])[0])) return found('coco', 'coco');
  if (isLabelme(value)) return 'chat_history' in value || 'description' in value ? found('labelme', 'x-anylabeling') : found('labelme', 'labelme');
  if (isVia3(value)) return found('via', 'via');
  if ('_via_img_metadata' in value || isVia(Object.values(value).find(isObject))) return found('via', 'via');
  if (isTask(value)) return found('label-studio', 'label-studio');
  if (isChat(value)) return found('chat', 'messages' in value ? 'messages' : 'conversations');
  const wrapped = detectWrapped(value) ?? detectByName(value);
  if (wrapped) return wrapped;
  if (['captions', 'caption', 'text', 'questions', 'labels'].some((name) => name in value)) return found('rows', 'sample');
  return null;
}

/** Rows in a list of one object: `{"info": ..., "data": [...]}`. */
function detectWrapped(value: JsonObject): Detected | null {
  for (const [list, items] of Object.entries(value)) {
    if (!isObject(listOf(items)[0])) continue;
    const rows = detectRows(listOf(items));
    if (rows && (rows.format === 'rows' || rows.format === 'chat' || rows.format === 'pixmo')) return { ...rows, inside: { list } };
  }
  return null;
}

const PICTURE_NAME = /\.(jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif)$/i;
/** `{"a.jpg": "A dog.", "b.jpg": ["A cat.", "Another."]}`. */
function detectByName(value: JsonObject): Detected | null {
  const names = Object.keys(value);
  const pictures = names.filter((name) => PICTURE_NAME.test(name)).length;
  return pictures > 0 && pictures * 2 >= names.length ? { ...found('rows', 'by-name'), inside: { byName: true } } : null;
}
