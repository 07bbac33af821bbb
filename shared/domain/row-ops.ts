/** The smallest ops: a row comes, goes, or has fields of it changed. */
import type { Doc, Kind, Rows } from './model.ts';
import { type Op, type Patch, search } from './ops.ts';

/** Text as it can be stored: half of a surrogate pair (a cut emoji) has no UTF-8 and becomes U+FFFD. */
export const storable = (text: string): string => text.toWellFormed();

export const addRow = <K extends Kind>(kind: K, row: Rows[K]): Op => ({ op: 'add', kind, row }) as Op;
export const removeRow = <K extends Kind>(kind: K, row: Rows[K]): Op => ({ op: 'remove', kind, row }) as Op;

/** The row with this id, or undefined. */
export function rowById<K extends Kind>(doc: Doc, kind: K, id: string): Rows[K] | undefined {
  const index = search(doc[kind], id);
  return index < 0 ? undefined : (doc[kind][index] as Rows[K]);
}

/** Sets fields of a row; null takes a value away. Nothing where nothing changes. */
export function setFields<K extends Kind>(kind: K, row: Rows[K] | undefined, patch: Patch<Rows[K]>): Op[] {
  if (!row) return [];
  const now = row as unknown as Record<string, unknown>;
  const wanted = patch as Record<string, unknown>;
  const fields = Object.keys(wanted).filter((field) => (now[field] ?? null) !== wanted[field]);
  if (fields.length === 0) return [];
  const pick = (from: Record<string, unknown>) => Object.fromEntries(fields.map((field) => [field, from[field] ?? null]));
  return [{ op: 'set', kind, id: row.id, before: pick(now), after: pick(wanted) } as unknown as Op];
}
