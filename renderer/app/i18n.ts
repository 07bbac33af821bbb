/** Connects the translations to React; both languages are in the bundle, so that switching needs nothing from outside. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { catalogues, locales, pickLocale, type Locale } from '../../shared/i18n/catalogue.ts';
import { sessionStore } from '../stores/session.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof catalogues.en };
  }
}

const wanted = (): Locale => pickLocale(sessionStore.getState().locale, navigator.languages);

/** Starts translating, and follows the person's choice from then on. */
export function startTranslations(): void {
  void i18next.use(initReactI18next).init({
    lng: wanted(),
    fallbackLng: 'en',
    supportedLngs: [...locales],
    resources: { en: { translation: catalogues.en }, ja: { translation: catalogues.ja } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  const show = () => {
    document.documentElement.lang = i18next.language;
  };
  i18next.on('languageChanged', show);
  show();
  sessionStore.subscribe(() => {
    if (wanted() !== i18next.language) void i18next.changeLanguage(wanted());
  });
}

/** The language shown. */
export const currentLocale = (): Locale => (i18next.language === 'ja' ? 'ja' : 'en');
