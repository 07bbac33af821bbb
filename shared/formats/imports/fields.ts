/** Reads fields of JSON that nobody has checked: every function gives a value of its type or nothing, and never throws. */
import type { JsonValue } from '../columns.ts';
import type { ImageRef, JsonObject, XyPair } from './record.ts';

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly JsonValue[] => (Array.isArray(value) ? (value as JsonValue[]) : []);
/** Text, or a number as text; null for all else and for nothing but white space. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return (typeof value === 'string' && value.trim()) || null;
}
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textOf(one) ?? []);
  const text = textOf(value);
  return text === null ? [] : [text];
}
/** A number, also one that is written as text; NaN where it is none. */
export const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;

/** A size in pixels, where both sides are positive. */
export function sizeOf(width: unknown, height: unknown): ImageRef['size'] {
  const [widthPx, heightPx] = [numberOf(width), numberOf(height)];
  return widthPx > 0 && heightPx > 0 && Number.isFinite(widthPx) && Number.isFinite(heightPx) ? { widthPx, heightPx } : null;
}

/** One point as `[x, y]` or `{x, y}`; its numbers may be NaN, which is told where they are used. */
export function pairOf(value: unknown): XyPair | null {
  if (Array.isArray(value)) return value.length >= 2 ? [numberOf(value[0]), numberOf(value[1])] : null;
  return isObject(value) && 'x' in value && 'y' in value ? [numberOf(value['x']), numberOf(value['y'])] : null;
}

/** Points as a list of points, or as a struct of lists. */
export function pairsIn(value: unknown): XyPair[] {
  if (isObject(value)) {
    const ys = listOf(value['y']);
    return listOf(value['x']).map((x, at) => [numberOf(x), numberOf(ys[at])]);
  }
  return listOf(value).map((one) => pairOf(one) ?? [Number.NaN, Number.NaN]);
}

/** The fields that are not named; null where there is none with a value. */
export function restOf(row: JsonObject, used: ReadonlySet<string>): JsonObject | null {
  const rest: Record<string, JsonValue> = {};
  let any = false;
  for (const name in row) {
    const value = row[name];
    if (used.has(name) || value === null || value === undefined || value === '') continue;
    rest[name] = value;
    any = true;
  }
  return any ? rest : null;
}

const SHA256 = /^(?:sha256:)?([0-9a-f]{64})$/i;
/** Whether a value says nothing: null, no, or an empty text, list or object. */
export const isEmpty = (value: JsonValue | undefined): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === '' ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

/** A sha256 in hex, with or without `sha256:` before it. */
export const hashOf = (value: unknown): string | null => (typeof value === 'string' ? (SHA256.exec(value)?.[1]?.toLowerCase() ?? null) : null);
export const isUrl = (text: string): boolean => /^(https?|s3|gs|ftp):\/\//i.test(text);

/** The last part of an address or path, decoded. */
export function lastPart(text: string): string {
  const path = isUrl(text) ? text.replace(/[?#].*$/s, '') : text;
  const name = path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  try {
    return isUrl(text) ? decodeURIComponent(name) : name;
  } catch {
    return name;
  }
}

const NONE: readonly never[] = [];
/** What names an image: a path, an address, a hash. */
export function refOf(value: unknown): Pick<ImageRef, 'paths' | 'hashes' | 'url'> {
  const text = textOf(isObject(value) ? (value['path'] ?? value['url'] ?? value['src'] ?? value['file_name']) : value);
  if (text === null) return { paths: [], hashes: [], url: null };
  // A path and nothing else, as nearly all are.
  if (text.length !== 64 && !/[:%#]/.test(text)) return { paths: [text], hashes: NONE, url: null };
  const hash = hashOf(text);
  if (hash !== null) return { paths: [], hashes: [hash], url: null };
  if (isUrl(text)) return { paths: [lastPart(text)], hashes: [], url: text };
  // Flickr30k's lists number the captions of a picture behind its name.
  const named = text.replace(/^file:\/\//, '').replace(/(\.(?:jpe?g|png|webp|gif))#\d+$/i, '$1');
  const decoded = decodedPath(named);
  return { paths: decoded === named ? [named] : [named, decoded], hashes: [], url: null };
}
/** Some tools write paths as they stand in addresses. */
function decodedPath(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
