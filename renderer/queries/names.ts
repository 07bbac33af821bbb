/** Names of the people of the project. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryMethod } from './client.ts';

/** The name of a person by id; a word for somebody nobody knows. */
export function useNames(): (id: string) => string {
  const { t } = useTranslation();
  const { data: people } = useQueryMethod('people.list', {});
  return useCallback((id) => people?.find((person) => person.id === id)?.name ?? t('annotate.caption.somebody'), [people, t]);
}
