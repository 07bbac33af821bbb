import { expect, test } from 'vitest';
import { initials } from './initials.ts';

test.each([
  ['Aki Kimura', 'AK'],
  ['root', 'RO'],
  ['山田太郎', '山田'],
  ['Ada M. Lovelace', 'AL'],
  ['', '?'],
])('%j is shortened to %j', (name, short) => {
  expect(initials(name)).toBe(short);
});
