/** WordPiece as bert-base-uncased does it (Google's tokenization.py), from its list of pieces. OpenVision's text tower counts by it. */

/** OpenVision's text tower reads 80 places; [CLS] and the place of [SEP] (which it blanks) are two of them. */
export const OPENVISION_CONTEXT = 80;
const CLS = 101;
const SEP = 102;
const UNKNOWN = 100;
/** Longer words are unknown as a whole. */
const LONGEST_WORD = 100;
const CJK = /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;
/** Each of these is a word of its own: all of Unicode's punctuation, and what ASCII has beside. */
const PUNCTUATION = /[\p{P}$+<=>^`|~]/gu;

/** `pieces`: one a line in the order of their ids, "▁cat" where it begins a word. The function gives a text's ids with [CLS] and [SEP], however many there are. */
export function createBertTokenizer(pieces: string): (text: string) => number[] {
  const starts = new Map<string, number>();
  const inside = new Map<string, number>();
  pieces.split('\n').forEach((piece, id) => {
    if (piece.startsWith('▁')) starts.set(piece.slice(1), id);
    else if (!/^\[.+\]$/.test(piece)) inside.set(piece, id);
  });
  const inWord = (word: string): number[] => {
    const letters = [...word];
    if (letters.length > LONGEST_WORD) return [UNKNOWN];
    const ids: number[] = [];
    for (let at = 0; at < letters.length;) {
      const known = at === 0 ? starts : inside;
      let to = letters.length;
      let id: number | undefined;
      for (; to > at; to--) {
        id = known.get(letters.slice(at, to).join(''));
        if (id !== undefined) break;
      }
      if (id === undefined) return [UNKNOWN];
      ids.push(id);
      at = to;
    }
    return ids;
  };
  return (text) => [CLS, ...words(text).flatMap(inWord), SEP];
}

/** Lower case without accents, CJK characters and punctuation apart. */
function words(text: string): string[] {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\uFFFD]/gu, (char) => (/\s/.test(char) ? ' ' : ''))
    .replace(CJK, ' $& ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(PUNCTUATION, ' $& ')
    .split(/\s+/)
    .filter((word) => word !== '');
}
