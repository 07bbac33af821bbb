import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { catalogues } from '../../shared/i18n/catalogue.ts';
import { AppError, errorCodes } from '../../shared/rpc/errors.ts';
import { errorSentence, toastError } from './errors.ts';
import { toastStore } from './toasts.ts';

beforeAll(async () => {
  const resources = { en: { translation: catalogues.en }, ja: { translation: catalogues.ja } };
  await i18next.init({ lng: 'en', fallbackLng: 'en', resources, interpolation: { escapeValue: false } });
});

test('an error says the sentence of its key, filled with its details', () => {
  const error = new AppError('conflict', 'newer', { key: 'newer-file', found: 9, known: 3 });
  expect(errorSentence(error)).toContain('format 9; this one reads up to 3');
});

test('a key without a sentence falls back to the sentence of its code', () => {
  expect(errorSentence(new AppError('not-found', 'gone', { key: 'no-such-key' }))).toBe(catalogues.en.errors['code-not-found']);
});

test('anything else that is thrown says what is safe, with its own words behind', () => {
  expect(errorSentence(new RangeError('out of range'))).toContain('(out of range)');
  expect(errorSentence('text')).toContain('(text)');
});

test('every code has a sentence', () => {
  for (const code of errorCodes) expect(i18next.exists(`errors.code-${code}`), code).toBe(true);
});

test('what the person cancelled is not worth a notice', () => {
  toastError(new AppError('cancelled', 'cancelled'));
  expect(toastStore.getState().toasts).toEqual([]);
  toastError(new AppError('unavailable', 'gone', { key: 'core-gone' }));
  expect(toastStore.getState().toasts.map(({ tone, sticky }) => [tone, sticky])).toEqual([['bad', true]]);
});
