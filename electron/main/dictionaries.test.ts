import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dictionariesIn } from './dictionaries.ts';

test('dictionaries are known by their names, however these are written, and nothing else is one', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-test-'));
  try {
    for (const name of ['en-US-10-1.bdic', 'en_GB.bdic', 'de.bdic', 'de.dic', 'notes.txt', '.bdic', 'a b.bdic']) writeFileSync(path.join(folder, name), '');
    const languages = dictionariesIn(folder).map(({ language }) => language);
    expect(languages.toSorted()).toEqual(['de', 'en-GB', 'en-US']);
    expect(dictionariesIn(path.join(folder, 'missing'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
