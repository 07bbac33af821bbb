/** What differs between two texts, word by word; Japanese and Chinese character by character. */

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A CJK character, a word, a stretch of white space, or any other character. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}_'’])+|\s+|./gsu;
/** Beyond this many differing words the two have nothing to do with each other: one is shown removed and the other added. */
const MOST_EDITS = 1200;

/** The parts of both texts in reading order: `same` and `removed` joined are the first text, `same` and `added` the second. */
export function diffText(before: string, after: string): DiffPart[] {
  const a = before.match(TOKEN) ?? [];
  const b = after.match(TOKEN) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const parts: DiffPart[] = [
    ...a.slice(0, start).map((text): DiffPart => ({ kind: 'same', text })),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((text): DiffPart => ({ kind: 'same', text })),
  ];
  return joined(parts);
}

/** Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), greedy form; keeps the frontier of every step to walk back on. */
function middle(a: readonly string[], b: readonly string[]): DiffPart[] {
  const trace: Int32Array[] = [];
  const most = Math.min(a.length + b.length, MOST_EDITS);
  let frontier = new Int32Array(2 * most + 3);
  const at = (k: number) => k + most + 1;
  for (let d = 0; d <= most; d++) {
    trace.push(frontier.slice());
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && frontier[at(k - 1)]! < frontier[at(k + 1)]!) ? frontier[at(k + 1)]! : frontier[at(k - 1)]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      frontier[at(k)] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace, at);
    }
  }
  return [...a.map((text): DiffPart => ({ kind: 'removed', text })), ...b.map((text): DiffPart => ({ kind: 'added', text }))];
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[], at: (k: number) => number): DiffPart[] {
  const parts: DiffPart[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const frontier = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && frontier[at(k - 1)]! < frontier[at(k + 1)]!);
    const fromX = d === 0 ? 0 : frontier[at(down ? k + 1 : k - 1)]!;
    const fromY = d === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      parts.push({ kind: 'same', text: a[--x]! });
      y--;
    }
    if (d === 0) break;
    if (down) parts.push({ kind: 'added', text: b[--y]! });
    else parts.push({ kind: 'removed', text: a[--x]! });
  }
  return parts.toReversed();
}

/** Neighbours of one kind become one part; where words changed one after the other, all that went stands before all that came. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') result.push({ kind: 'removed', text: removed });
    if (added !== '') result.push({ kind: 'added', text: added });
    removed = added = '';
  };
  for (const { kind, text } of parts) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      const last = result.at(-1);
      if (last?.kind === 'same') result[result.length - 1] = { kind: 'same', text: last.text + text };
      else result.push({ kind: 'same', text });
    }
  }
  flush();
  return result;
}
