/** Rows of CSV and of tables with tabs or semicolons, by the names of the first line. The only file that loads csv-parse. */
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { type Encoding, utf8Chunks } from './text-bytes.ts';

const GROUP = 1000;
/** What stands most often in the first line outside of quotes. */
export function delimiterOf(head: string): ',' | '\t' | ';' {
  const line = (head.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (character: string) => line.split(character).length;
  return count('\t') > count(',') ? '\t' : count(';') > count(',') ? ';' : ',';
}

/** Rows as objects; what looks like JSON in a field is left as text. Throws where quotes don't close or a row is larger than `maxRow` characters. */
export async function* csvRows(path: string, encoding: Encoding, head: string, maxRow: number): AsyncGenerator<Record<string, string>[]> {
  const delimiter = delimiterOf(head);
  const parser = parse({
    delimiter,
    columns: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: delimiter === '\t',
    skip_empty_lines: true,
    max_record_size: maxRow,
  });
  const input = Readable.from(utf8Chunks(path, encoding), { objectMode: false });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let group: Record<string, string>[] = [];
  for await (const row of parser as AsyncIterable<Record<string, string>>) {
    group.push(row);
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
