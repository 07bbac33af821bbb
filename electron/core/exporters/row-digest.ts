/** Short digests of rows: what was written is compared with what is read back, row by row, without keeping either. */
import { createHash } from 'node:crypto';
import type { Column, ColumnType, ImageValue, JsonValue, Row, Xy } from '../../../shared/formats/columns.ts';

const hashes = new WeakMap<Uint8Array, string>();

/** Hex sha256 of bytes that don't change; asked again for the same array, it is not computed again. */
export function sha256Of(bytes: Uint8Array): string {
  let known = hashes.get(bytes);
  if (known === undefined) hashes.set(bytes, (known = createHash('sha256').update(bytes).digest('hex')));
  return known;
}

/** Stands for bytes of this sha256 that are not at hand, where only digests are asked for. */
export function standIn(sha256: string): Uint8Array {
  const bytes = new Uint8Array();
  hashes.set(bytes, sha256);
  absent.add(bytes);
  return bytes;
}
const absent = new WeakSet<Uint8Array>();
/** Whether these are not the bytes themselves. */
export const isStandIn = (bytes: Uint8Array): boolean => absent.has(bytes);

const plainImage = ({ bytes, path }: ImageValue) => [path, sha256Of(bytes)];
/** The same for two values that JSON holds to be equal, in whatever order their keys are. */
function sortedKeys(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value)
    .sort()
    .map((key) => [key, sortedKeys((value as Record<string, JsonValue>)[key]!)]);
}
const pairs = (points: readonly Xy[]) => points.map(({ x, y }) => [x, y]);

function plain(type: ColumnType, value: Row[string]): unknown {
  if (type === 'image') return plainImage(value as ImageValue);
  if (type === 'images') return (value as readonly ImageValue[]).map(plainImage);
  if (type === 'json') return sortedKeys(value as JsonValue);
  if (type === 'points') return pairs(value as readonly Xy[]);
  if (type === 'pointLists') return (value as readonly (readonly Xy[])[]).map(pairs);
  return value;
}

/** One digest for all rows of a file. */
export function digestOfAll(digests: readonly bigint[]): string {
  return createHash('sha256')
    .update(new Uint8Array(BigUint64Array.from(digests).buffer))
    .digest('hex');
}

/** 64 bits over all values of a row, images by their sha256. */
export function rowDigest(columns: readonly Column[], row: Row): bigint {
  const text = JSON.stringify(columns.map(({ name, type }) => plain(type, row[name]!)));
  return createHash('sha256').update(text).digest().readBigUInt64LE();
}
