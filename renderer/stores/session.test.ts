import { expect, test } from 'vitest';
import { createSession, emptyFilter } from './session.ts';

const storage = (kept: Record<string, string> = {}) => ({
  kept,
  getItem: (key: string) => kept[key] ?? null,
  setItem: (key: string, value: string) => void (kept[key] = value),
  removeItem: (key: string) => void delete kept[key],
});

test('a window remembers its look, and starts where the app says rather than where it was', () => {
  const place = storage();
  const first = createSession(place);
  first.getState().set({ theme: 'dark', panelWidth: 500 });
  first.getState().navigate({ screen: 'gallery' });
  const second = createSession(place).getState();
  expect([second.theme, second.panelWidth, second.route]).toEqual(['dark', 500, { screen: 'welcome' }]);
});

test('a filter of another version’s shape is dropped, the rest is kept', () => {
  const state = { filter: { text: 1 }, locale: 'ja' };
  const session = createSession(storage({ 'pointillist.session': JSON.stringify({ state, version: 1 }) })).getState();
  expect([session.filter, session.locale]).toEqual([emptyFilter, 'ja']);
});
