import { expect, test } from 'vitest';
import { isIgnoredName, shownName } from './import-name.ts';

test('letters of any script and emoji stay as they are', () => {
  expect(shownName(['写真', 'صورة 1.jpg'])).toBe('写真/صورة 1.jpg');
  expect(shownName(['🦊👨‍👩‍👧.png'])).toBe('🦊👨‍👩‍👧.png');
});

test('what breaks lines or turns text around is written out', () => {
  expect(shownName(['a\nb\tc\u0000.jpg'])).toBe('a\\u000ab\\u0009c\\u0000.jpg');
  expect(shownName(['photo\u202egpj.exe'])).toBe('photo\\u202egpj.exe');
});

test('hidden files and what systems leave in folders are passed over', () => {
  for (const name of ['.DS_Store', '._photo.jpg', 'Thumbs.db', 'desktop.ini', '__MACOSX', '.git']) expect(isIgnoredName(name), name).toBe(true);
  for (const name of ['photo.jpg', 'thumbs', 'a.b']) expect(isIgnoredName(name), name).toBe(false);
});
