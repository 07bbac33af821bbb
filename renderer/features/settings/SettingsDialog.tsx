/** What a person sets for themself: name, language, look. Each choice takes effect at once. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { closeDialog, useDialog } from '../../stores/dialogs.ts';
import { type SessionValues, sessionStore, useSession } from '../../stores/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { KeysPage } from './KeysPage.tsx';
import styles from './SettingsDialog.module.css';
import { Space } from './Space.tsx';
import { Spelling } from './Spelling.tsx';

const set = (values: Partial<SessionValues>) => sessionStore.getState().set(values);
const scales = ['0.85', '1', '1.15', '1.3', '1.5', '1.75', '2'] as const;

export function SettingsDialog(): ReactElement {
  const { t } = useTranslation();
  const isOpen = useDialog('settings');
  return (
    <Dialog isOpen={isOpen} onClose={closeDialog} title={t('settings.title')} size="large">
      <Pages />
    </Dialog>
  );
}

function Pages(): ReactElement {
  const { t } = useTranslation();
  const [page, setPage] = useState<'person' | 'keys'>('person');
  return (
    <>
      <div className={styles.pages}>
        <Segmented
          label={t('settings.title')}
          selected={page}
          onSelect={setPage}
          items={[
            { id: 'person', text: t('keymap.page-person') },
            { id: 'keys', text: t('keymap.page-keys') },
          ]}
        />
      </div>
      {page === 'keys' ? (
        <KeysPage />
      ) : (
        <>
          <NameField />
          <Look />
          <Spelling />
          <Space />
          <About />
        </>
      )}
    </>
  );
}

function Look(): ReactElement {
  const { t } = useTranslation();
  const locale = useSession((session) => session.locale);
  const theme = useSession((session) => session.theme);
  const uiScale = useSession((session) => session.uiScale);
  return (
    <>
      <div className={styles.row}>
        <span className={styles.name}>{t('settings.language')}</span>
        <Select
          label={t('settings.language')}
          labelHidden
          value={locale}
          options={[
            { value: 'system', text: t('settings.as-system') },
            { value: 'en', text: 'English' },
            { value: 'ja', text: '日本語' },
          ]}
          onChange={(value) => set({ locale: value })}
        />
      </div>
      <div className={styles.row}>
        <span className={styles.name}>{t('settings.theme')}</span>
        <Segmented
          label={t('settings.theme')}
          selected={theme}
          onSelect={(value) => set({ theme: value })}
          items={[
            { id: 'system', text: t('settings.as-system') },
            { id: 'light', text: t('settings.light') },
            { id: 'dark', text: t('settings.dark') },
          ]}
        />
      </div>
      <div className={styles.row}>
        <span className={styles.name}>{t('settings.scale')}</span>
        <Select
          label={t('settings.scale')}
          labelHidden
          value={scales.find((scale) => Number(scale) === uiScale) ?? '1'}
          options={scales.map((scale) => ({ value: scale, text: `${Math.round(Number(scale) * 100)} %` }))}
          onChange={(value) => set({ uiScale: Number(value) })}
        />
      </div>
    </>
  );
}

/** The name stands beside everything its person writes. */
function NameField(): ReactElement {
  const { t } = useTranslation();
  const { data: info } = useQueryMethod('app.info', {});
  const rename = useCommandMethod('people.rename');
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? info?.me.name ?? '';
  const changed = typed !== null && typed.trim() !== '' && typed.trim() !== info?.me.name;
  const save = () => {
    if (changed) rename.mutate({ name: name.trim() }, { onSuccess: () => setTyped(null) });
  };
  return (
    <form
      className={styles.person}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={styles.grow}>
        <TextField
          label={t('settings.name')}
          hint={t('settings.name-hint')}
          error={rename.error ? errorSentence(rename.error) : null}
          value={name}
          onChange={setTyped}
          maxLength={80}
          after={
            changed ? (
              <Button variant="quiet" type="submit" isDisabled={rename.isPending}>
                {t('app.save')}
              </Button>
            ) : null
          }
        />
      </div>
    </form>
  );
}

function About(): ReactElement | null {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const { data: info } = useQueryMethod('app.info', {});
  if (!info) return null;
  return (
    <p className={styles.about} data-selectable>
      {t('settings.about', { version: info.version, sqlite: info.sqlite })}
      {desktop ? ` · ${desktop.runtime}` : ''}
    </p>
  );
}
