/** When a release was made, as people of the language write it. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export function useDates(): (at: number) => string {
  const { language } = useTranslation().i18n;
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    return (at) => format.format(at);
  }, [language]);
}
