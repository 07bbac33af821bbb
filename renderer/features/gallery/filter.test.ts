import { expect, test } from 'vitest';
import { imageFilterSchema } from '../../../shared/domain/image.ts';
import { type Chip, chipsOf, cleared, everything, isFiltered, isOn, toggleChip, withoutChip, withText } from './filter.ts';

const full = imageFilterSchema.parse({
  text: 'dog',
  states: ['returned', 'draft'],
  has: ['points'],
  lacks: ['caption'],
  label: 'dog',
  personId: '01890000-0000-7000-8000-000000000001',
  excluded: 'only',
  missing: true,
  sort: 'name',
});

test('every condition is a chip, in the order of the side list', () => {
  expect(chipsOf(full).map((chip) => ('value' in chip ? `${chip.kind} ${chip.value}` : chip.kind))).toEqual([
    'state draft',
    'state returned',
    'has points',
    'lacks caption',
    'label dog',
    `person ${full.personId}`,
    'missing',
    'excluded',
  ]);
  expect(chipsOf(everything)).toEqual([]);
});

test('taking off every chip leaves the text and the order only', () => {
  const rest = chipsOf(full).reduce((filter, chip) => withoutChip(filter, chip), full);
  expect(rest).toEqual({ ...everything, text: 'dog', sort: 'name' });
});

test('taking off a chip that is not on changes nothing', () => {
  expect(withoutChip(everything, { kind: 'missing' })).toBe(everything);
});

test('a state replaces the others unless several are asked for', () => {
  const draft: Chip = { kind: 'state', value: 'draft' };
  const todo: Chip = { kind: 'state', value: 'todo' };
  expect(toggleChip(toggleChip(everything, draft), todo).states).toEqual(['todo']);
  const both = toggleChip(toggleChip(everything, draft), todo, true);
  expect(both.states).toEqual(['draft', 'todo']);
  expect(toggleChip(both, todo, true).states).toEqual(['draft']);
  expect(toggleChip(both, todo).states).toEqual(['todo']);
  expect(toggleChip(toggleChip(everything, draft), draft).states).toEqual([]);
});

test('an image cannot both have and lack something', () => {
  const has = toggleChip(everything, { kind: 'has', value: 'caption' });
  const lacks = toggleChip(has, { kind: 'lacks', value: 'caption' });
  expect(lacks.has).toEqual([]);
  expect(isOn(lacks, { kind: 'lacks', value: 'caption' })).toBe(true);
});

test('a search starts with the best matches and gives the order back when it is over', () => {
  const before = { sort: 'edited', descending: true } as const;
  const searching = withText({ ...everything, ...before }, 'd', before);
  expect(searching.sort).toBe('relevance');
  expect(withText(searching, 'dog', before).sort).toBe('relevance');
  expect(withText(searching, '', before)).toEqual({ ...everything, ...before });
  const chosen = { ...searching, sort: 'name' as const };
  expect(withText(chosen, '', before).sort).toBe('name');
});

test('clearing keeps the order, but not one that needs a search', () => {
  expect(cleared(full)).toEqual({ ...everything, sort: 'name' });
  expect(cleared({ ...full, sort: 'relevance' }).sort).toBe('added');
  expect(isFiltered(cleared(full))).toBe(false);
  expect(isFiltered({ ...everything, text: '  ' })).toBe(false);
});
