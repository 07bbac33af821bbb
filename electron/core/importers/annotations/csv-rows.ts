/** Rows of CSV and of tables with tabs or semicolons, by the names of the first line. The only file that loads csv-parse. */
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { type Encoding, utf8Chunks } from './text-bytes.ts';

const GROUP = 1000;
/** What stands most often in the first line outside of quotes. */
export function delimiterOf(head: string): ',' | '\t' | ';' | '|' {
  const line = (head.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (character: string) => line.split(character).length;
  return count('\t') > count(',') ? '\t' : count(';') > count(',') ? ';' : count('|') > count(',') ? '|' : ',';
}

const PICTURE = /\.(jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif)(#\d+)?$/i;
/** The columns of a table whose first line is no names but says something of a picture already (`a.jpg#0<tab>A dog`); null where it is names. */
export function columnsWithout(head: string): readonly string[] | null {
  const line = head.split(/\r?\n/, 1)[0] ?? '';
  const fields = line.split(delimiterOf(head)).map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
  return PICTURE.test(fields[0]!) ? ['file_name', ...(fields.length > 1 ? ['text'] : []), ...fields.slice(2).map((_, at) => `column ${at + 3}`)] : null;
}

/**
 * Rows as objects; what looks like JSON in a field is left as text. `names`: the columns, where the first line is not their names. What is more than the
 * columns belongs to the last: commas of a sentence without quotes. Throws where quotes don't close or a row is larger than `maxRow` characters.
 */
export async function* csvRows(
  path: string,
  encoding: Encoding,
  head: string,
  maxRow: number,
  names: readonly string[] | null = null,
  groupSize = GROUP,
): AsyncGenerator<Record<string, string>[]> {
  const delimiter = delimiterOf(head);
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: delimiter === '\t',
    skip_empty_lines: true,
    trim: delimiter === '|',
    max_record_size: maxRow,
  });
  const input = Readable.from(utf8Chunks(path, encoding), { objectMode: false });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let group: Record<string, string>[] = [];
  let columns = names;
  for await (const fields of parser as AsyncIterable<string[]>) {
    if (columns === null) {
      columns = fields.map((name) => name.trim());
      continue;
    }
    const last = columns.length - 1;
    const row: Record<string, string> = {};
    for (let at = 0; at <= last && at < fields.length; at++) row[columns[at]!] = at < last ? fields[at]! : fields.slice(last).join(delimiter);
    group.push(row);
    if (group.length < groupSize) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
