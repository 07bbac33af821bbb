import { expect, test } from 'vitest';
import { honestTexts } from './honest-texts.ts';
import { lintDoc, ruleOf } from './lint.ts';
import { context, written } from './testing.ts';

/** What is said of a text on purpose, whatever it says: how long it is, and that a number was given where nothing is pointed at. */
const ABOUT_LENGTH = new Set(['caption-short', 'count-without-points']);

test('rules leave honest work alone: of two hundred varied texts in two languages at most a handful is asked about, and none is held back', () => {
  const found = honestTexts.flatMap((work) =>
    lintDoc(written(work), context({ languages: ['en', 'ja'] }))
      .filter(({ code }) => !ABOUT_LENGTH.has(code))
      .map(({ code, params }) => ({ code, params, text: JSON.stringify(work).slice(0, 160) })),
  );
  expect(honestTexts.length).toBeGreaterThan(200);
  expect(found.filter(({ code }) => ruleOf(code)!.blocks !== 'never')).toEqual([]);
  expect(found.length, JSON.stringify(found, null, 1)).toBeLessThanOrEqual(4);
});
