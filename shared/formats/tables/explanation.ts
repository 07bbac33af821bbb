/** An answer with points in it, in the fields of pixmo-point-explanations. */
import { pointsToText } from '../grammar/molmo.ts';
import { PLACEHOLDER, type PointedAnswer } from '../work.ts';

export interface Explanation {
  readonly question: string;
  /** The answer with Molmo's tags in it: what a model is trained to say. */
  readonly response: string;
  readonly parsed_response: string;
  readonly alt_text: readonly string[];
  readonly inline_text: readonly string[];
  readonly points: readonly (readonly (readonly number[])[])[];
}

/** The i-th `<|POINT|>` of `parsed_response` is the i-th group of points with its texts. */
export function explanationOf({ question, answer, places }: PointedAnswer): Explanation {
  const phrases = places.map((place) => place.phrase);
  let next = 0;
  const response = answer.replaceAll(PLACEHOLDER, () => {
    const place = places[next++]!;
    return pointsToText(place.points, place.phrase);
  });
  return {
    question,
    response,
    parsed_response: answer,
    alt_text: phrases,
    inline_text: phrases,
    points: places.map((place) => place.points.map(({ x, y }) => [x, y])),
  };
}
