import { expect, test } from 'vitest';
import { fuzzy } from './fuzzy.ts';

const best = (wish: string, texts: readonly string[]) =>
  texts
    .map((text) => ({ text, match: fuzzy(wish, text) }))
    .filter(({ match }) => match !== null)
    .sort((a, b) => b.match!.score - a.match!.score)
    .map(({ text }) => text);

test('letters at the starts of words find the command meant', () => {
  expect(best('ni', ['Open in a window', 'Next image', 'Brightness in detail'])[0]).toBe('Next image');
  expect(best('nx im', ['Annotation index image', 'Next image'])[0]).toBe('Next image');
});

test('a run of letters beats scattered ones, wherever it stands', () => {
  expect(fuzzy('key', 'Show all keys')!.at).toEqual([9, 10, 11]);
  expect(best('sub', ['Show up backwards', 'Submit'])[0]).toBe('Submit');
});

test('Japanese is matched by its characters, and full-width letters as the plain ones', () => {
  expect(best('設定', ['設定', 'キー一覧を表示'])).toEqual(['設定']);
  expect(fuzzy('ＫＥＹ', 'key')).not.toBeNull();
});

test('what is not there in order is not found, and nothing asked finds all', () => {
  expect(fuzzy('xen', 'Next')).toBeNull();
  expect(fuzzy('  ', 'Next')).toEqual({ score: 0, at: [] });
});
