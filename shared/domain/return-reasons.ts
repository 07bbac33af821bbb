/** Reasons for which an image is returned: a code that is logged and counted, and a sentence in each language for people. */
import { z } from 'zod';

/** What a project has unless its lead says otherwise; their sentences are in the translations, below `review.reason`. */
export const defaultReturnReasons = ['missing-object', 'wrong-point', 'invented-detail', 'too-short', 'language', 'unreadable', 'other'] as const;
type DefaultReason = (typeof defaultReturnReasons)[number];

const sentence = z.string().trim().max(120);
/** `retired` ones are offered no more; work that was returned for them still says so. */
export const returnReasonSchema = z
  .strictObject({
    code: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(60),
    en: sentence,
    ja: sentence,
    retired: z.boolean(),
  })
  .refine(({ en, ja }) => en !== '' || ja !== '');
export type ReturnReason = z.infer<typeof returnReasonSchema>;

/** A project's own list; each code once, and at least one to choose. */
export const returnReasonsSchema = z
  .array(returnReasonSchema)
  .max(60)
  .refine((reasons) => new Set(reasons.map(({ code }) => code)).size === reasons.length && reasons.some(({ retired }) => !retired));

/** The sentence of a default reason in a language. */
export type DefaultText = (code: DefaultReason, locale: 'en' | 'ja') => string;
const isDefault = (code: string): code is DefaultReason => defaultReturnReasons.some((known) => known === code);

/** The list that a lead begins to edit: the project's own, or the defaults in words. */
export const editableReasons = (own: readonly ReturnReason[] | null, text: DefaultText): readonly ReturnReason[] =>
  own ?? defaultReturnReasons.map((code) => ({ code, en: text(code, 'en'), ja: text(code, 'ja'), retired: false }));

/** Codes that can be chosen, in their order: the first nine have a number key. */
export const offeredReasons = (own: readonly ReturnReason[] | null): readonly string[] =>
  own?.filter(({ retired }) => !retired).map(({ code }) => code) ?? defaultReturnReasons;

/** The sentence for a code, in the language or else in the other one; a code that neither the project nor the app knows stands for itself. */
export function reasonText(own: readonly ReturnReason[] | null, code: string, locale: 'en' | 'ja', text: DefaultText): string {
  const known = own?.find((reason) => reason.code === code);
  if (known) return known[locale] || known[locale === 'en' ? 'ja' : 'en'];
  return isDefault(code) ? text(code, locale) : code;
}

/** A code for a new reason, read off its English sentence where it has one; unlike all of these. */
export function newReasonCode(english: string, taken: readonly string[]): string {
  const words = english.toLowerCase().match(/[a-z0-9]+/g) ?? ['reason'];
  const base = words.join('-').slice(0, 50).replace(/-+$/, '');
  for (let number = 1; ; number++) {
    const code = number === 1 && words[0] !== 'reason' ? base : `${base}-${number}`;
    if (!taken.includes(code)) return code;
  }
}
