/** JSON files with a row a line: lines alone, or the lines of one array. Read back line by line, so that memory does not grow with the file. */
import { createReadStream } from 'node:fs';
import type { JsonValue, Row, Table } from '../../../../shared/formats/columns.ts';
import type { OutFile } from '../out-file.ts';
import { jsonText } from '../row-digest.ts';
import type { Container, RowFile } from './container.ts';

const GROUP = 1000;
const text = (row: Row) => jsonText(row['json'] as JsonValue);

export function openLines(_table: Table, file: OutFile): RowFile {
  return {
    writeGroup: (rows) => file.write([Buffer.from(rows.map((row) => `${text(row)}\n`).join(''))]),
    end: () => Promise.resolve(),
  };
}

export function openArray(_table: Table, file: OutFile): RowFile {
  let begun = false;
  return {
    async writeGroup(rows) {
      await file.write([Buffer.from(rows.map((row, at) => `${begun || at > 0 ? ',' : '['}\n${text(row)}`).join(''))]);
      begun = true;
    },
    end: () => file.write([Buffer.from(begun ? '\n]\n' : '[]\n')]),
  };
}

/** The lines of a file, without their line breaks. Only a line feed ends one: JSON has U+2028, at which Node's readline breaks, as it is. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const tail = chunk.subarray(from, end);
      yield (rest.length === 0 ? tail : Buffer.concat([...rest, tail])).toString();
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString();
}

async function* grouped(values: AsyncIterable<JsonValue>): AsyncGenerator<Row[]> {
  let group: Row[] = [];
  for await (const json of values) {
    group.push({ json });
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function* parsedLines(path: string): AsyncGenerator<JsonValue> {
  for await (const line of linesOf(path)) yield JSON.parse(line) as JsonValue;
}

/** Checks that the lines are one array, and gives its values. */
async function* parsedArray(path: string): AsyncGenerator<JsonValue> {
  let expects: 'open' | 'value' | 'closed' = 'open';
  for await (const line of linesOf(path)) {
    if (expects === 'open' && line === '[]') expects = 'closed';
    else if (expects === 'open' && line === '[') expects = 'value';
    else if (expects === 'value' && line === ']') expects = 'closed';
    else if (expects === 'value') yield JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line) as JsonValue;
    else throw new Error('not one JSON array');
  }
  if (expects !== 'closed') throw new Error('the array does not end');
}

/** Loaders open one file a split, so there is no limit to its size. */
const common = { groupBytes: 8 << 20, storesRepeatedImagesOnce: false, writesEmptySplits: false, fileBytes: Infinity } as const;
export const lines: Container = { ...common, open: openLines, read: (_table, path) => grouped(parsedLines(path)) };
export const array: Container = { ...common, open: openArray, read: (_table, path) => grouped(parsedArray(path)) };
