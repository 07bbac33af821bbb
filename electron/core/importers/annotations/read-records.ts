/** Reads the records of one annotation file, a group at a time; what can't be read is a record that says so. */
import { readFile, stat } from 'node:fs/promises';
import { addCategory, addImage, cocoAnnotation, newCocoIndex } from '../../../../shared/formats/imports/coco.ts';
import { cvatImage, cvatTrack, type Element, labelmeXml } from '../../../../shared/formats/imports/cvat.ts';
import { isObject, sizeOf } from '../../../../shared/formats/imports/fields.ts';
import { labelmeFile } from '../../../../shared/formats/imports/labelme.ts';
import { isTask, shortTaskRow, taskRow } from '../../../../shared/formats/imports/label-studio.ts';
import { chatRow } from '../../../../shared/formats/imports/chat.ts';
import { pixmoRow } from '../../../../shared/formats/imports/pixmo.ts';
import {
  type AnnotationFormat,
  type ImportOptions,
  type ImportRecord,
  type ImageRef,
  type Inside,
  type JsonObject,
  recordOf,
  type RowPlace,
} from '../../../../shared/formats/imports/record.ts';
import { anyRow } from '../../../../shared/formats/imports/rows.ts';
import { parseJson } from '../../../../shared/formats/imports/tolerant-json.ts';
import { isVia, isVia3, isViaRow, viaImage, viaProject, viaRow } from '../../../../shared/formats/imports/via.ts';
import type { JsonValue } from '../../../../shared/formats/columns.ts';
import { csvRows } from './csv-rows.ts';
import { BrokenJson, createJsonPieces, type Piece } from './json-pieces.ts';
import { cutsObject, type Shape } from './look.ts';
import { type Encoding, headOf, lineGroups, utf8Chunks } from './text-bytes.ts';
import { xmlElements } from './xml-elements.ts';

export interface AnnotationFile {
  readonly path: string;
  readonly shape: Shape;
  readonly encoding: Encoding;
  readonly format: AnnotationFormat;
  readonly inside?: Inside;
}
/** Bytes of one row. An outline or mask of a picture of 100 megapixels is below it. */
const MAX_ROW = 64 << 20;
const MAX_TEXT_FILE = 4 << 20;

const told = (where: string, reason: 'row-broken' | 'file-unreadable', detail: string): ImportRecord =>
  recordOf(where, {}, { notes: [{ reason, detail: detail.slice(0, 200) }] });

/** Maps a value by the file's format. Pure and total: what throws is told as a broken row. */
function rowOf(format: AnnotationFormat, value: JsonValue, place: RowPlace): ImportRecord[] {
  try {
    if (!isObject(value)) return anyRow(value, place);
    if (format === 'label-studio') return isTask(value) ? taskRow(value, place) : shortTaskRow(value, place);
    if (format === 'labelme') return [labelmeFile(value, place)];
    if (format === 'chat') return chatRow(value, place);
    if (format === 'pixmo') return pixmoRow(value, place);
    if (format === 'via') return viaRows(value, place);
    return anyRow(value, place);
  } catch (thrown) {
    return [told(place.where, 'row-broken', (thrown as Error).message)];
  }
}

function viaRows(value: JsonObject, place: RowPlace): ImportRecord[] {
  if (isViaRow(value)) return [viaRow(value, place)];
  if (isVia3(value)) return viaProject(value, place);
  return isVia(value) ? [viaImage(value, place)] : [];
}

function parsed(text: string, where: string): { value: JsonValue; repaired: boolean } | { record: ImportRecord } {
  try {
    return parseJson(text);
  } catch (thrown) {
    return { record: told(where, 'row-broken', (thrown as Error).message) };
  }
}

/** The records of a value in JSON; what was no number in it is told. */
function mapped(text: string, where: string, map: (value: JsonValue) => ImportRecord[]): ImportRecord[] {
  const read = parsed(text, where);
  if ('record' in read) return [read.record];
  const records = map(read.value);
  const last = records.at(-1);
  if (!read.repaired || !last) return records;
  return [...records.slice(0, -1), { ...last, notes: [...last.notes, { reason: 'number-repaired', detail: '' }] }];
}

/** All records of the file, in its order. Never throws for what is in the file; an error of the disk is thrown. */
export async function* readRecords(file: AnnotationFile, options: ImportOptions): AsyncGenerator<ImportRecord[]> {
  try {
    yield* readByShape(file, options);
  } catch (thrown) {
    if (isDisk(thrown)) throw thrown;
    const detail = thrown instanceof BrokenJson ? `${thrown.message} (byte ${thrown.at})` : (thrown as Error).message;
    yield [told('', 'file-unreadable', detail)];
  }
}
const isDisk = (thrown: unknown) => ['EIO', 'EMFILE', 'ENFILE', 'ENOMEM'].includes((thrown as NodeJS.ErrnoException).code ?? '');

async function* readByShape(file: AnnotationFile, options: ImportOptions): AsyncGenerator<ImportRecord[]> {
  const { path, encoding, format, shape } = file;
  if (shape === 'text') yield [await sidecar(path, encoding)];
  else if (shape === 'xml') yield* xmlRecords(path, encoding);
  else if (shape === 'parquet') yield* parquetRecords(path, format, options);
  else if (shape === 'csv') {
    let line = 1;
    const head = (await headOf(path)).toString();
    const columns = file.inside?.columns ?? null;
    if (columns) line = 0;
    for await (const rows of csvRows(path, encoding, head, MAX_ROW, columns)) {
      yield rows.flatMap((row) => rowOf(format, withLists(row), { where: `row ${++line}`, options }));
    }
  } else if (shape === 'lines') yield* lineRecords(path, encoding, format, options);
  else if (format === 'coco') yield* cocoRecords(path, encoding);
  else if (file.inside?.byName) yield* namedRecords(path, encoding, options);
  else if (file.inside?.list !== undefined) yield* listRecords(path, encoding, format, options, file.inside.list);
  else if (shape === 'object' && (format !== 'via' || (await isWholeVia(path, encoding)))) yield await wholeFile(path, encoding, format, options);
  else yield* pieceRecords(path, encoding, format, options);
}

/** Lists and objects of a CSV field are written as JSON. */
function withLists(row: Record<string, string>): JsonObject {
  const fields: Record<string, JsonValue> = { ...row };
  for (const [name, text] of Object.entries(row)) {
    if (!/^\s*[[{]/.test(text)) continue;
    const value = parsed(text, '');
    if ('value' in value) fields[name] = value.value;
  }
  return fields;
}

async function* lineRecords(path: string, encoding: Encoding, format: AnnotationFormat, options: ImportOptions): AsyncGenerator<ImportRecord[]> {
  let number = 0;
  for await (const lines of lineGroups(path, encoding, MAX_ROW)) {
    const records: ImportRecord[] = [];
    for (const line of lines) {
      number++;
      if (line === '' || line === '\r') continue;
      const where = `line ${number}`;
      const map = (value: JsonValue) => (format === 'coco' ? cocoAnnotation(newCocoIndex(), value, where) : rowOf(format, value, { where, options }));
      for (const record of mapped(line, where, map)) records.push(record);
    }
    yield records;
  }
}

async function* piecesOf(path: string, encoding: Encoding): AsyncGenerator<Piece[]> {
  const pieces = createJsonPieces(cutsObject, MAX_ROW);
  for await (const chunk of utf8Chunks(path, encoding)) yield pieces.push(chunk);
  pieces.end();
}

async function* pieceRecords(path: string, encoding: Encoding, format: AnnotationFormat, options: ImportOptions): AsyncGenerator<ImportRecord[]> {
  let number = 0;
  for await (const pieces of piecesOf(path, encoding)) {
    yield pieces.flatMap(({ key, member, text }) => {
      const where = member ?? (key === null || format === 'via' ? (key ?? `item ${++number}`) : `${key} ${++number}`);
      return mapped(text, where, (value) => rowOf(format, value, { where, options }));
    });
  }
}

/** A project of VIA 3 numbers its files in one place and says of them in another. */
async function isWholeVia(path: string, encoding: Encoding): Promise<boolean> {
  const text = new TextDecoder(encoding).decode(await headOf(path));
  return !text.includes('"_via_img_metadata"') && /"attribute"\s*:/.test(text) && /"(project|config)"\s*:/.test(text);
}

/** Rows in a list of one object. What else the object has is about the file, not about an image. */
async function* listRecords(path: string, encoding: Encoding, format: AnnotationFormat, options: ImportOptions, list: string): AsyncGenerator<ImportRecord[]> {
  let number = 0;
  for await (const pieces of piecesOf(path, encoding)) {
    const rows = pieces.filter(({ key }) => key === list);
    yield rows.flatMap(({ text }) => {
      const where = `${list} ${++number}`;
      return mapped(text, where, (value) => rowOf(format, value, { where, options }));
    });
  }
}

/** An object with the names of pictures: a text, a list of texts or fields for each. */
async function* namedRecords(path: string, encoding: Encoding, options: ImportOptions): AsyncGenerator<ImportRecord[]> {
  for await (const pieces of piecesOf(path, encoding)) {
    yield pieces.flatMap(({ key, text }) => {
      const where = key ?? '';
      const map = (value: JsonValue) => rowOf('rows', isObject(value) ? { file_name: where, ...value } : { file_name: where, text: value }, { where, options });
      return mapped(text, where, map);
    });
  }
}

/** Images and categories may stand behind the annotations: they are read first, and the file a second time. */
async function* cocoRecords(path: string, encoding: Encoding): AsyncGenerator<ImportRecord[]> {
  const index = newCocoIndex();
  for await (const pieces of piecesOf(path, encoding)) {
    const records: ImportRecord[] = [];
    for (const { key, text } of pieces) {
      if (key !== 'images' && key !== 'categories') continue;
      const read = parsed(text, key);
      if ('record' in read) records.push(read.record);
      else if (key === 'categories') addCategory(index, read.value);
      else records.push(...addImage(index, read.value, `image ${index.images.size + 1}`));
    }
    if (records.length > 0) yield records;
  }
  let number = 0;
  for await (const pieces of piecesOf(path, encoding)) {
    yield pieces.flatMap(({ key, text }) => {
      if (key !== 'annotations' && key !== null) return [];
      const where = `annotation ${++number}`;
      return mapped(text, where, (value) => cocoAnnotation(index, value, where));
    });
  }
}

async function wholeFile(path: string, encoding: Encoding, format: AnnotationFormat, options: ImportOptions): Promise<ImportRecord[]> {
  const chunks: Buffer[] = [];
  let held = 0;
  for await (const chunk of utf8Chunks(path, encoding)) {
    held += chunk.length;
    if (held > MAX_ROW) return [told('', 'file-unreadable', 'one value is too large')];
    chunks.push(chunk);
  }
  return mapped(Buffer.concat(chunks).toString(), '', (value) => rowOf(format, value, { where: '', options }));
}

async function* xmlRecords(path: string, encoding: Encoding): AsyncGenerator<ImportRecord[]> {
  let number = 0;
  let size: ImageRef['size'] = null;
  const wanted = (name: string, parents: readonly string[]) =>
    (parents.length === 0 && name === 'annotation') || (parents.length === 1 && (name === 'image' || name === 'track')) || name === 'original_size';
  for await (const elements of xmlElements(path, encoding, wanted)) {
    yield elements.flatMap((element): ImportRecord[] => {
      if (element.name === 'original_size') {
        const side = (name: string) => element.children.find((child: Element) => child.name === name)?.text;
        size = sizeOf(side('width'), side('height'));
        return [];
      }
      const where = `${element.name} ${++number}`;
      if (element.name === 'annotation') return [labelmeXml(element, where)];
      return element.name === 'image' ? [cvatImage(element, where)] : cvatTrack(element, where, size);
    });
  }
}

async function* parquetRecords(path: string, format: AnnotationFormat, options: ImportOptions): AsyncGenerator<ImportRecord[]> {
  const { parquetRows } = await import('../../exporters/containers/parquet-reader.ts');
  let number = 0;
  for await (const rows of parquetRows(path)) yield rows.flatMap((row) => rowOf(format, row, { where: `row ${++number}`, options }));
}

/** YOLO's boxes lie in such files too: a line is a class and numbers. */
const NUMBERS = /^\s*(\d+(\s+-?[\d.eE+-]+){4,}\s*)+$/;
async function sidecar(path: string, encoding: Encoding): Promise<ImportRecord> {
  if ((await stat(path)).size > MAX_TEXT_FILE) return told('', 'file-unreadable', 'too large for a caption');
  const text = new TextDecoder(encoding).decode(await readFile(path)).trim();
  if (text === '') return recordOf('', {}, { notes: [{ reason: 'row-empty', detail: '' }] });
  if (NUMBERS.test(text)) return recordOf('', {}, { notes: [{ reason: 'not-a-caption', detail: text.slice(0, 80) }], extra: { text } });
  return recordOf('', {}, { captions: [text] });
}
