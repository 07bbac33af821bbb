/**
 * The translations, and the one way to read them outside of React. Both languages have the same keys; a test sees to it.
 * After changing a translation alone, `tsc -b` may keep the old keys: remove `.cache/types/shared` or pass `--force` to have it look again.
 */
import en from './en.json' with { type: 'json' };
import ja from './ja.json' with { type: 'json' };

export const locales = ['en', 'ja'] as const;
export type Locale = (typeof locales)[number];
export const catalogues = { en, ja } as const;

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${Singular<K>}` : Leaves<T[K], `${Prefix}${K}.`>;
}[keyof T & string];
/** `images_one` and `images_other` are forms of `images`. */
type Singular<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
/** Every key there is, as `section.name`. */
export type Key = Leaves<typeof catalogues.en>;

/** The language to use for a wish and what the machine speaks (`navigator.languages`, `LANG`). */
export function pickLocale(wish: 'system' | Locale, spoken: readonly string[]): Locale {
  if (wish !== 'system') return wish;
  for (const language of spoken) {
    const found = locales.find((locale) => language.toLowerCase().startsWith(locale));
    if (found) return found;
  }
  return 'en';
}

/** The text of a key with its placeholders (`{{name}}`) filled; `count` chooses the plural form. The key itself where there is no such text. */
export function translate(locale: Locale, key: Key, values: Readonly<Record<string, unknown>> = {}): string {
  const text = lookUp(locale, key, values['count']) ?? lookUp('en', key, values['count']) ?? key;
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}

function lookUp(locale: Locale, key: string, count: unknown): string | undefined {
  const path = key.split('.');
  const last = path.pop()!;
  let node: unknown = catalogues[locale];
  for (const part of path) node = (node as Record<string, unknown> | undefined)?.[part];
  const section = node as Record<string, unknown> | undefined;
  const form = typeof count === 'number' ? `${last}_${new Intl.PluralRules(locale).select(count)}` : last;
  const text = section?.[form] ?? section?.[`${last}_other`] ?? section?.[last];
  return typeof text === 'string' ? text : undefined;
}
