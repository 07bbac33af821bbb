/** Reads a list of questions out of what people have: lines, a table, JSON. */
const COLUMNS = /^(question|questions|text|prompt|instruction|query|質問|問い)$/i;

/** The questions in this text, in their order and each once. `name` may tell the format by its ending. Text in no known format is lines. */
export function readQuestionList(text: string, name = ''): string[] {
  const plain = text.replace(/^\uFEFF/, '');
  const found = fromJson(plain) ?? fromTable(plain, name) ?? plain.split(/\r\n|\r|\n/);
  return [...new Set(found.map((question) => question.replace(/\s+/g, ' ').trim()).filter((question) => question !== ''))];
}

/** A JSON array or object, or one JSON value a line. */
function fromJson(text: string): string[] | null {
  if (!/^\s*[[{"]/.test(text)) return null;
  const whole = parse(text);
  if (whole !== undefined) return typeof whole === 'string' ? null : inValue(whole);
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  const values = rows.map(parse);
  return values.length > 0 && values.every((value) => typeof value === 'object' && value !== null) ? values.flatMap(inValue) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Strings of a list; of objects the field that is named like a question, else everything inside. */
function inValue(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(inValue);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const named = entries.find(([key, inside]) => COLUMNS.test(key) && (typeof inside === 'string' || Array.isArray(inside)));
  return named ? inValue(named[1]) : entries.flatMap(([, inside]) => (typeof inside === 'object' ? inValue(inside) : []));
}

/** A table with a heading that names a column of questions, or a file that says it is a table. */
function fromTable(text: string, name: string): string[] | null {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const separator = first.includes('\t') || /\.tsv$/i.test(name) ? '\t' : ',';
  const heading = cells(first, separator)[0] ?? [];
  const column = heading.findIndex((cell) => COLUMNS.test(cell.trim()));
  if (column < 0 && !/\.[ct]sv$/i.test(name)) return null;
  const rows = cells(text, separator);
  return (column < 0 ? rows : rows.slice(1)).map((row) => row[Math.max(0, column)] ?? '');
}

/** RFC 4180: quoted cells may hold separators, line ends and doubled quotes. */
function cells(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = () => {
    rows.at(-1)!.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === separator) end();
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++;
      end();
      rows.push([]);
    } else cell += char;
  }
  end();
  return rows;
}
