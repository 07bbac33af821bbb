const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** The language that a text is marked as, for fonts, hyphens, spelling and screen readers; an empty one is in the language of the window. */
export function textLanguage(text: string, locale: string): string {
  if (JAPANESE.test(text)) return 'ja';
  return /\p{L}/u.test(text) ? 'en' : locale;
}
