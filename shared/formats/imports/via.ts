/** VGG Image Annotator 2: an object a picture, by its name and size; the whole project holds them below `_via_img_metadata`. Pixels. */
import { isEmpty, isObject, listOf, numberOf, objectOf, refOf, restOf, textOf, textsOf } from './fields.ts';
import { type ImportLabel, type ImportRecord, type JsonObject, type Note, type RowPlace, type XyPair, recordOf } from './record.ts';
import type { JsonValue } from '../columns.ts';

/** Whether a value is what VIA says of a picture. */
export const isVia = (value: unknown): value is JsonObject => isObject(value) && 'filename' in value && 'regions' in value;

/** A region a line, as VIA writes CSV. */
export const isViaRow = (value: JsonObject): boolean => 'region_shape_attributes' in value && 'filename' in value;
/** A project of VIA 3. */
export const isVia3 = (value: JsonObject): boolean => isObject(value['file']) && isObject(value['metadata']) && isObject(value['attribute']);

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
    else {
      points.set(label, [...(points.get(label) ?? []), [numberOf(shape['cx']), numberOf(shape['cy'])]]);
      const others = Object.values(objectOf(region['region_attributes'])).filter((one) => !isEmpty(one) && textOf(one) !== label && !isObject(one));
      if (others.length > 0) kept.push(region);
    }
  }
  const attributes = objectOf(value['file_attributes']);
  const field = options.captionField ?? Object.keys(attributes).find((name) => /caption|description|text/i.test(name));
  const captions = field === undefined ? [] : textsOf(attributes[field]);
  const rest = restOf(attributes, new Set(field === undefined ? [] : [field]));
  const extra = { ...(rest && { file_attributes: rest }), ...(kept.length > 0 && { regions: kept }) };
  const labels = [...points].map(([label, list]): ImportLabel => ({ label, method: 'pointing', points: list, unit: 'pixels' }));
  return recordOf(where, refOf(value['filename']), { captions, labels, notes, extra: Object.keys(extra).length > 0 ? extra : null });
}

/** A line of VIA's CSV: one region of a picture, or none. */
export function viaRow(value: JsonObject, place: RowPlace): ImportRecord {
  const region = { shape_attributes: value['region_shape_attributes'] ?? {}, region_attributes: value['region_attributes'] ?? {} };
  const regions = isEmpty(objectOf(region.shape_attributes)) ? [] : [region];
  return viaImage({ filename: value['filename'] ?? '', regions, file_attributes: value['file_attributes'] ?? {} }, place);
}

/** VIA 3 numbers the shapes of `xy`: 1 is a point, 2 a rectangle, all others outlines. */
const KINDS: Readonly<Record<number, string>> = { 1: 'point', 2: 'rect', 3: 'circle', 4: 'ellipse', 5: 'polyline', 6: 'polygon', 7: 'polygon', 8: 'polyline' };

/** A project of VIA 3: what is said of each file, in the form of VIA 2. Videos and sounds are told. */
export function viaProject(value: JsonObject, { where, options }: RowPlace): ImportRecord[] {
  const files = objectOf(value['file']);
  const names = new Map(Object.entries(objectOf(value['attribute'])).map(([id, one]) => [id, textOf(objectOf(one)['aname']) ?? id]));
  const optionsOf = new Map(Object.entries(objectOf(value['attribute'])).map(([id, one]) => [id, objectOf(objectOf(one)['options'])]));
  const views = objectOf(value['view']);
  const regions = new Map<string, JsonObject[]>();
  const about = new Map<string, Record<string, JsonValue>>();
  const records: ImportRecord[] = [];
  for (const [id, one] of Object.entries(objectOf(value['metadata']))) {
    const entry = objectOf(one);
    const shown = listOf(objectOf(views[textOf(entry['vid']) ?? ''])['fid_list']).flatMap((fid) => textOf(fid) ?? []);
    const [fid] = shown;
    if (shown.length !== 1 || !isObject(files[fid!]) || listOf(entry['z']).length > 0) {
      records.push(recordOf(id, {}, { notes: [{ reason: 'shape-other', detail: shown.length > 1 ? 'several files' : 'a moment of a video' }] }));
      continue;
    }
    const attributes = Object.fromEntries(
      Object.entries(objectOf(entry['av'])).map(([key, said]) => [names.get(key) ?? key, optionsOf.get(key)?.[textOf(said) ?? ''] ?? said]),
    );
    const [kind, x, y] = listOf(entry['xy']);
    if (kind === undefined) about.set(fid!, { ...about.get(fid!), ...attributes });
    else {
      const shape = { name: KINDS[numberOf(kind)] ?? 'other', cx: x ?? null, cy: y ?? null, xy: listOf(entry['xy']) };
      regions.set(fid!, [...(regions.get(fid!) ?? []), { shape_attributes: shape, region_attributes: attributes }]);
    }
  }
  for (const [fid, file] of Object.entries(files)) {
    const said = { filename: objectOf(file)['fname'] ?? '', regions: regions.get(fid) ?? [], file_attributes: about.get(fid) ?? {} };
    if (said.regions.length > 0 || !isEmpty(said.file_attributes)) records.push(viaImage(said, { where: where === '' ? `file ${fid}` : where, options }));
  }
  return records;
}
