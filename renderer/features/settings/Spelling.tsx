/** The spell-checker's switch, and what there is to check by. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { sessionStore, useSession } from '../../stores/session.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import styles from './SettingsDialog.module.css';

export function Spelling(): ReactElement {
  const { t, i18n } = useTranslation();
  const { desktop } = useHost();
  const checks = useSession((session) => session.checksSpelling);
  const { data: state } = useQuery({ queryKey: ['desktop.spelling'], queryFn: () => desktop?.spelling() ?? null, staleTime: Infinity });
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const sentence = () => {
    if (!desktop) return t('spelling.by-browser');
    if (!state) return '';
    if (state.bySystem) return t('spelling.by-system');
    if (state.languages.length === 0) return t('spelling.none', { folder: state.folder });
    return t('spelling.languages', {
      languages: state.languages.map((language) => names.of(language) ?? language).join(t('spelling.comma')),
      folder: state.folder,
    });
  };
  return (
    <div>
      <Checkbox isSelected={checks} onChange={(on) => sessionStore.getState().set({ checksSpelling: on })}>
        {t('spelling.switch')}
      </Checkbox>
      <p className={styles.spelling} data-selectable data-spelling>
        {sentence()}
      </p>
    </div>
  );
}
