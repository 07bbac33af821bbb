/** Moving through an answer in which every mark is one character. Offsets count UTF-16 units of the stored text. */
import { type AnswerPart, answerParts, pointMark } from '../domain/point-mark.ts';

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const lengthOf = (part: AnswerPart): number => ('setId' in part ? pointMark(part.setId).length : part.text.length);

/** Length of the letter or mark before (`-1`) or behind a place; 0 at the end. */
export function stepLength(text: string, at: number, way: -1 | 1): number {
  let offset = 0;
  for (const part of answerParts(text)) {
    const length = lengthOf(part);
    if (way < 0 ? at > offset && at <= offset + length : at >= offset && at < offset + length) {
      if ('setId' in part) return length;
      const near = way < 0 ? [...letters.segment(part.text.slice(0, at - offset))].at(-1) : [...letters.segment(part.text.slice(at - offset))][0];
      return near?.segment.length ?? 0;
    }
    offset += length;
  }
  return 0;
}

/** The mark that ends (`-1`) or begins at a place, or null. */
export function markAt(text: string, at: number, way: -1 | 1): string | null {
  let offset = 0;
  for (const part of answerParts(text)) {
    const length = lengthOf(part);
    if ('setId' in part && (way < 0 ? offset + length : offset) === at) return part.setId;
    offset += length;
  }
  return null;
}

/** Where a mark goes when it is moved past the word or the mark beside it, as an offset of the text without it; null where there is nothing beside it. */
export function wordBeside(text: string, setId: string, way: -1 | 1): number | null {
  const mark = pointMark(setId);
  const from = text.indexOf(mark);
  const rest = text.replace(mark, '');
  const parts = answerParts(way < 0 ? rest.slice(0, from) : rest.slice(from));
  const next = way < 0 ? parts.at(-1) : parts[0];
  if (!next) return null;
  if ('setId' in next) return from + way * lengthOf(next);
  const segments = [...words.segment(next.text)].map((one) => one.segment);
  if (way < 0) segments.reverse();
  let step = 0;
  for (const segment of segments) {
    step += segment.length;
    if (segment.trim() !== '') break;
  }
  return from + way * step;
}
