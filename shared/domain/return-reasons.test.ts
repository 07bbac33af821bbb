import { expect, test } from 'vitest';
import { defaultReturnReasons, editableReasons, newReasonCode, offeredReasons, reasonText, returnReasonsSchema } from './return-reasons.ts';
import { defaultSettings, settingsSchema } from './settings.ts';

const text = (code: string, locale: string) => `${code} in ${locale}`;
const own = [
  { code: 'blurry-words', en: 'Words are blurry', ja: '', retired: false },
  { code: 'too-short', en: 'Write more', ja: 'もっと書いてください', retired: false },
  { code: 'gone', en: 'No longer used', ja: '使わない', retired: true },
];

test('without a list of its own a project has the reasons of the app', () => {
  expect(defaultSettings.returnReasons).toBeNull();
  expect(offeredReasons(null)).toEqual(defaultReturnReasons);
  expect(reasonText(null, 'too-short', 'ja', text)).toBe('too-short in ja');
});

test('old codes are still read: retired ones, those of the app, and those that nobody knows', () => {
  expect(offeredReasons(own)).toEqual(['blurry-words', 'too-short']);
  expect(['gone', 'wrong-point', 'of-another-version'].map((code) => reasonText(own, code, 'en', text))).toEqual([
    'No longer used',
    'wrong-point in en',
    'of-another-version',
  ]);
});

test('a reason without words in a language is said in the other one', () => {
  expect(reasonText(own, 'blurry-words', 'ja', text)).toBe('Words are blurry');
  expect(reasonText(own, 'too-short', 'ja', text)).toBe('もっと書いてください');
});

test('a list needs a reason to choose, words for each, and no code twice', () => {
  const fits = (reasons: unknown) => returnReasonsSchema.safeParse(reasons).success;
  expect([fits(own), fits([]), fits([own[2]]), fits([own[0], own[0]]), fits([{ ...own[0], en: ' ' }]), fits([{ ...own[0], code: 'Not a code' }])]).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(settingsSchema.shape.returnReasons.safeParse(editableReasons(null, text)).success).toBe(true);
});

test('a new code is read off the sentence and is like no other', () => {
  expect(newReasonCode('Too vague, say more!', ['too-short'])).toBe('too-vague-say-more');
  expect(newReasonCode('too short', ['too-short'])).toBe('too-short-2');
  expect(newReasonCode('説明が足りない', ['reason-1'])).toBe('reason-2');
});
