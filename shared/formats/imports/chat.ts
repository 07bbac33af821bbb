/**
 * Conversations: LLaVA's and ShareGPT's `conversations` with from and value, `messages` with role and content (LLaMA-Factory, ms-swift, Axolotl, TRL,
 * OpenAI). A single question that asks for a description is a caption.
 */
import type { JsonValue } from '../columns.ts';
import { prompts } from '../chat/exchanges.ts';
import { isObject, listOf, objectOf, refOf, restOf, sizeOf, textOf } from './fields.ts';
import { labelsIn, swiftTurns, withPlaces } from './point-text.ts';
import { type ImageRef, type ImportOptions, type ImportRecord, type ImportTurn, type JsonObject, type Note, type RowPlace, recordOf } from './record.ts';

const USED = new Set(['id', 'image', 'images', 'conversations', 'conversation', 'messages', 'width', 'height']);
const ASKING = new Set(['human', 'user', 'question', 'observation']);
const ANSWERING = new Set(['gpt', 'assistant', 'model', 'answer', 'function', 'bot', 'chatgpt']);

const CHATS = ['conversations', 'conversation', 'messages'] as const;
/** Whether a row is a conversation. */
export const isChat = (row: JsonObject): boolean => CHATS.some((name) => name in row && isObject(listOf(row[name])[0]));

/** The token that stands for the picture, which the project shows by itself: LLaVA's anywhere. */
const withoutToken = (text: string): string => text.replace(/\n?<image>\n?/g, '').trim();
/** Those of others at the start of what is asked. */
const withoutOthers = (text: string): string => text.replace(/^(?:(?:<\|image\|>|<\|image_pad\|>|@image\b)\s*)+/, '');

interface Said {
  readonly by: 'asks' | 'answers' | 'other';
  readonly text: string;
  readonly images: readonly JsonValue[];
}
/** One message; its content is text, or a list of parts of which some are pictures. */
function saidOf(value: JsonValue): Said {
  const message = objectOf(value);
  const role = (textOf(message['from'] ?? message['role']) ?? '').toLowerCase();
  const by = ASKING.has(role) ? 'asks' : ANSWERING.has(role) ? 'answers' : 'other';
  const content = message['value'] ?? message['content'];
  if (!Array.isArray(content)) return { by, text: withoutToken(textOf(content) ?? ''), images: [] };
  const parts = content.map(objectOf);
  const texts = parts.filter((part) => part['type'] === 'text').flatMap((part) => textOf(part['text'] ?? part['value'] ?? part['content']) ?? []);
  const images = parts.filter((part) => (textOf(part['type']) ?? '').startsWith('image')).flatMap((part) => imageOf(part) ?? []);
  return { by, text: withoutToken(texts.join('\n')), images };
}
function imageOf(part: JsonObject): JsonValue | null {
  const value = part['path'] ?? part['image'] ?? part['url'] ?? part['image_url'] ?? part['value'] ?? null;
  return isObject(value) ? (value['url'] ?? value['path'] ?? null) : value;
}

/** Questions with the answers after them; what has no counterpart is told. */
export function turnsOf(messages: readonly JsonValue[], isOurs = false): { turns: ImportTurn[]; notes: Note[]; images: JsonValue[]; others: JsonValue[] } {
  const turns: ImportTurn[] = [];
  const notes: Note[] = [];
  const images: JsonValue[] = [];
  const others: JsonValue[] = [];
  let question: string | null = null;
  const unpaired = (text: string) => {
    if (text !== '') notes.push({ reason: 'turns-unpaired', detail: text });
  };
  for (const message of messages) {
    const said = saidOf(message);
    images.push(...said.images);
    if (said.by === 'other') others.push(message);
    else if (said.by === 'asks') {
      if (question !== null) unpaired(question);
      question = isOurs ? said.text : withoutOthers(said.text);
    } else if (question === null) unpaired(said.text);
    else {
      turns.push({ question, answer: said.text, places: [] });
      question = null;
    }
  }
  if (question !== null) unpaired(question);
  return { turns, notes, images, others };
}

/** The words with which trainers ask for a description of the whole picture (LLaVA's lists of instructions among them). */
const DESCRIBES =
  /^(?:please )?(?:(?:(?:describe|summari[sz]e|analy[sz]e|narrate|explain|caption)(?: (?:concisely|briefly))? (?:the|this)(?: \w+)? (?:image|photo|picture|scene)|(?:render|provide|give|write|offer|share|present|create)(?: me)? an?(?: (?:\w+|and|,)){0,5} (?:description|summary|caption|explanation|depiction|portrayal|interpretation)(?: of (?:the|this)(?: \w+)? (?:image|photo|picture|scene|visual))?)(?: (?:concisely|briefly|in detail|in a comprehensive and detailed manner))?|what do you see(?: in (?:the|this) (?:image|photo|picture))?)[.?!:]*$/i;
const describes = (question: string, options: ImportOptions): boolean =>
  options.text !== 'questions' && (options.text === 'captions' || question === '' || question === prompts.caption || DESCRIBES.test(question));

/** Several pictures are one where all are the same. */
function picturesOf(row: JsonObject, inside: readonly JsonValue[]): { image: Partial<ImageRef>; several: number } {
  const named = [
    ...(row['image'] === undefined || row['image'] === null ? [] : Array.isArray(row['image']) ? row['image'] : [row['image']]),
    ...listOf(row['images']),
  ];
  const all = (named.length > 0 ? named : inside) as JsonValue[];
  const different = new Map(all.map((one) => [typeof one === 'string' ? one : JSON.stringify(one), one]));
  const image = { ...refOf(all[0]), size: sizeOf(row['width'], row['height']) };
  return { image, several: different.size };
}

/** A row with one conversation. */
export function chatRow(row: JsonObject, { where, options }: RowPlace): ImportRecord[] {
  const said = listOf(row['conversations'] ?? row['conversation'] ?? row['messages']);
  // A preference pair: what was chosen is the answer, what was rejected is kept beside it.
  const chosen = isObject(row['chosen']) ? [row['chosen']] : typeof row['chosen'] === 'string' ? [{ role: 'assistant', content: row['chosen'] }] : [];
  const list = [...said, ...chosen];
  const written = /-(caption|question|points)-\d+$/.exec(textOf(row['id']) ?? '')?.[1];
  const { turns, notes, images, others } = turnsOf(list, written !== undefined);
  const { image, several } = picturesOf(row, images);
  const rest = restOf(row, chosen.length > 0 ? new Set([...USED, 'chosen']) : USED);
  const extra: JsonObject | null = others.length > 0 ? { ...rest, messages: others } : rest;
  // It can be said of none of them alone; it is kept beside the first.
  if (several > 1) return [recordOf(where, image, { notes: [{ reason: 'several-images', detail: textOf(row['id']) ?? '' }], extra: row })];
  const first = turns[0];
  if (!first) return [recordOf(where, image, { notes: [...notes, { reason: 'row-empty', detail: '' }], extra })];
  const swift = isObject(row['objects']) ? swiftTurns(turns, row['objects']) : null;
  if (swift) {
    const others = restOf(extra ?? {}, new Set(['objects']));
    return [recordOf(where, image, { threads: swift.turns.length > 0 ? [swift.turns] : [], labels: swift.labels, notes, extra: others })];
  }
  const labels = turns.length === 1 && written !== 'question' && written !== 'caption' ? labelsIn(first) : null;
  if (labels) return [recordOf(where, image, { labels, notes, extra })];
  const isCaption = turns.length === 1 && (written === 'caption' || (written === undefined && describes(first.question, options)));
  if (isCaption) return [recordOf(where, image, { captions: [first.answer], notes, extra })];
  // What Pointillist wrote as a question has tags only where somebody typed them.
  return [recordOf(where, image, { threads: [written === undefined ? turns.map(withPlaces) : turns], notes, extra })];
}
