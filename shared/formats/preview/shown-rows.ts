/** Rows of an export as they can be shown: everything in them as it is, but for image bytes, which are told by their size. */
import type { ImageValue, JsonValue, Row } from '../columns.ts';

const isImage = (value: unknown): value is ImageValue => (value as ImageValue | null)?.bytes instanceof Uint8Array;

/** `url`: where the image can be seen instead. */
export function shownRow(row: Row, url: string): { readonly [name: string]: JsonValue } {
  const shown = (value: unknown): JsonValue => {
    if (isImage(value)) return { path: value.path, bytes: `${value.bytes.byteLength} bytes`, shown_at: url };
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shown(part)]));
    return value as JsonValue;
  };
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, shown(value)]));
}
