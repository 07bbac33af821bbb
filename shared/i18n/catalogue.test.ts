import { expect, test } from 'vitest';
import { catalogues, pickLocale, translate } from './catalogue.ts';

const leaves = (node: object, path: string[] = []): Map<string, string> =>
  new Map(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' ? [[[...path, key].join('.'), value]] : [...leaves(value as object, [...path, key])],
    ),
  );
const placeholders = (text: string) => [...new Set(text.match(/\{\{\s*\w+\s*\}\}/g) ?? [])].sort();
const en = leaves(catalogues.en);
const ja = leaves(catalogues.ja);

test('English and Japanese have the same keys', () => {
  expect([...ja.keys()].sort()).toEqual([...en.keys()].sort());
});

test('no text is empty, and each has the same placeholders in both languages', () => {
  for (const [key, text] of en) {
    expect(text.trim(), key).not.toBe('');
    // A plural form may say "one" in words.
    const wanted = placeholders(text).filter((name) => name !== '{{count}}');
    expect(
      placeholders(ja.get(key)!).filter((name) => name !== '{{count}}'),
      key,
    ).toEqual(wanted);
  }
});

test('a plural has all its forms', () => {
  for (const key of en.keys()) if (key.endsWith('_one')) expect(en.has(key.replace(/_one$/, '_other')), key).toBe(true);
});

test('placeholders are filled and plurals chosen', () => {
  expect(translate('en', 'app.saved-at', { time: '12:03:04' })).toBe('Saved 12:03:04');
  expect(translate('en', 'jobs.added', { count: 1 })).toBe('1 image added');
  expect(translate('en', 'jobs.added', { count: 2 })).toBe('2 images added');
  expect(translate('ja', 'jobs.added', { count: 1 })).toBe('1 枚を追加');
  expect(translate('en', 'errors.no-such-sentence' as never)).toBe('errors.no-such-sentence');
});

test('the language is the person’s choice, else the first one that the machine speaks and we do', () => {
  expect(pickLocale('ja', ['en-GB'])).toBe('ja');
  expect(pickLocale('system', ['fr-CA', 'ja-JP', 'en'])).toBe('ja');
  expect(pickLocale('system', ['fr'])).toBe('en');
});

test('Japanese says the same thing in the same words, with full-width brackets', () => {
  // Each of these stands for a word that is used everywhere else: パソコン, 誰, 承認, キャンセルしました.
  const strays = /マシン|このコンピューター|だれ|採用|取りやめ|(?:ダウンロード|書き出し|検出|読み取り)を(?:中止|取り消し)ました/;
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  for (const [key, text] of ja) {
    expect(strays.exec(text)?.[0], key).toBeUndefined();
    const half = [...text.matchAll(/\(([^()]*)\)/g)].filter((match) => japanese.test(match[1]!));
    expect(half, key).toEqual([]);
  }
});
