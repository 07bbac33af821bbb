/**
 * Cuts one large JSON value into its parts while it is read: the values of a top array, or the fields of a top object, where lists (and objects that are
 * asked for) are cut once more. A part is given as text, for `JSON.parse`; nothing but the part is held.
 */

/** `key`: the field of the top object. `member`: the name inside an object that was cut. */
export interface Piece {
  readonly key: string | null;
  readonly member: string | null;
  readonly text: string;
}
/** Not JSON, cut off, or built to break readers. `at`: bytes from the start. */
export class BrokenJson extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = 'BrokenJson';
    this.at = at;
  }
}
const MAX_DEPTH = 200;
const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9;

interface Level {
  readonly list: boolean;
  /** The name whose value comes next or is being read. */
  name: string | null;
  expects: 'value' | 'name' | 'colon' | 'comma';
  empty: boolean;
}

export interface JsonPieces {
  /** The parts that end in this chunk. Throws `BrokenJson`. */
  push(chunk: Buffer): Piece[];
  /** Throws `BrokenJson` where the value does not end. */
  end(): void;
  /** What the whole is, once its first byte is read. */
  readonly top: 'array' | 'object' | null;
}

export function createJsonPieces(cutObject: (key: string) => boolean, maxPiece: number): JsonPieces {
  const levels: Level[] = [];
  let top: JsonPieces['top'] = null;
  let ended = false;
  let offset = 0;
  // The value or name that is being read, which may have begun in an earlier chunk.
  let reading: 'value' | 'name' | null = null;
  let parts: Buffer[] = [];
  let held = 0;
  let depth = 0;
  let inText = false;
  let escaped = false;
  let scalar = false;

  function broken(message: string, at: number): never {
    throw new BrokenJson(message, offset + at);
  }
  function take(chunk: Buffer, from: number, to: number): string {
    const text = parts.length === 0 ? chunk.toString('utf8', from, to) : Buffer.concat([...parts, chunk.subarray(from, to)]).toString();
    parts = [];
    held = 0;
    return text;
  }
  /** Where the value that is being read ends, or -1 where that is not in this chunk. */
  function endOf(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (inText) {
        if (escaped) {
          escaped = false;
          at++;
          continue;
        }
        const byte = chunk[at++]!;
        if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inText = false;
          if (depth === 0) return at;
        }
        continue;
      }
      const byte = chunk[at]!;
      if (scalar) {
        if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isSpace(byte)) return at;
        at++;
        continue;
      }
      at++;
      if (byte === QUOTE) inText = true;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        if (++depth > MAX_DEPTH) broken('nested too deep', at);
      } else if ((byte === CLOSE_LIST || byte === CLOSE_OBJECT) && --depth === 0) return at;
    }
    return -1;
  }
  function openLevel(byte: number): void {
    const list = byte === OPEN_LIST;
    levels.push({ list, name: null, expects: list ? 'value' : 'name', empty: true });
  }
  function nameOf(text: string, at: number): string {
    try {
      return JSON.parse(text) as string;
    } catch {
      return broken('a broken name', at);
    }
  }
  function pieceOf(text: string): Piece {
    const [outer, inner] = levels;
    return { key: outer!.name, member: inner?.name ?? null, text };
  }
  /** One byte outside of any value; returns whether a value or name begins at it. */
  function step(byte: number, at: number): boolean {
    const level = levels.at(-1);
    if (!level) {
      if (ended || (byte !== OPEN_LIST && byte !== OPEN_OBJECT)) broken('something beside one JSON value', at);
      top = byte === OPEN_LIST ? 'array' : 'object';
      openLevel(byte);
      return false;
    }
    const closes = level.list ? CLOSE_LIST : CLOSE_OBJECT;
    if (byte === closes && (level.expects === 'comma' || level.empty)) {
      levels.pop();
      const outer = levels.at(-1);
      if (outer) outer.expects = 'comma';
      else ended = true;
      return false;
    }
    if (level.expects === 'comma') {
      if (byte !== COMMA) broken('a comma is missing', at);
      level.expects = level.list ? 'value' : 'name';
      return false;
    }
    level.empty = false;
    if (level.expects === 'colon') {
      if (byte !== COLON) broken('a colon is missing', at);
      level.expects = 'value';
      return false;
    }
    if (level.expects === 'name') {
      if (byte !== QUOTE) broken('a name is missing', at);
      return true;
    }
    if (byte === COMMA || byte === COLON || byte === CLOSE_LIST || byte === CLOSE_OBJECT) broken('a value is missing', at);
    const cuts = levels.length === 1 && !level.list && (byte === OPEN_LIST || (byte === OPEN_OBJECT && cutObject(level.name!)));
    if (!cuts) return true;
    openLevel(byte);
    return false;
  }

  return {
    get top() {
      return top;
    },
    push(chunk) {
      const pieces: Piece[] = [];
      let at = 0;
      let begun = 0;
      while (at < chunk.length) {
        if (reading === null) {
          const byte = chunk[at]!;
          if (isSpace(byte)) {
            at++;
            continue;
          }
          if (!step(byte, at)) {
            at++;
            continue;
          }
          reading = levels.at(-1)!.expects as 'value' | 'name';
          begun = at;
          depth = 0;
          inText = false;
          scalar = byte !== QUOTE && byte !== OPEN_LIST && byte !== OPEN_OBJECT;
        }
        const end = endOf(chunk, at);
        if (end < 0) break;
        const text = take(chunk, begun, end);
        const level = levels.at(-1)!;
        if (reading === 'name') {
          level.name = nameOf(text, end);
          level.expects = 'colon';
        } else {
          pieces.push(pieceOf(text));
          level.expects = 'comma';
        }
        reading = null;
        at = end;
      }
      if (reading !== null) {
        held += chunk.length - begun;
        if (held > maxPiece) broken('one value is too large', chunk.length);
        parts.push(Buffer.from(chunk.subarray(begun)));
      }
      offset += chunk.length;
      return pieces;
    },
    end() {
      if (!ended) broken('the file ends in the middle', 0);
    },
  };
}
