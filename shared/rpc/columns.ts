/**
 * Long lists of rows travel as columns. Each hop between the core and the page copies every field of every row one by one; 100,000 points took the better
 * part of a second, of which the page's process alone spent half. As columns they are a handful of strings, which every hop copies whole.
 */

/** One field of all rows. */
export type Column =
  /** Strings of one length, one after the other. */
  | { readonly kind: 'text'; readonly length: number; readonly joined: string }
  /** Strings that occur again and again, and for each row which: a JSON list of numbers. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly which: string }
  /** Numbers as a JSON list, which gives each back exactly. */
  | { readonly kind: 'numbers'; readonly list: string };
/** A list taken out of an answer, and where it belongs. */
export interface Columns {
  readonly path: readonly (string | number)[];
  readonly count: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** From this many rows a list is packed. */
export const PACKED_FROM = 1000;
/** Documents lie two steps deep in an answer, in a list of documents three. */
const DEEPEST = 4;
/** Strings that differ more than this are sent one after the other. */
const MOST_WORDS = 200;

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The answer without its long lists, and those as columns; an answer without any is the same object. Nothing is changed in place. */
export function packRows(value: unknown): { readonly value: unknown; readonly packed: readonly Columns[] } {
  const packed: Columns[] = [];
  return { value: without(value, [], packed), packed };
}

function without(value: unknown, path: readonly (string | number)[], packed: Columns[]): unknown {
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return value;
  if (Array.isArray(value) && value.length >= PACKED_FROM) {
    const columns = columnsOf(value);
    if (!columns) return value;
    packed.push({ path, count: value.length, columns });
    return [];
  }
  let copy: Record<string | number, unknown> | null = null;
  for (const [key, inner] of Object.entries(value)) {
    const next = without(inner, [...path, Array.isArray(value) ? Number(key) : key], packed);
    if (next === inner) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string | number, unknown>;
    copy[key] = next;
  }
  return copy ?? value;
}

/** Null where the rows are not all of the same fields of strings and numbers. */
function columnsOf(rows: readonly unknown[]): Record<string, Column> | null {
  const first = rows[0];
  if (!isRow(first)) return null;
  const names = Object.keys(first);
  if (names.length === 0 || names.includes('__proto__')) return null;
  for (const row of rows) {
    if (!isRow(row)) return null;
    let at = 0;
    for (const name in row) if (name !== names[at++]) return null;
    if (at !== names.length) return null;
  }
  const columns: [string, Column][] = [];
  for (const name of names) {
    const column = columnOf((rows as readonly Row[]).map((row) => row[name]));
    if (!column) return null;
    columns.push([name, column]);
  }
  return Object.fromEntries(columns);
}

function columnOf(values: readonly unknown[]): Column | null {
  // JSON has no other numbers, and no minus zero.
  if (values.every((value) => Number.isFinite(value) && !Object.is(value, -0))) return { kind: 'numbers', list: JSON.stringify(values) };
  if (!values.every((value): value is string => typeof value === 'string')) return null;
  const places = new Map<string, number>();
  for (const value of values) {
    if (!places.has(value)) places.set(value, places.size);
    if (places.size > MOST_WORDS) break;
  }
  if (places.size <= MOST_WORDS) return { kind: 'words', words: [...places.keys()], which: JSON.stringify(values.map((value) => places.get(value))) };
  const { length } = values[0]!;
  return values.every((value) => value.length === length) ? { kind: 'text', length, joined: values.join('') } : null;
}

/** The answer with its long lists. Changes `value`, which just came over a wire. */
export function unpackRows(value: unknown, packed: readonly Columns[]): unknown {
  let result = value;
  for (const { path, count, columns } of packed) {
    const rows = rowsOf(count, columns);
    const last = path.at(-1);
    if (last === undefined) result = rows;
    else {
      let parent = result as Record<string | number, unknown>;
      for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
      parent[last] = rows;
    }
  }
  return result;
}

function rowsOf(count: number, columns: Readonly<Record<string, Column>>): unknown[] {
  const fields = Object.entries(columns).map(([name, column]) => [name, readerOf(column)] as const);
  return Array.from({ length: count }, (_, index) => {
    const row: Record<string, unknown> = {};
    for (const [name, read] of fields) row[name] = read(index);
    return row;
  });
}

function readerOf(column: Column): (index: number) => unknown {
  if (column.kind === 'text') return (index) => column.joined.slice(index * column.length, (index + 1) * column.length);
  const list = JSON.parse(column.kind === 'words' ? column.which : column.list) as number[];
  return column.kind === 'words' ? (index) => column.words[list[index]!] : (index) => list[index];
}
