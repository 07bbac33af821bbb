/** The spell-checker's switch, and what there is to check by. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { sessionStore, useSession } from '../../stores/session.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './SettingsDialog.module.css';

export function Spelling(): ReactElement {
  const { t, i18n } = useTranslation();
  const { desktop } = useHost();
  const checks = useSession((session) => session.checksSpelling);
  const { data: state } = useQuery({ queryKey: ['desktop.spelling'], queryFn: () => desktop?.spelling() ?? null, staleTime: 0 });
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
      {desktop && state && state.ownWords.length > 0 ? <OwnWords words={state.ownWords} forget={(word) => desktop.forgetWord(word)} /> : null}
    </div>
  );
}

/** Words that a person added by the menu of a right click; a slip can be taken back here. */
function OwnWords({ words, forget }: { words: readonly string[]; forget: (word: string) => Promise<boolean> }): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <ul className={styles.words} aria-label={t('spelling.own-words')}>
      {words.map((word) => (
        <li key={word}>
          <span>{word}</span>
          <IconButton
            label={t('spelling.forget', { word })}
            onPress={() => void forget(word).then(() => client.invalidateQueries({ queryKey: ['desktop.spelling'] }))}
          >
            <X size={12} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
