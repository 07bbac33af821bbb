/** What a table of training data is made of, apart from the container it is written to, and how Hugging Face `datasets` names it. */

/** A point in percent (0 to 100) of the upright image. */
export interface Xy {
  readonly x: number;
  readonly y: number;
}
/** The bytes of an upright image file and a file name for them. */
export interface ImageValue {
  readonly bytes: Uint8Array;
  readonly path: string;
}
/** Any value of JSON, for rows that are lines of a JSON file. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };
/** A message of a chat as multimodal trainers take it; a part that is an image has no text. */
export interface ChatMessage {
  readonly role: string;
  readonly content: readonly { readonly type: string; readonly text: string | null }[];
}
/** The values of a column by its type. Lists are never null; an empty list is a value. */
export interface ColumnValues {
  string: string;
  int64: number;
  image: ImageValue;
  strings: readonly string[];
  int64s: readonly number[];
  points: readonly Xy[];
  pointLists: readonly (readonly Xy[])[];
  stringLists: readonly (readonly string[])[];
  /** Groups of points, each point a list of x and y: how point explanations have them. */
  xyGroups: readonly (readonly (readonly number[])[])[];
  xyGroupLists: readonly (readonly (readonly (readonly number[])[])[])[];
  int32: number;
  /** Points as a struct of lists, in pixels: how pixmo-count has them. */
  pixelLists: { readonly x: readonly number[]; readonly y: readonly number[] };
  images: readonly ImageValue[];
  messages: readonly ChatMessage[];
  json: JsonValue;
}
export type ColumnType = keyof ColumnValues;
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}
export type Row = Readonly<Record<string, ColumnValues[ColumnType]>>;
export interface Table {
  /** Name of its folder and of its configuration in the card. */
  readonly name: string;
  readonly columns: readonly Column[];
}

const value = (dtype: string) => ({ dtype, _type: 'Value' });
const xy = { x: value('float64'), y: value('float64') };
/**
 * Features in the notation that `datasets` 2 to 5 read alike. `List`, which version 4 and later write, is refused by older ones
 * (huggingface/datasets#7739); a `Sequence` of a dict would mean a struct of lists, so lists of points are JSON lists.
 */
const features: Record<ColumnType, unknown> = {
  string: value('string'),
  int64: value('int64'),
  image: { _type: 'Image' },
  strings: { feature: value('string'), _type: 'Sequence' },
  int64s: { feature: value('int64'), _type: 'Sequence' },
  points: [xy],
  pointLists: [[xy]],
  stringLists: [[value('string')]],
  xyGroups: [[[value('float64')]]],
  xyGroupLists: [[[[value('float64')]]]],
  int32: value('int32'),
  pixelLists: { x: { feature: value('float32'), _type: 'Sequence' }, y: { feature: value('float32'), _type: 'Sequence' } },
  images: { feature: { _type: 'Image' }, _type: 'Sequence' },
  messages: [{ role: value('string'), content: [{ type: value('string'), text: value('string') }] }],
  json: value('string'),
};

/** The `features` of a dataset_info.json and of parquet's `huggingface` metadata. */
export function featuresOf(table: Table): Record<string, unknown> {
  return Object.fromEntries(table.columns.map((column) => [column.name, features[column.type]]));
}

const yamlTypes: Record<ColumnType, readonly string[]> = {
  string: ['dtype: string'],
  int64: ['dtype: int64'],
  image: ['dtype: image'],
  strings: ['sequence: string'],
  int64s: ['sequence: int64'],
  points: ['list:', '- name: x', '  dtype: float64', '- name: y', '  dtype: float64'],
  pointLists: ['list:', '  list:', '  - name: x', '    dtype: float64', '  - name: y', '    dtype: float64'],
  stringLists: ['sequence:', '  sequence: string'],
  xyGroups: ['sequence:', '  sequence:', '    sequence: float64'],
  xyGroupLists: ['sequence:', '  sequence:', '    sequence:', '      sequence: float64'],
  int32: ['dtype: int32'],
  pixelLists: ['struct:', '- name: x', '  sequence: float32', '- name: y', '  sequence: float32'],
  images: ['sequence: image'],
  messages: [
    'list:',
    '- name: role',
    '  dtype: string',
    '- name: content',
    '  list:',
    '  - name: type',
    '    dtype: string',
    '  - name: text',
    '    dtype: string',
  ],
  json: ['dtype: string'],
};

/** The same features as lines of a dataset card's YAML head, below `features:`. */
export function yamlFeatures(table: Table): string[] {
  return table.columns.flatMap((column) => [`- name: ${column.name}`, ...yamlTypes[column.type].map((line) => `  ${line}`)]);
}
