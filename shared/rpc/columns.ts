/**
 * Long lists of rows travel as columns. Each hop between the core and the page copies every field of every row one by one; 100,000 points took the better
 * part of a second, of which the page's process alone spent half. As columns they are a handful of strings, which every hop copies whole.
 */

/** How the values of a field travel. */
export type Values =
  /** Strings of one length, one after the other. */
  | { readonly kind: 'text'; readonly length: number; readonly joined: string }
  /** Strings that occur again and again, and for each row which: a JSON list of numbers. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly which: string }
  /** Numbers as a JSON list, which gives each back exactly. */
  | { readonly kind: 'numbers'; readonly list: string };
/** One field of all rows. `runs`, where some lack it: a JSON list of how many rows have it, how many then lack it, and so on in turns. */
export type Column = Values & { readonly runs?: string };
/** A list taken out of an answer, and where it belongs. */
export interface Columns {
  readonly path: Path;
  readonly count: number;
  readonly columns: Readonly<Record<string, Column>>;
}
/** An answer without its long lists, and those as columns. */
export interface Packed {
  readonly value: unknown;
  readonly packed: readonly Columns[];
}

/** From this many rows a list is packed. */
export const PACKED_FROM = 1000;
/** Rows packed at a time; a point takes about a microsecond, on a busy machine three. */
export const SLICE_ROWS = 4000;
/** Documents lie two steps deep in an answer, in a list of documents three. */
const DEEPEST = 4;
/** Strings that differ more than this are sent one after the other. */
const MOST_WORDS = 200;

type Path = readonly (string | number)[];
type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Packs an answer at once; one without long lists is the same object. Nothing is changed in place. */
export function packRows(answer: unknown): Packed {
  const steps = packing(answer);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Packs it in slices, and lets others be served between two of them. */
export async function packRowsInSlices(answer: unknown, breathe: () => Promise<void>): Promise<Packed> {
  const steps = packing(answer);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await breathe();
  }
}

function* packing(answer: unknown): Generator<void, Packed> {
  const packed: Columns[] = [];
  let value = answer;
  for (const { path, rows } of longLists(answer, [])) {
    const columns = yield* columnsOf(rows);
    if (!columns) continue;
    packed.push({ path, count: rows.length, columns });
    value = emptied(value, path);
  }
  return { value, packed };
}

function longLists(value: unknown, path: Path): { readonly path: Path; readonly rows: readonly unknown[] }[] {
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return [];
  if (Array.isArray(value) && value.length >= PACKED_FROM) return [{ path, rows: value }];
  const found: { path: Path; rows: readonly unknown[] }[] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'object' && inner !== null) found.push(...longLists(inner, [...path, Array.isArray(value) ? Number(key) : key]));
  }
  return found;
}

/** The same answer with an empty list at the end of the path. */
function emptied(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return [];
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as Row) }) as Record<string | number, unknown>;
  copy[step] = emptied(copy[step], rest);
  return copy;
}

/** Null where the rows have other than strings and numbers in their fields. */
function* columnsOf(rows: readonly unknown[]): Generator<void, Record<string, Column> | null> {
  const fields = new Map<string, Field>();
  const names: string[] = [];
  for (let from = 0; from < rows.length; from += SLICE_ROWS) {
    const slice = rows.slice(from, from + SLICE_ROWS);
    for (const row of slice) {
      if (!isRow(row)) return null;
      let at = 0;
      for (const name in row) {
        // Nearly always in the order of the row before.
        if (name === names[at++] || fields.has(name)) continue;
        // As a key it would name the row's prototype.
        if (name === '__proto__') return null;
        fields.set(name, createField(from));
        names.push(name);
      }
    }
    for (const [name, field] of fields) if (!field.add(slice as readonly Row[], name)) return null;
    yield;
  }
  const columns: [string, Column][] = [];
  for (const [name, field] of fields) {
    const column = field.column();
    if (!column) return null;
    columns.push([name, column]);
  }
  return columns.length === 0 ? null : Object.fromEntries(columns);
}

interface Field {
  /** False where a value is neither a string nor a number, or both occur. */
  add(rows: readonly Row[], name: string): boolean;
  column(): Column | null;
}

/** Collects a field slice by slice; `before` rows that came earlier lack it. */
function createField(before: number): Field {
  const runs = before > 0 ? [0, before] : [0];
  const words = new Map<string, number>();
  const pieces: string[] = [];
  const which: string[] = [];
  let type: string | null = null;
  let length = -1;
  const addTexts = (texts: readonly string[]): boolean => {
    const places: number[] = [];
    if (length < 0) ({ length } = texts[0]!);
    for (const text of texts) {
      if (text.length !== length) length = Infinity;
      if (words.size > MOST_WORDS) continue;
      if (!words.has(text)) words.set(text, words.size);
      places.push(words.get(text)!);
    }
    if (words.size <= MOST_WORDS) which.push(places.join(','));
    if (length < Infinity) pieces.push(texts.join(''));
    return length < Infinity || words.size <= MOST_WORDS;
  };
  return {
    add(rows, name) {
      const values: unknown[] = [];
      for (const row of rows) {
        const value = row[name];
        const has = value !== undefined;
        if (has !== (runs.length % 2 === 1)) runs.push(0);
        runs[runs.length - 1]! += 1;
        if (!has) continue;
        type ??= typeof value;
        // JSON has no other numbers, and no minus zero.
        if (typeof value !== type || (type === 'number' ? !Number.isFinite(value) || Object.is(value, -0) : type !== 'string')) return false;
        values.push(value);
      }
      if (values.length === 0) return true;
      if (type === 'string') return addTexts(values as string[]);
      pieces.push(JSON.stringify(values).slice(1, -1));
      return true;
    },
    column() {
      const some = runs.length > 1 ? { runs: JSON.stringify(runs) } : {};
      if (type === 'number') return { kind: 'numbers', list: `[${pieces.join(',')}]`, ...some };
      if (words.size <= MOST_WORDS) return { kind: 'words', words: [...words.keys()], which: `[${which.join(',')}]`, ...some };
      return length < Infinity ? { kind: 'text', length, joined: pieces.join(''), ...some } : null;
    },
  };
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
  const rows = Array.from({ length: count }, (): Record<string, unknown> => ({}));
  for (const [name, column] of Object.entries(columns)) {
    const read = readerOf(column);
    const runs = column.runs === undefined ? [count] : (JSON.parse(column.runs) as number[]);
    let at = 0;
    let taken = 0;
    runs.forEach((length, turn) => {
      if (turn % 2 === 0) for (let k = 0; k < length; k++) rows[at + k]![name] = read(taken++);
      at += length;
    });
  }
  return rows;
}

function readerOf(column: Values): (index: number) => unknown {
  if (column.kind === 'text') return (index) => column.joined.slice(index * column.length, (index + 1) * column.length);
  const list = JSON.parse(column.kind === 'words' ? column.which : column.list) as number[];
  return column.kind === 'words' ? (index) => column.words[list[index]!] : (index) => list[index];
}
