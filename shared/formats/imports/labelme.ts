/** labelme's JSON of one image, and X-AnyLabeling's, which adds a description, a chat and questions. Pixels. */
import type { JsonValue } from '../columns.ts';
import { turnsOf } from './chat.ts';
import { isEmpty, isObject, listOf, objectOf, pairOf, refOf, restOf, sizeOf, textOf, textsOf } from './fields.ts';
import { type ImportLabel, type ImportRecord, type ImportTurn, type JsonObject, type Note, type RowPlace, type XyPair, recordOf } from './record.ts';

const USED = new Set(['version', 'imagePath', 'imageData', 'imageHeight', 'imageWidth', 'shapes', 'description', 'chat_history', 'vqaData', 'flags']);
const POINT_FIELDS = new Set(['label', 'points', 'shape_type']);
const BOXES = new Set(['rectangle', 'rotation', 'cuboid']);
const MASKS = new Set(['polygon', 'mask', 'circle']);

/** Whether a file is one of theirs. */
export const isLabelme = (value: JsonObject): boolean => Array.isArray(value['shapes']) && ('imagePath' in value || 'imageData' in value);

function readShapes(shapes: readonly JsonValue[]): { labels: ImportLabel[]; notes: Note[]; kept: JsonValue[] } {
  const points = new Map<string, XyPair[]>();
  const notes: Note[] = [];
  const kept: JsonValue[] = [];
  for (const shape of shapes.map(objectOf)) {
    const label = textOf(shape['label']);
    const type = textOf(shape['shape_type']) ?? 'polygon';
    if (type === 'point' || type === 'points') {
      if (label === null) notes.push({ reason: 'label-blank', detail: '' });
      else points.set(label, [...(points.get(label) ?? []), ...listOf(shape['points']).map((one): XyPair => pairOf(one) ?? [Number.NaN, Number.NaN])]);
      const rest = Object.fromEntries(Object.entries(shape).filter(([name, value]) => !POINT_FIELDS.has(name) && !isEmpty(value)));
      if (Object.keys(rest).length > 0) kept.push({ label, points: shape['points'] ?? [], ...rest });
    } else {
      notes.push({ reason: BOXES.has(type) ? 'shape-box' : MASKS.has(type) ? 'shape-mask' : 'shape-other', detail: label ?? '' });
      kept.push(shape);
    }
  }
  return { labels: [...points].map(([label, list]) => ({ label, method: 'pointing', points: list, unit: 'pixels' })), notes, kept };
}

/** The whole file. `imageData` is the picture itself, which comes from its own file. */
export function labelmeFile(value: JsonObject, { where }: RowPlace): ImportRecord {
  const { labels, notes, kept } = readShapes(listOf(value['shapes']));
  const chat = turnsOf(listOf(value['chat_history']));
  const asked = Object.entries(objectOf(value['vqaData'])).flatMap(([question, answer]): ImportTurn[][] => {
    // A question with boxes to tick has a list.
    const text = textsOf(answer).join(', ');
    return text === '' || question.trim() === '' ? [] : [[{ question: question.trim(), answer: text, places: [] }]];
  });
  const caption = textOf(value['description']);
  const flags = objectOf(value['flags']);
  const extra = { ...restOf(value, USED), ...(kept.length > 0 && { shapes: kept }), ...(Object.keys(flags).length > 0 && { flags }) };
  const image = { ...refOf(isObject(value['imagePath']) ? null : value['imagePath']), size: sizeOf(value['imageWidth'], value['imageHeight']) };
  return recordOf(where, image, {
    captions: caption === null ? [] : [caption],
    threads: [...(chat.turns.length > 0 ? [chat.turns] : []), ...asked],
    labels,
    notes: [...notes, ...chat.notes],
    extra: Object.keys(extra).length > 0 ? extra : null,
    picture: typeof value['imageData'] === 'string' && value['imageData'] !== '' ? value['imageData'] : null,
  });
}
