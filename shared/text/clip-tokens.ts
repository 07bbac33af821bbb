/** CLIP's byte-pair encoding, as OpenAI's simple_tokenizer.py and open_clip do it (lower case), from their list of merges. */

/** The text tower reads 77 places, two of them for the start and the end. */
export const CLIP_CONTEXT = 77;
const WORD = /<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu;
/** Words whose pieces are kept at hand: a caption has a few hundred. */
const KEPT_WORDS = 5000;

/** `merges`: one "left right" a line, the first one first. The function gives a text's ids with start and end, however many there are. */
export function createClipTokenizer(merges: string): (text: string) => number[] {
  const pairs = merges.split('\n');
  const ranks = new Map(pairs.map((pair, rank) => [pair, rank]));
  const bytes = byteLetters();
  // Ids: the 256 letters for bytes, those at a word's end, then what each merge makes, then start and end.
  const sorted = byteOrder().map((byte) => bytes[byte]!);
  const pieces = [...sorted, ...sorted.map((letter) => `${letter}</w>`), ...pairs.map((pair) => pair.replace(' ', '')), '<|startoftext|>', '<|endoftext|>'];
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const start = ids.get('<|startoftext|>')!;
  const end = ids.get('<|endoftext|>')!;
  const kept = new Map<string, readonly number[]>([
    ['<|startoftext|>', [start]],
    ['<|endoftext|>', [end]],
  ]);
  const inWord = (word: string): readonly number[] => {
    const known = kept.get(word);
    if (known) return known;
    const letters = utf8(word).map((byte) => bytes[byte]!);
    letters[letters.length - 1] += '</w>';
    const found = mergeAll(letters, ranks).map((piece) => ids.get(piece)!);
    if (kept.size < KEPT_WORDS) kept.set(word, found);
    return found;
  };
  return (text) => [start, ...(cleaned(text).match(WORD) ?? []).flatMap(inWord), end];
}

/** The parts of a word: the pair with the lowest rank is put together, everywhere, until none is left. */
function mergeAll(letters: string[], ranks: ReadonlyMap<string, number>): string[] {
  let parts = letters;
  while (parts.length > 1) {
    let best = Infinity;
    for (let at = 0; at + 1 < parts.length; at++) best = Math.min(best, ranks.get(`${parts[at]} ${parts[at + 1]}`) ?? Infinity);
    if (best === Infinity) break;
    const next: string[] = [];
    for (let at = 0; at < parts.length; at++) {
      if (at + 1 < parts.length && ranks.get(`${parts[at]} ${parts[at + 1]}`) === best) next.push(parts[at]! + parts[++at]!);
      else next.push(parts[at]!);
    }
    parts = next;
  }
  return parts;
}

/** What CLIP cleans before it counts: HTML entities, and of ftfy's repairs those that typed text meets (curly quotes, full-width letters, ligatures). */
function cleaned(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' };
  const unescaped = (from: string) => from.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity]!);
  return unescaped(unescaped(text))
    .toWellFormed()
    .normalize('NFC')
    .replace(/[‘’‛]/g, "'")
    .replace(/[“”‟]/g, '"')
    .replace(/[\uFF01-\uFF5E\u3000]/g, (wide) => wide.normalize('NFKC'))
    .replace(/[\uFB00-\uFB06]/g, (ligature) => ligature.normalize('NFKC'))
    .toLowerCase();
}

/** Bytes that print as they are, then the others: the order of the first 256 ids. */
function byteOrder(): number[] {
  const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const printing = [...span(0x21, 0x7e), ...span(0xa1, 0xac), ...span(0xae, 0xff)];
  return [...printing, ...span(0, 255).filter((byte) => !printing.includes(byte))];
}

/** The letter that stands for each byte: itself where it prints, else one from 256 on. */
function byteLetters(): string[] {
  const letters: string[] = [];
  byteOrder().forEach((byte, at) => (letters[byte] = String.fromCharCode(at < 188 ? byte : 256 + at - 188)));
  return letters;
}

/** UTF-8 without TextEncoder, which this layer can't count on. */
function utf8(text: string): number[] {
  return [...text].flatMap((char) => {
    const code = char.codePointAt(0)!;
    if (code < 0x80) return [code];
    const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}
