/** Which images are selected. Ids, not places: the list may be sorted anew or grow while a selection stands. Immutable. */

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Place in the list from which Shift extends; null without one. */
  readonly anchor: number | null;
  /** What was selected before the range that is being extended; it stays whatever the range does. */
  readonly base: ReadonlySet<string>;
}

export const noSelection: Selection = { ids: new Set(), anchor: null, base: new Set() };

/** Puts one image in or out; the next Shift starts there. */
export function toggleOne(selection: Selection, id: string, index: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: index, base: ids };
}

/** Where a range begins when nothing said so yet: the card that had the focus. */
export function anchored(selection: Selection, index: number): Selection {
  return selection.anchor === null ? { ...selection, anchor: index, base: selection.ids } : selection;
}

/** Places from the anchor to `index`, both inclusive, in the order of the list. */
export function rangeTo(selection: Selection, index: number): { first: number; last: number } {
  const anchor = selection.anchor ?? index;
  return { first: Math.min(anchor, index), last: Math.max(anchor, index) };
}

/** The selection when the range from the anchor holds these ids; a shorter range lets go of what a longer one had taken. */
export function withRange(selection: Selection, rangeIds: Iterable<string>): Selection {
  const ids = new Set(selection.base);
  for (const id of rangeIds) ids.add(id);
  return { ...selection, ids };
}

/** Everything the filter shows. */
export function selectAll(ids: Iterable<string>): Selection {
  const all = new Set(ids);
  return { ids: all, anchor: null, base: all };
}
