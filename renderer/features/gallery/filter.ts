/** The gallery's filter as people see it: choices of the side list, and chips that can be taken off. */
import { type ImageFilter, imageFilterSchema } from '../../../shared/domain/image.ts';
import { type ImageState, imageStates } from '../../../shared/domain/model.ts';

export const everything: ImageFilter = imageFilterSchema.parse({});
export type Content = ImageFilter['has'][number];
export const contents: readonly Content[] = ['caption', 'answer', 'points'];

/** One condition of the filter. `label` and `person` carry what they name. */
export type Chip =
  | { readonly kind: 'state'; readonly value: ImageState }
  | { readonly kind: 'has' | 'lacks'; readonly value: Content }
  | { readonly kind: 'label' | 'person' | 'assigned' | 'reason' | 'finding'; readonly value: string }
  | { readonly kind: 'missing' | 'excluded' | 'skipped' | 'ranking' };

/** Every condition but the search text, in the order of the side list. */
export function chipsOf(filter: ImageFilter): Chip[] {
  return [
    ...(filter.ranking !== null ? [{ kind: 'ranking' } as const] : []),
    ...imageStates.filter((state) => filter.states.includes(state)).map((value): Chip => ({ kind: 'state', value })),
    ...contents.filter((content) => filter.has.includes(content)).map((value): Chip => ({ kind: 'has', value })),
    ...contents.filter((content) => filter.lacks.includes(content)).map((value): Chip => ({ kind: 'lacks', value })),
    ...(filter.label === null ? [] : [{ kind: 'label', value: filter.label } as const]),
    ...(filter.personId === null ? [] : [{ kind: 'person', value: filter.personId } as const]),
    ...(filter.assignedTo === null ? [] : [{ kind: 'assigned', value: filter.assignedTo } as const]),
    ...(filter.returnReason === null ? [] : [{ kind: 'reason', value: filter.returnReason } as const]),
    ...(filter.finding === null ? [] : [{ kind: 'finding', value: filter.finding } as const]),
    ...(filter.skipped ? [{ kind: 'skipped' } as const] : []),
    ...(filter.missing ? [{ kind: 'missing' } as const] : []),
    ...(filter.excluded === 'only' ? [{ kind: 'excluded' } as const] : []),
  ];
}

export function isOn(filter: ImageFilter, chip: Chip): boolean {
  if (chip.kind === 'state') return filter.states.includes(chip.value);
  if (chip.kind === 'has' || chip.kind === 'lacks') return filter[chip.kind].includes(chip.value);
  if (chip.kind === 'label') return filter.label === chip.value;
  if (chip.kind === 'person') return filter.personId === chip.value;
  if (chip.kind === 'assigned') return filter.assignedTo === chip.value;
  if (chip.kind === 'reason') return filter.returnReason === chip.value;
  if (chip.kind === 'finding') return filter.finding === chip.value;
  if (chip.kind === 'skipped') return filter.skipped;
  if (chip.kind === 'ranking') return filter.ranking !== null;
  return chip.kind === 'missing' ? filter.missing : filter.excluded === 'only';
}

/** Puts a condition on or takes it off. `several`: other states stay on beside it (Ctrl or Shift held), else a state replaces the others. */
export function toggleChip(filter: ImageFilter, chip: Chip, several = false): ImageFilter {
  const on = !isOn(filter, chip);
  if (chip.kind === 'state') {
    const others = several ? filter.states.filter((state) => state !== chip.value) : [];
    return { ...filter, states: on ? [...others, chip.value] : several ? others : filter.states.length > 1 ? [chip.value] : [] };
  }
  if (chip.kind === 'has' || chip.kind === 'lacks') {
    const opposite = chip.kind === 'has' ? 'lacks' : 'has';
    const same = filter[chip.kind].filter((content) => content !== chip.value);
    return {
      ...filter,
      [chip.kind]: on ? [...same, chip.value] : same,
      [opposite]: filter[opposite].filter((content) => content !== chip.value),
    };
  }
  if (chip.kind === 'label') return { ...filter, label: on ? chip.value : null };
  if (chip.kind === 'person') return { ...filter, personId: on ? chip.value : null };
  if (chip.kind === 'assigned') return { ...filter, assignedTo: on ? chip.value : null };
  if (chip.kind === 'reason') return { ...filter, returnReason: on ? chip.value : null };
  if (chip.kind === 'finding') return { ...filter, finding: on ? chip.value : null };
  if (chip.kind === 'skipped') return { ...filter, skipped: on };
  // It is taken off here; only the core can make one.
  if (chip.kind === 'ranking') return { ...filter, ranking: null, sort: filter.sort === 'similarity' ? 'added' : filter.sort };
  return chip.kind === 'missing' ? { ...filter, missing: on } : { ...filter, excluded: on ? 'only' : 'hide' };
}

/** Takes one condition off, whatever else is on. */
export function withoutChip(filter: ImageFilter, chip: Chip): ImageFilter {
  return isOn(filter, chip) ? toggleChip(filter, chip, true) : filter;
}

/** All images, in the order they were in. */
export function cleared(filter: ImageFilter): ImageFilter {
  const searched = filter.sort === 'relevance' || filter.sort === 'similarity';
  return { ...everything, sort: searched ? 'added' : filter.sort, descending: searched ? false : filter.descending };
}

/** A searched list starts with the best matches; when the search is over, it goes back to `sortBefore`. */
export function withText(filter: ImageFilter, text: string, sortBefore: Pick<ImageFilter, 'sort' | 'descending'>): ImageFilter {
  const searched = filter.text.trim() !== '';
  const searches = text.trim() !== '';
  if (filter.sort === 'similarity') return { ...filter, text };
  if (searches && !searched) return { ...filter, text, sort: 'relevance', descending: false };
  if (!searches && filter.sort === 'relevance') return { ...filter, text, ...sortBefore };
  return { ...filter, text };
}

export const isFiltered = (filter: ImageFilter) => filter.text.trim() !== '' || chipsOf(filter).length > 0;
