/** How a family of models writes points into text. One store of percent, a grammar for each consumer. */
import type { Xy } from '../columns.ts';
import { bin1024, resizedPixels, type SizePx, thousandths } from './coordinates.ts';
import { compareAsMolmo, molmoAnswer, pointsToText } from './molmo.ts';
import { molmo2Answer, molmo2Points } from './molmo2.ts';

export interface Grammar {
  /** Points of one phrase inside a sentence. Never called without points. */
  inline(points: readonly Xy[], phrase: string, size: SizePx): string;
  /** The whole answer to a request to point at a label, or to count it. */
  answer(points: readonly Xy[], label: string, method: 'pointing' | 'counting', size: SizePx): string;
}

/** What is said where a label is not in the image; Molmo's words, which say it plainly to any model. */
export const NONE = 'There are none.';

/** Answers that are the points, and for counting the number after them: point first, then count, trains best (Molmo's ablations). */
function pointsThenCount(inline: Grammar['inline']): Grammar {
  return {
    inline,
    answer(points, label, method, size) {
      if (points.length === 0) return NONE;
      const text = inline(points, label, size);
      return method === 'pointing' ? text : `${text}\nThe total is ${points.length}.`;
    },
  };
}
const sorted = (points: readonly Xy[]) => [...points].sort(compareAsMolmo);
const json = (place: (point: Xy, size: SizePx) => [number, number]) =>
  pointsThenCount((points, phrase, size) => JSON.stringify(sorted(points).map((point) => ({ point_2d: place(point, size), label: phrase }))));

export const molmoGrammar: Grammar = { inline: pointsToText, answer: molmoAnswer };
export const molmo2Grammar: Grammar = { inline: molmo2Points, answer: molmo2Answer };
/** Qwen2-VL and Qwen3-VL: thousandths. */
export const qwenRelativeGrammar: Grammar = json(thousandths);
/** Qwen2.5-VL: pixels of the image as its processor resizes it. */
export const qwen25Grammar: Grammar = json(resizedPixels);
/** InternVL: thousandths in its point tag; the phrase stands before it, as `ref`, where there is a sentence around. */
export const internvlGrammar: Grammar = {
  inline: (points, phrase) => `<ref>${phrase}</ref>${internvlPoints(points)}`,
  answer(points, _label, method) {
    if (points.length === 0) return NONE;
    return method === 'pointing' ? internvlPoints(points) : `${internvlPoints(points)}\nThe total is ${points.length}.`;
  },
};
const internvlPoints = (points: readonly Xy[]) => `<point>${JSON.stringify(sorted(points).map(thousandths))}</point>`;

/** One location token a coordinate, y first. PaliGemma has no pointing task of its own; this follows its way of writing boxes. */
export const paligemmaGrammar: Grammar = pointsThenCount((points, phrase) =>
  sorted(points)
    .map(({ x, y }) => `${location(y)}${location(x)} ${phrase}`)
    .join(' ; '),
);
const location = (percent: number) => `<loc${String(bin1024(percent)).padStart(4, '0')}>`;

/** For models without a grammar of their own: percent with one decimal, in words that can be read. */
export const plainGrammar: Grammar = pointsThenCount(
  (points, phrase) =>
    `${phrase} (${sorted(points)
      .map(({ x, y }) => `${x.toFixed(1)}, ${y.toFixed(1)}`)
      .join('; ')})`,
);
