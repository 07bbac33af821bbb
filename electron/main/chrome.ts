/** What surrounds the page: menu, title, and the sentences main itself has to say, in the language the page shows. */
import { app, dialog } from 'electron';
import { type Key, type Locale, locales, pickLocale, translate } from '../../shared/i18n/catalogue.ts';
import { setMenu } from './menu.ts';
import { listen } from './trusted.ts';

const LONGEST_TITLE = 300;
let locale: Locale = 'en';
let ownKeys = '{}';

/** A sentence in the language that the page shows. */
export const chromeText = (key: Key, values?: Readonly<Record<string, unknown>>): string => translate(locale, key, values);

/** Sets up menu and title; the page tells of changes. */
export function followChrome(): void {
  locale = pickLocale('system', app.getPreferredSystemLanguages());
  setMenu(locale);
  listen('window:chrome', (window, chrome) => {
    const { locale: next, title, keys } = (chrome ?? {}) as Record<string, unknown>;
    if (typeof title === 'string') window.setTitle(title.slice(0, LONGEST_TITLE));
    const known = locales.find((one) => one === next) ?? locale;
    const own = JSON.stringify(keys ?? {});
    if (known === locale && own === ownKeys) return;
    locale = known;
    ownKeys = own;
    setMenu(locale, readKeys(keys));
  });
}

/** The first key of each command that a person gave another one; nothing else of what a page sends. */
function readKeys(keys: unknown): ReadonlyMap<string, string | null> {
  const entries = typeof keys === 'object' && keys !== null ? Object.entries(keys as Record<string, unknown>) : [];
  return new Map(
    entries.filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1])).map(([id, [first]]) => [id, typeof first === 'string' ? first : null]),
  );
}

/** Tells why the project named at the start could not be opened; the app goes on without it. */
export function tellNotOpened(folder: string, key: string, details: Readonly<Record<string, unknown>>): void {
  const known = `errors.${key}` as Key;
  const sentence = translate(locale, known, details);
  const { message } = details;
  const detail = sentence !== known ? sentence : typeof message === 'string' ? message : key;
  void dialog.showMessageBox({ type: 'warning', title: app.name, message: translate(locale, 'host.notOpened', { folder }), detail });
}
