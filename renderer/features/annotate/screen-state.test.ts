import { expect, test } from 'vitest';
import { screenStore, setScreen } from './screen-state.ts';

test('a click that selects nothing where nothing was selected leaves the selection as it is, so that nobody draws again for it', () => {
  setScreen({ selection: [] });
  const before = screenStore.getState().selection;
  setScreen({ selection: [], activeLabel: 'coin' });
  expect(screenStore.getState().selection).toBe(before);
  setScreen({ selection: ['a'] });
  setScreen({ selection: [] });
  expect(screenStore.getState().selection).toEqual([]);
});
