/** Short digests of rows: what was written is compared with what is read back, row by row, without keeping either. */
import { hash } from 'node:crypto';
import type { Column, ColumnType, ImageValue, JsonValue, Row, Xy } from '../../../shared/formats/columns.ts';

const hashes = new WeakMap<Uint8Array, string>();

/** Hex sha256 of bytes that don't change; asked again for the same array, it is not computed again. */
export function sha256Of(bytes: Uint8Array): string {
  let known = hashes.get(bytes);
  if (known === undefined) hashes.set(bytes, (known = hash('sha256', bytes, 'hex')));
  return known;
}

/** Spares hashing bytes whose sha256 is known. */
export const knownSha = (bytes: Uint8Array, sha256: string): void => void hashes.set(bytes, sha256);

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
const texts = new WeakMap<object, string>();
/** A value's JSON; written and compared, it is made once. Read back, its keys are in the same order. */
export function jsonText(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let known = texts.get(value);
  if (known === undefined) texts.set(value, (known = JSON.stringify(value)));
  return known;
}
const pairs = (points: readonly Xy[]) => points.map(({ x, y }) => [x, y]);

function plain(type: ColumnType, value: Row[string]): unknown {
  if (type === 'image') return plainImage(value as ImageValue);
  if (type === 'images') return (value as readonly ImageValue[]).map(plainImage);
  if (type === 'points') return pairs(value as readonly Xy[]);
  if (type === 'pointLists') return (value as readonly (readonly Xy[])[]).map(pairs);
  return value;
}

/** One digest for all rows of a file. */
export function digestOfAll(digests: readonly bigint[]): string {
  return hash('sha256', new Uint8Array(BigUint64Array.from(digests).buffer), 'hex');
}

/** 64 bits over all values of a row, images by their sha256. */
export function rowDigest(columns: readonly Column[], row: Row): bigint {
  const parts = columns.map(({ name, type }) => (type === 'json' ? jsonText(row[name] as JsonValue) : JSON.stringify(plain(type, row[name]!))));
  return hash('sha256', parts.join(), 'buffer').readBigUInt64LE();
}
