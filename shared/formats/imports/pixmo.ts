/**
 * PixMo's rows (formats of allenai/pixmo-* on the hub) and Pointillist's own additions to them. pixmo-points says pixels in its card and has percent;
 * pixmo-count has pixels, as a struct of lists. The numbers decide, a person may correct it.
 */
import { PLACEHOLDER } from '../work.ts';
import { hashOf, isUrl, lastPart, listOf, pairsIn, restOf, textOf, textsOf } from './fields.ts';
import { type ImageRef, type ImportLabel, type ImportPlace, type ImportRecord, type ImportTurn, type JsonObject, type RowPlace, recordOf } from './record.ts';

const USED = new Set(
  'image image_url image_sha256 embedded_sha256 caption transcripts points count label collection_method question answer messages response parsed_response alt_text inline_text'.split(
    ' ',
  ),
);

/** Whether a row is one of PixMo's. */
export const isPixmo = (row: JsonObject): boolean =>
  'image_url' in row &&
  ('points' in row || 'transcripts' in row || 'image_sha256' in row || 'parsed_response' in row || 'caption' in row || ('question' in row && 'answer' in row));

function imageOf(row: JsonObject): Partial<ImageRef> {
  const url = textOf(row['image_url']);
  const hashes = [row['embedded_sha256'], row['image_sha256'], url].flatMap((value) => hashOf(value) ?? []);
  const named = textOf(row['image']);
  const paths = [...(named === null ? [] : [named]), ...(url !== null && isUrl(url) ? [lastPart(url)] : [])];
  return { hashes: [...new Set(hashes)], paths, url: url !== null && isUrl(url) ? url : null };
}

/** `[USER] q [ASSISTANT] a [USER] q [ASSISTANT]` with the last answer in a column of its own. */
export function capQaTurns(question: string, answer: string): ImportTurn[] {
  const parts = question.split(/\[(?:USER|ASSISTANT)\]/).map((part) => part.trim());
  if (parts[0] === '') parts.shift();
  if (parts.at(-1) === '') parts.pop();
  return pairUp([...parts, answer]);
}
/** pixmo-cap-qa has no hash; elsewhere `[USER]` is a word of the question. */
const isCapQa = (row: JsonObject, question: string): boolean => !('image_sha256' in row) && question.startsWith('[USER]') && question.endsWith('[ASSISTANT]');

function pairUp(messages: readonly string[]): ImportTurn[] {
  return messages.flatMap((question, at) => (at % 2 === 0 && messages[at + 1] !== undefined ? [{ question, answer: messages[at + 1]!, places: [] }] : []));
}

function explanation(row: JsonObject, question: string): ImportTurn | null {
  const parsed = textOf(row['parsed_response']);
  if (parsed === null) return null;
  const groups = listOf(row['points']).map(pairsIn);
  const phrases = listOf(row['inline_text']);
  const alternatives = listOf(row['alt_text']);
  const places = groups.map((points, at): ImportPlace => ({ phrase: textOf(phrases[at]) ?? textOf(alternatives[at]) ?? '', points, unit: null }));
  return parsed.split(PLACEHOLDER).length - 1 === places.length ? { question, answer: parsed, places } : null;
}

function labelOf(row: JsonObject): ImportLabel | null {
  const label = textOf(row['label']);
  if (label === null || !('points' in row || 'count' in row)) return null;
  const isCount = !('collection_method' in row);
  const method = isCount || row['collection_method'] === 'counting' ? 'counting' : 'pointing';
  return { label, method, points: pairsIn(row['points']), unit: null, usual: isCount ? 'pixels' : 'percent' };
}

/** A row of any of the subsets. */
export function pixmoRow(row: JsonObject, { where }: RowPlace): ImportRecord[] {
  const image = imageOf(row);
  const extra = restOf(row, USED);
  const question = textOf(row['question']);
  const answer = textOf(row['answer']);
  if (question !== null && 'parsed_response' in row) {
    const turn = explanation(row, question);
    const plain = textOf(row['response']);
    const turns = turn ? [turn] : plain === null ? [] : [{ question, answer: plain, places: [] }];
    return [recordOf(where, image, turns.length > 0 ? { threads: [turns], extra } : { notes: [{ reason: 'row-empty', detail: question }], extra })];
  }
  const messages = listOf(row['messages']).flatMap((one) => textOf(one) ?? []);
  if (messages.length > 1) return [recordOf(where, image, { threads: [pairUp(messages)], extra })];
  if (question !== null && answer !== null) {
    return [recordOf(where, image, { threads: [isCapQa(row, question) ? capQaTurns(question, answer) : [{ question, answer, places: [] }]], extra })];
  }
  const label = labelOf(row);
  // A count of which the points were not published.
  const counted = Number(row['count']);
  if (label && label.points.length === 0 && counted > 0) {
    return [recordOf(where, image, { notes: [{ reason: 'row-empty', detail: label.label }], extra: { ...extra, label: label.label, count: counted } })];
  }
  if (label) return [recordOf(where, image, { labels: [label], extra })];
  const caption = textOf(row['caption']);
  // A transcript that is the caption itself says nothing more.
  const transcripts = textsOf(row['transcripts']).filter((text) => text !== caption);
  const kept: JsonObject | null = transcripts.length > 0 ? { ...extra, transcripts } : extra;
  if (caption !== null) return [recordOf(where, image, { captions: [caption], extra: kept })];
  return [recordOf(where, image, { notes: [{ reason: 'row-empty', detail: '' }], extra: kept })];
}
