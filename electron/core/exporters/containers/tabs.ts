/** A table of text with tabs between its columns and a header, as open_clip reads by default. */
import type { OutFile } from '../out-file.ts';
import type { Container } from './container.ts';
import { linesOf } from './json-rows.ts';

export const tabs: Container = {
  groupBytes: 8 << 20,
  storesRepeatedImagesOnce: false,
  writesEmptySplits: false,
  fileBytes: Infinity,
  open(table, file: OutFile) {
    const names = table.columns.map((column) => column.name);
    let begun = false;
    return {
      async writeGroup(rows) {
        const lines = rows.map((row) => names.map((name) => quoted(row[name] as string)).join('\t'));
        await file.write([Buffer.from(`${begun ? '' : `${names.join('\t')}\n`}${lines.join('\n')}\n`)]);
        begun = true;
      },
      end: () => Promise.resolve(),
    };
  },
  async *read(table, path) {
    const names = table.columns.map((column) => column.name);
    let header = true;
    for await (const line of linesOf(path)) {
      const cells = line.split('\t').map(unquoted);
      if (cells.length !== names.length || (header && cells.join() !== names.join())) throw new Error('columns are not what was written');
      if (!header) yield [Object.fromEntries(names.map((name, at) => [name, cells[at]!]))];
      header = false;
    }
  },
};

/** pandas, with which open_clip reads, takes a quote at the start of a cell for the start of a quoted one. */
const quoted = (text: string) => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text);
const unquoted = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
