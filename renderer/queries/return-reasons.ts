/** The project's reasons for returning an image, in words. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { pickLocale, translate } from '../../shared/i18n/catalogue.ts';
import { type DefaultText, offeredReasons, reasonText } from '../../shared/domain/return-reasons.ts';
import { useQueryMethod } from './client.ts';

/** The sentence of a default reason, in any language. */
export const defaultReasonText: DefaultText = (code, locale) => translate(locale, `review.reason.${code}`);

/** Codes that can be chosen, and the sentence for any code that work was ever returned for. */
export function useReturnReasons(): { readonly codes: readonly string[]; readonly textOf: (code: string) => string } {
  const { i18n } = useTranslation();
  const { data: settings } = useQueryMethod('project.settings', {});
  const own = settings?.returnReasons ?? null;
  const locale = pickLocale('system', [i18n.language]);
  return useMemo(() => ({ codes: offeredReasons(own), textOf: (code) => reasonText(own, code, locale, defaultReasonText) }), [own, locale]);
}
