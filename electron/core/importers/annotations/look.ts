/** Looks at the start of a file to tell what it is. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Detected, detectFormat, type Glimpse } from '../../../../shared/formats/imports/detect.ts';
import type { Inside } from '../../../../shared/formats/imports/record.ts';
import type { JsonValue } from '../../../../shared/formats/columns.ts';
import { parseJson } from '../../../../shared/formats/imports/tolerant-json.ts';
import { columnsWithout, csvRows, delimiterOf } from './csv-rows.ts';
import { BrokenJson, createJsonPieces, type Piece } from './json-pieces.ts';
import { type Encoding, encodingOf, headOf } from './text-bytes.ts';
import { xmlElements } from './xml-elements.ts';

/** How the rows of a file are cut. */
export type Shape = 'lines' | 'array' | 'object' | 'csv' | 'xml' | 'text' | 'parquet';
export interface Looked {
  readonly shape: Shape;
  readonly encoding: Encoding;
  readonly detected: Detected | null;
  readonly first: readonly JsonValue[];
  readonly inside?: Inside;
}
const HEAD = 262_144;
/** Where the first rows are longer than the head: two captions of 100 kB are. As long as the longest row that is read at all. */
const LONG_HEAD = 64 << 20;
const FIRST = 3;
const STEP = 64;
/** Fields whose objects are cut like lists: one member a picture. */
export const cutsObject = (key: string): boolean => key === '_via_img_metadata';

/** Names that may be annotation files. */
export const mayBeAnnotations = (file: string): boolean => /\.((json|jsonl|ndjson|csv|tsv|xml)(\.gz)?|parquet|txt|caption)$/i.test(file);
/** Files of an export or a model that lie beside data and say nothing of images. */
const OTHER =
  /^(manifest|sizes|dataset_info|dataset_infos|croissant|state|package|package-lock|tsconfig|config|meta-(train|validation)|label_config|label-config)\.(json|xml)$/i;
/** Lists that lie beside an export of Pointillist. */
const isOwnList = (row: JsonValue | undefined): boolean =>
  typeof row === 'object' && row !== null && ('swept_labels' in row || 'in_export' in row || 'findings' in row);

/** What a file is; null where it holds no annotations. Throws for files that can't be opened. */
export async function lookAt(file: string): Promise<Looked | null> {
  const name = path.basename(file).replace(/\.gz$/i, '');
  if (OTHER.test(name)) return null;
  if (/\.parquet$/i.test(file)) {
    const { parquetHead } = await import('../../exporters/containers/parquet-reader.ts');
    return looked('parquet', 'utf-8', await parquetHead(file, FIRST));
  }
  const bytes = await headOf(file, HEAD);
  const encoding = encodingOf(bytes.subarray(0, 65_536));
  const text = new TextDecoder(encoding).decode(bytes, { stream: true }).replace(/^\ufeff/, '');
  if (/\.(txt|caption)$/i.test(name)) return { shape: 'text', encoding, detected: detectFormat({ shape: 'text' }), first: [] };
  if (/\.xml$/i.test(name) || /^\s*<\?xml/.test(text)) return lookAtXml(file, encoding);
  if (/\.(csv|tsv)$/i.test(name)) return lookAtCsv(file, encoding, text);
  const found = lookAtJson(text, encoding, bytes.length < HEAD, HEAD);
  if (found?.detected || bytes.length < HEAD) return found;
  const more = await headOf(file, /\.gz$/i.test(file) ? LONG_HEAD : Math.min(LONG_HEAD, (await stat(file)).size));
  return lookAtJson(new TextDecoder(encoding).decode(more, { stream: true }).replace(/^\ufeff/, ''), encoding, more.length < LONG_HEAD, LONG_HEAD);
}

function looked(shape: Shape, encoding: Encoding, first: readonly JsonValue[], inside?: Inside): Looked | null {
  if (isOwnList(first[0])) return null;
  return { shape, encoding, first, detected: detectFormat({ shape: 'rows', first }), ...(inside && { inside }) };
}

/** A text that lies beside no picture: a table of pictures and captions, as Flickr8k's is, or null. */
export async function lookAtTable(file: string): Promise<Looked | null> {
  const bytes = await headOf(file, HEAD);
  const encoding = encodingOf(bytes.subarray(0, 65_536));
  const text = new TextDecoder(encoding).decode(bytes, { stream: true }).replace(/^\ufeff/, '');
  try {
    return await lookAtCsv(file, encoding, text);
  } catch {
    return null;
  }
}

const nothingIn = (shape: Shape, encoding: Encoding): Looked => ({ shape, encoding, first: [], detected: null });

async function lookAtXml(file: string, encoding: Encoding): Promise<Looked> {
  const seen: string[] = [];
  let root = '';
  for await (const _elements of xmlElements(file, encoding, (name, parents) => {
    if (parents.length === 0) root = name;
    if (parents.length === 1) seen.push(name);
    return false;
  })) {
    break;
  }
  const glimpse: Glimpse = { shape: 'xml', root, inside: seen };
  return { shape: 'xml', encoding, detected: detectFormat(glimpse), first: [] };
}

async function lookAtCsv(file: string, encoding: Encoding, head: string): Promise<Looked | null> {
  if (!head.slice(0, 10_000).includes(delimiterOf(head)) && !/\n/.test(head)) return nothingIn('csv', encoding);
  const columns = columnsWithout(head);
  for await (const rows of csvRows(file, encoding, head, LONG_HEAD, columns, FIRST))
    return looked('csv', encoding, rows.slice(0, FIRST), columns ? { columns } : undefined);
  return nothingIn('csv', encoding);
}

function lookAtJson(text: string, encoding: Encoding, whole: boolean, head: number): Looked | null {
  const lines = firstLines(text, whole);
  if (lines) return looked('lines', encoding, lines);
  const pieces = createJsonPieces(cutsObject, head * 2);
  const value: Record<string, JsonValue | JsonValue[]> = {};
  const rows: JsonValue[] = [];
  const take = ({ key, member, text: part }: Piece): void => {
    const parsed = parsedOf(part);
    if (parsed === undefined) return;
    if (key === null) rows.push(parsed);
    else if (member !== null) value[key] = { ...(value[key] as object), [member]: parsed };
    else if (!(key in value)) value[key] = pieces.top === 'object' && isListField(text, key) ? [parsed] : parsed;
    else if (Array.isArray(value[key]) && value[key].length < FIRST) value[key] = [...(value[key] as JsonValue[]), parsed];
  };
  let failure: BrokenJson | null = null;
  const bytes = Buffer.from(text);
  try {
    // In small steps: what stands before a place that is broken is still looked at.
    const step = head === HEAD ? STEP : HEAD;
    for (let at = 0; at < bytes.length && rows.length < FIRST; at += step) for (const piece of pieces.push(bytes.subarray(at, at + step))) take(piece);
  } catch (thrown) {
    if (!(thrown instanceof BrokenJson)) throw thrown;
    failure = thrown;
  }
  if (failure !== null && rows.length === 0 && Object.keys(value).length === 0) throw failure;
  if (pieces.top === 'array') return looked('array', encoding, rows);
  if (pieces.top === null) return nothingIn('object', encoding);
  const { inside, ...detected } = detectFormat({ shape: 'object', value: value as { [name: string]: JsonValue } }) ?? { format: null };
  if (detected.format === null) return { shape: 'object', encoding, first: [value as JsonValue], detected: null };
  return { shape: 'object', encoding, first: [value as JsonValue], detected, ...(inside && { inside }) };
}

/** Whether a field's value is a list. */
const isListField = (text: string, key: string): boolean => new RegExp(`${JSON.stringify(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:\\s*\\[`).test(text);
function parsedOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text).value;
  } catch {
    return undefined;
  }
}

/** The first values of JSON lines; null where the text is no such file: a single value may stand on one line too. */
function firstLines(text: string, whole: boolean): JsonValue[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (!whole) lines.pop();
  const first = lines[0] === undefined ? undefined : parsedOf(lines[0]);
  if (first === undefined || Array.isArray(first) || typeof first !== 'object' || first === null) return null;
  if (lines.length === 1 && whole && !('image' in first || 'messages' in first || 'conversations' in first || 'file_name' in first || 'image_url' in first))
    return null;
  return lines.slice(0, FIRST).flatMap((line) => parsedOf(line) ?? []);
}
