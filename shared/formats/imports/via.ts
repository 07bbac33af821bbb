/** VGG Image Annotator 2: an object a picture, by its name and size; the whole project holds them below `_via_img_metadata`. Pixels. */
import { isObject, listOf, numberOf, objectOf, refOf, restOf, textOf, textsOf } from './fields.ts';
import { type ImportLabel, type ImportRecord, type JsonObject, type Note, type RowPlace, type XyPair, recordOf } from './record.ts';
import type { JsonValue } from '../columns.ts';

/** Whether a value is what VIA says of a picture. */
export const isVia = (value: unknown): value is JsonObject => isObject(value) && 'filename' in value && 'regions' in value;

const LABELS = ['label', 'name', 'class', 'type', 'category', 'object'];
/** The label of a region: the usual names first, else the first attribute that holds text. */
function labelOf(attributes: JsonObject): string | null {
  for (const name of [...LABELS, ...Object.keys(attributes)]) {
    const value = attributes[name];
    // A checkbox is an object of what is ticked.
    const text = isObject(value)
      ? Object.keys(value)
          .filter((key) => value[key] === true)
          .join(', ')
      : textOf(value);
    if (text !== null && text !== '') return text;
  }
  return null;
}

/** One picture. */
export function viaImage(value: JsonObject, { where, options }: RowPlace): ImportRecord {
  const points = new Map<string, XyPair[]>();
  const notes: Note[] = [];
  const kept: JsonValue[] = [];
  // VIA 1 has an object by numbers in place of a list.
  for (const region of Array.isArray(value['regions']) ? listOf(value['regions']).map(objectOf) : Object.values(objectOf(value['regions'])).map(objectOf)) {
    const shape = objectOf(region['shape_attributes']);
    const label = labelOf(objectOf(region['region_attributes']));
    const kind = textOf(shape['name']) ?? '';
    if (kind !== 'point') {
      notes.push({
        reason: kind === 'rect' ? 'shape-box' : kind === 'polygon' || kind === 'circle' || kind === 'ellipse' ? 'shape-mask' : 'shape-other',
        detail: label ?? kind,
      });
      kept.push(region);
    } else if (label === null) notes.push({ reason: 'label-blank', detail: '' });
    else points.set(label, [...(points.get(label) ?? []), [numberOf(shape['cx']), numberOf(shape['cy'])]]);
  }
  const attributes = objectOf(value['file_attributes']);
  const field = options.captionField ?? Object.keys(attributes).find((name) => /caption|description|text/i.test(name));
  const captions = field === undefined ? [] : textsOf(attributes[field]);
  const rest = restOf(attributes, new Set(field === undefined ? [] : [field]));
  const extra = { ...(rest && { file_attributes: rest }), ...(kept.length > 0 && { regions: kept }) };
  const labels = [...points].map(([label, list]): ImportLabel => ({ label, method: 'pointing', points: list, unit: 'pixels' }));
  return recordOf(where, refOf(value['filename']), { captions, labels, notes, extra: Object.keys(extra).length > 0 ? extra : null });
}
