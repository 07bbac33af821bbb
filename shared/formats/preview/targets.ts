/** What a loader makes of an export's rows: who says what, and the points that are named in it. Read off the rows themselves. */
import type { ChatMessage, JsonValue, Row, Xy } from '../columns.ts';
import type { Mapped } from '../format.ts';
import type { SizePx } from '../grammar/coordinates.ts';
import { molmoAnswer, pointsToText } from '../grammar/molmo.ts';
import type { ExportProfile } from '../profiles.ts';
import { PLACEHOLDER } from '../work.ts';
import { type NamedPoint, namedPoints } from './named-points.ts';

export interface SaidTurn {
  /** `rejected`: what preference training steers away from. */
  readonly role: 'user' | 'assistant' | 'rejected';
  readonly text: string;
}
/** One training example. */
export interface Target {
  readonly table: string;
  /** Place of its row in the table, from 0. */
  readonly row: number;
  /** The loader asks in words of its own, chosen among many: for a caption, to point at a label, or to count it. */
  readonly asked: { readonly kind: 'caption' | 'pointing' | 'counting'; readonly label: string } | null;
  readonly turns: readonly SaidTurn[];
  readonly points: readonly NamedPoint[];
}
type Draft = Pick<Target, 'asked' | 'turns'> & { readonly points?: readonly NamedPoint[] };

/** All training examples of an image, in the order of the rows. `size`: of the exported image file. */
export function targetsOf(profile: ExportProfile, rows: Mapped['rows'], size: SizePx): Target[] {
  return Object.entries(rows).flatMap(([table, list]) =>
    list.flatMap((row, at) =>
      draftsOf(table, row, size).map(({ asked, turns, points }) => ({
        table,
        row: at,
        asked,
        turns,
        points: points ?? turns.filter(({ role }) => role === 'assistant').flatMap(({ text }) => namedPoints(profile, text, size)),
      })),
    ),
  );
}

const said = (role: SaidTurn['role'], text: string): SaidTurn => ({ role, text });
const alone = (text: string): Draft => ({ asked: null, turns: [said('assistant', text)] });
const pair = (question: string, answer: string): Draft => ({ asked: null, turns: [said('user', question), said('assistant', answer)] });
const inTurn = (texts: readonly string[]): Draft => ({ asked: null, turns: texts.map((text, at) => said(at % 2 === 0 ? 'user' : 'assistant', text)) });
const caption = (text: string): Draft => ({ asked: { kind: 'caption', label: '' }, turns: [said('assistant', text)] });
/** The label as the loader asks for it, and what Molmo is trained to say then. */
const pointed = (label: string, points: readonly Xy[], method: string): Draft => {
  const kind = method === 'counting' ? 'counting' : 'pointing';
  return { asked: { kind, label }, turns: [said('assistant', molmoAnswer(points, label, kind))] };
};
const percent = ({ x, y }: Xy): NamedPoint => ({ x, y, as: `${x.toFixed(1)}, ${y.toFixed(1)}` });
const pixel = (x: number, y: number, { widthPx, heightPx }: SizePx): NamedPoint => ({
  x: (x / widthPx) * 100,
  y: (y / heightPx) * 100,
  as: `${Number(x.toFixed(1))}, ${Number(y.toFixed(1))}`,
});

function draftsOf(table: string, row: Row, size: SizePx): Draft[] {
  if (row['json'] !== undefined && table !== 'samples') return ofJson(row['json'] as JsonValue, size);
  const text = (name: string) => row[name] as string;
  const texts = (name: string) => row[name] as readonly string[];
  switch (table) {
    case 'cap':
      return [caption(text('caption'))];
    case 'samples':
      return text('txt') === '' ? [] : [alone(text('txt'))];
    case 'captions':
      return [alone(text('title'))];
    case 'points':
      return [pointed(text('label'), row['points'] as readonly Xy[], text('collection_method'))];
    case 'points-pointing':
    case 'points-counting':
      return texts('label').map((label, at) => pointed(label, (row['points'] as readonly (readonly Xy[])[])[at]!, texts('collection_method')[at]!));
    case 'count': {
      const { x, y } = row['points'] as { readonly x: readonly number[]; readonly y: readonly number[] };
      const points = x.map((left, at) => ({ x: (left / size.widthPx) * 100, y: (y[at]! / size.heightPx) * 100 }));
      return [pointed(text('label'), points, 'counting')];
    }
    case 'ask-model-anything':
      return typeof row['question'] === 'string'
        ? [pair(text('question'), text('answer'))]
        : texts('question').map((one, at) => pair(one, texts('answer')[at]!));
    case 'cap-qa':
      return typeof texts('messages')[0] === 'string' ? [inTurn(texts('messages'))] : (row['messages'] as readonly (readonly string[])[]).map(inTurn);
    case 'point-explanations':
      return explanations(row);
    case 'preference-pairs':
      return [
        {
          asked: null,
          turns: [...inTurn(texts('context')).turns, said('user', text('question')), said('assistant', text('chosen')), said('rejected', text('rejected'))],
        },
      ];
    case 'sft':
      return [{ asked: null, turns: messages(row['messages'] as readonly ChatMessage[]) }];
    case 'preferences': {
      const [prompt, chosen, rejected] = ['prompt', 'chosen', 'rejected'].map((name) => messages(row[name] as readonly ChatMessage[]));
      return [{ asked: null, turns: [...prompt!, ...chosen!, ...rejected!.map((turn) => said('rejected', turn.text))] }];
    }
    case 'data':
      return [
        ...texts('captions').map(alone),
        ...texts('questions').map((question, at) => pair(question, texts('answers')[at]!)),
        ...texts('labels').map((label, at) => marked(label, (row['points'] as readonly (readonly Xy[])[])[at]!)),
      ];
    default:
      return [];
  }
}

/** Points that are numbers beside their label, and no text. */
const marked = (label: string, points: readonly Xy[]): Draft => ({ ...alone(label), points: points.map(percent) });

/** One or many a row, as PixMo's parquet and Molmo's folders have them. Placeholders become tags in turn, as Molmo's loader does it. */
function explanations(row: Row): Draft[] {
  type Groups = readonly (readonly (readonly number[])[])[];
  const one = (question: string, parsed: string, alt: readonly string[], inline: readonly string[], groups: Groups): Draft => {
    const pieces = parsed.split(PLACEHOLDER);
    const tags = groups.map((points, at) => taggedWith(points, inline[at] ?? '', alt[at] ?? ''));
    return pair(question, pieces.map((piece, at) => (at === 0 ? piece : `${tags[at - 1] ?? PLACEHOLDER}${piece}`)).join(''));
  };
  if (typeof row['question'] === 'string') {
    return [one(row['question'], row['parsed_response'] as string, row['alt_text'] as string[], row['inline_text'] as string[], row['points'] as Groups)];
  }
  return (row['question'] as readonly string[]).map((question, at) =>
    one(
      question,
      (row['parsed_response'] as readonly string[])[at]!,
      (row['alt_text'] as readonly (readonly string[])[])[at]!,
      (row['inline_text'] as readonly (readonly string[])[])[at]!,
      (row['points'] as readonly Groups[])[at]!,
    ),
  );
}
function taggedWith(points: readonly (readonly number[])[], inline: string, alt: string): string {
  const tag = pointsToText(
    points.map(([x, y]) => ({ x: x!, y: y! })),
    inline,
  );
  return alt === inline ? tag : tag.replace(`alt="${inline}"`, () => `alt="${alt}"`);
}

const messages = (list: readonly ChatMessage[]): SaidTurn[] =>
  list.map(({ role, content }) =>
    said(role === 'user' ? 'user' : 'assistant', content.map((part) => (part.type === 'image' ? '<image>' : (part.text ?? ''))).join('')),
  );

type Json = { readonly [name: string]: JsonValue };
const list = (value: JsonValue | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

function ofJson(value: JsonValue, size: SizePx): Draft[] {
  const json = value as Json;
  if (Array.isArray(json['conversations'])) {
    return [{ asked: null, turns: list(json['conversations']).map(({ from, value: text }) => said(from === 'human' ? 'user' : 'assistant', text as string)) }];
  }
  if (Array.isArray(json['messages'])) return [ofMessages(json, size)];
  if (typeof json['prefix'] === 'string') return [pair(json['prefix'], json['suffix'] as string)];
  if (Array.isArray(json['annotations'])) return ofAnnotations(json, size);
  const captions = (Array.isArray(json['captions']) ? json['captions'] : []) as readonly string[];
  return [
    ...captions.map(alone),
    ...list(json['questions']).map(({ question, answer }) => pair(question as string, answer as string)),
    ...list(json['labels']).map(({ label, points }) =>
      marked(
        label as string,
        (points as readonly (readonly [number, number])[]).map(([x, y]) => ({ x, y })),
      ),
    ),
  ];
}

function ofMessages(json: Json, size: SizePx): Draft {
  const turns = list(json['messages']).map(({ role, content }) => {
    const text = typeof content === 'string' ? content : list(content).map((part) => (part['type'] === 'image' ? '<image>' : (part['text'] as string)));
    return said(role === 'user' ? 'user' : 'assistant', typeof text === 'string' ? text : text.join(''));
  });
  const objects = json['objects'] as Json | undefined;
  // ms-swift's points are numbers beside the text, in pixels of the file.
  const boxes = objects && (objects['bbox'] as readonly (readonly [number, number])[]);
  return { asked: null, turns, ...(boxes && { points: boxes.map(([x, y]) => pixel(x, y, size)) }) };
}

/** COCO's and Label Studio's annotations: captions, and points by their label. */
function ofAnnotations(json: Json, size: SizePx): Draft[] {
  const byLabel = new Map<string, NamedPoint[]>();
  const drafts: Draft[] = [];
  const add = (label: string, point: NamedPoint) => byLabel.set(label, [...(byLabel.get(label) ?? []), point]);
  for (const annotation of list(json['annotations'])) {
    const values = annotation['values'] as Json | undefined;
    if (values && typeof values['caption'] === 'string') drafts.push(alone(values['caption']));
    const [x, y] = (values?.['keypoints'] ?? []) as readonly number[];
    if (x !== undefined && y !== undefined) add(annotation['label'] as string, pixel(x, y, size));
    for (const result of list(annotation['result'])) {
      const own = result['value'] as Json;
      if (Array.isArray(own['text'])) drafts.push(alone((own['text'] as readonly string[]).join('\n')));
      else add((own['keypointlabels'] as readonly string[])[0] ?? '', percent({ x: own['x'] as number, y: own['y'] as number }));
    }
  }
  const data = json['data'] as Json | undefined;
  const asked = list(data?.['questions']).map(({ question, answer }) => pair(question as string, answer as string));
  return [...drafts, ...asked, ...[...byLabel].map(([label, points]): Draft => ({ ...alone(label), points }))];
}
