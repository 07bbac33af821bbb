/**
 * Points that other models' data has in its answers, read back: Molmo's and Molmo 2's tags, the JSON of Qwen-VL, PaliGemma's location tokens, ms-swift's
 * `<bbox>` with `objects`, InternVL's tag, and the plain words that Pointillist writes. Grammars as in allenai/molmo, allenai/molmo2, QwenLM/Qwen3-VL, google-research/big_vision and modelscope/ms-swift.
 */
import { prompts } from '../chat/exchanges.ts';
import { NONE } from '../grammar/grammar.ts';
import { PLACEHOLDER } from '../work.ts';
import { listOf, numberOf, objectOf, textOf } from './fields.ts';
import type { ImportLabel, ImportPlace, ImportTurn, JsonObject, Unit, XyPair } from './record.ts';

const between = (text: string, [before, after]: readonly string[]): string | null =>
  text.startsWith(before!) && text.endsWith(after!) && text.length >= before!.length + after!.length
    ? text.slice(before!.length, text.length - after!.length)
    : null;
const MARK = '\u0000';
const asked = {
  pointing: prompts.pointing(MARK).split(MARK),
  counting: prompts.counting(MARK).split(MARK),
};
/** The label that a question of Pointillist's asks to point at or to count; null for anything else. */
function askedLabel(question: string): Pick<ImportLabel, 'label' | 'method'> | null {
  for (const method of ['pointing', 'counting'] as const) {
    const label = between(question, asked[method]);
    if (label !== null && label !== '') return { label, method };
  }
  return null;
}
/** A label that Pointillist wrote as a question with its points in plain words, read back; null for anything else. */
function plainLabel({ question, answer }: ImportTurn): ImportLabel | null {
  const wanted = askedLabel(question);
  if (wanted === null) return null;
  if (answer === NONE) return { ...wanted, points: [], unit: 'percent' };
  if (!answer.startsWith(`${wanted.label} (`)) return null;
  const listed = /^\(((?:\d+\.\d, \d+\.\d)(?:; \d+\.\d, \d+\.\d)*)\)(?:\nThe total is \d+\.)?$/.exec(answer.slice(wanted.label.length + 1));
  if (!listed) return null;
  return { ...wanted, unit: 'percent', points: listed[1]!.split('; ').map((pair) => pair.split(', ').map(Number) as [number, number]) };
}

const TAG = /<points?\s+([^<>]*)>([^<>]*)<\/points?>/g;
const COUNTED = /^Counting the <points?[^<>]*>[^<>]*<\/points?> shows a total of \d+\.$/;

/** `x="1" y="2"`, `x1="1" y1="2" x2=...`; null where a number has no partner. */
function molmoPoints(attributes: string): XyPair[] | null {
  const xs = new Map<string, number>();
  const ys = new Map<string, number>();
  for (const [, axis, number, value] of attributes.matchAll(/\b([xy])(\d*)="\s*(-?[\d.]+)\s*"/g)) (axis === 'x' ? xs : ys).set(number!, Number(value));
  if (xs.size === 0 || xs.size !== ys.size || ![...xs.keys()].every((key) => ys.has(key))) return null;
  return [...xs].map(([key, x]): XyPair => [x, ys.get(key)!]);
}
/** `coords="1 1 250 250 2 911 800"`: the image, then number, x and y of each; null where there is more than one image. */
function molmo2Points(attributes: string): XyPair[] | null {
  const coords = /\bcoords="([^"]*)"/.exec(attributes)?.[1];
  if (coords === undefined || /[\t;]/.test(coords)) return null;
  const numbers = coords.trim().split(/\s+/).map(Number);
  if (numbers.length < 4 || numbers.length % 3 !== 1 || !numbers.every(Number.isFinite)) return null;
  return Array.from({ length: (numbers.length - 1) / 3 }, (_, at): XyPair => [numbers[2 + at * 3]!, numbers[3 + at * 3]!]);
}

/** InternVL: `<ref>dog</ref><point>[[250,250]]</point>`, thousandths. */
const INTERNVL = /(?:<ref>([^<>]*)<\/ref>\s*)?<point>\s*(\[\[[\d., [\]]*\]\])\s*<\/point>/g;
function internvlPoints(list: string): XyPair[] | null {
  try {
    const pairs = listOf(JSON.parse(list)).map(listOf);
    return pairs.every((pair) => pair.length === 2) ? pairs.map(([x, y]): XyPair => [numberOf(x), numberOf(y)]) : null;
  } catch {
    return null;
  }
}

/** The answer with a placeholder for each tag, and its places; null where there is no tag, or one that can't be read. */
function tagged(answer: string): { readonly answer: string; readonly places: readonly ImportPlace[] } | null {
  if (!answer.includes('<point') || answer.includes(PLACEHOLDER)) return null;
  const places: ImportPlace[] = [];
  let broken = false;
  const plain = answer.replace(INTERNVL, (_tag, phrase: string | undefined, list: string) => {
    const points = internvlPoints(list);
    if (points === null) broken = true;
    else places.push({ phrase: (phrase ?? '').trim(), points, unit: 'thousandths' });
    return PLACEHOLDER;
  });
  const text = plain.replace(TAG, (tag, attributes: string, phrase: string) => {
    const [percent, thousandths] = [molmoPoints(attributes), molmo2Points(attributes)];
    const points = percent ?? thousandths;
    if (points === null) broken = true;
    else places.push({ phrase: phrase.trim(), points, unit: percent ? 'percent' : 'thousandths' });
    return points === null ? tag : PLACEHOLDER;
  });
  // Both grammars in one answer would mix up their order.
  return broken || places.length === 0 || (plain !== answer && text !== plain) ? null : { answer: text, places };
}

/** Qwen-VL: nothing but a list of `{"point_2d": [x, y], "label": ...}`, often fenced. Thousandths, or pixels (Qwen2.5-VL). */
function qwenLabels(answer: string): ImportLabel[] | null {
  if (!answer.includes('"point_2d"')) return null;
  try {
    const list = listOf(JSON.parse(answer.replace(/^```(?:json)?\s*|\s*```$/g, ''))).map(objectOf);
    const byLabel = new Map<string, XyPair[]>();
    for (const one of list) {
      const [x, y] = listOf(one['point_2d']);
      const label = textOf(one['label']);
      if (label === null || x === undefined || y === undefined) return null;
      byLabel.set(label, [...(byLabel.get(label) ?? []), [numberOf(x), numberOf(y)]]);
    }
    return [...byLabel].map(([label, points]) => ({ label, method: 'pointing', points, unit: null, usual: 'thousandths' }));
  } catch {
    return null;
  }
}

const LOC_BINS = 1023;
/** PaliGemma: `<loc0256><loc0512> dog`, y first; four tokens are a box. */
function paligemmaLabels(answer: string): ImportLabel[] | null {
  const parts = answer.split(/\s*;\s*/).map((part) => /^<loc(\d{4})><loc(\d{4})>\s+([^<>]+)$/.exec(part.trim()));
  if (parts.length === 0 || parts.some((part) => part === null)) return null;
  const byLabel = new Map<string, XyPair[]>();
  for (const part of parts) {
    const [, y, x, label] = part!;
    byLabel.set(label!.trim(), [...(byLabel.get(label!.trim()) ?? []), [Number(x) / LOC_BINS, Number(y) / LOC_BINS]]);
  }
  return [...byLabel].map(([label, points]) => ({ label, method: 'pointing', points, unit: 'fraction' }));
}

const TOTAL = /\nThe total is \d+\.$/;
/** A question whose answer is nothing but points, and their number, is a label; null for all else. */
export function labelsIn(turn: ImportTurn): ImportLabel[] | null {
  const plain = plainLabel(turn);
  if (plain) return [plain];
  const wanted = askedLabel(turn.question);
  const trimmed = turn.answer.trim();
  const answer = trimmed.replace(TOTAL, '');
  const method = answer === trimmed ? 'pointing' : 'counting';
  const tags = tagged(answer);
  const [place, more] = tags?.places ?? [];
  if (tags && place && more === undefined && (tags.answer === PLACEHOLDER || COUNTED.test(answer))) {
    const label = place.phrase === '' ? (wanted?.label ?? '') : place.phrase;
    if (label !== '') return [{ label, points: place.points, unit: place.unit, method: tags.answer === PLACEHOLDER ? method : 'counting' }];
  }
  return (qwenLabels(answer) ?? paligemmaLabels(answer))?.map((label) => ({ ...label, method })) ?? null;
}

/** The turn with its points as points of the answer, where it has some that can be read. */
export function withPlaces(turn: ImportTurn): ImportTurn {
  const found = tagged(turn.answer);
  return found && found.places.every(({ phrase }) => phrase !== '') ? { ...turn, ...found } : turn;
}

const BOX = '<bbox>';
const NAME = '<ref-object>';
/** ms-swift keeps what `<ref-object>` and `<bbox>` stand for in `objects`: two numbers are a point. Null where there are boxes, or more or fewer than the text asks for. */
export function swiftTurns(turns: readonly ImportTurn[], objects: JsonObject): { readonly turns: ImportTurn[]; readonly labels: ImportLabel[] } | null {
  const spots = listOf(objects['bbox']).map(listOf);
  const names = listOf(objects['ref']).map((name) => textOf(name) ?? '');
  const text = turns.map(({ question, answer }) => question + answer).join('');
  if (
    spots.length === 0 ||
    spots.some((spot) => spot.length !== 2) ||
    text.split(BOX).length - 1 !== spots.length ||
    text.split(NAME).length - 1 > names.length
  )
    return null;
  const unit: Unit = textOf(objects['bbox_type']) === 'norm1' ? 'fraction' : 'pixels';
  let [spot, name] = [0, 0];
  const named: string[] = [];
  const put = (words: string) => words.replaceAll(NAME, () => named[named.push(names[name++]!) - 1]!);
  const read = turns.map((turn): ImportTurn => {
    const question = put(turn.question);
    if (question.includes(BOX)) spot += question.split(BOX).length - 1;
    const places: ImportPlace[] = [];
    const answer = put(turn.answer).replaceAll(BOX, () => {
      places.push({ phrase: named.at(-1) ?? '', points: [spots[spot++]!.map(numberOf) as unknown as XyPair], unit });
      return PLACEHOLDER;
    });
    return { question, answer, places };
  });
  const only = read.length === 1 ? read[0]! : null;
  const wanted = only === null ? null : askedLabel(only.question);
  const label = wanted?.label ?? named[0];
  if (
    only &&
    label !== undefined &&
    only.answer
      .replace(TOTAL, '')
      .replaceAll(PLACEHOLDER, '')
      .replace(/[\s,;]/g, '') === ''
  ) {
    return { turns: [], labels: [{ label, method: wanted?.method ?? 'pointing', points: only.places.flatMap(({ points }) => points), unit }] };
  }
  return read.every(({ question, places }) => !question.includes(BOX) && places.every(({ phrase }) => phrase !== '')) ? { turns: read, labels: [] } : null;
}
