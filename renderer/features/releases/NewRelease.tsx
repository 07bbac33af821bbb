/** Names the project as it is now, for good. */
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Release, releaseName } from '../../../shared/domain/release.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toasts.ts';
import { nextName } from './next-name.ts';
import styles from './Releases.module.css';

interface NewReleaseProps {
  readonly releases: readonly Release[];
  readonly onDone: (name: string) => void;
  readonly onCancel: () => void;
}

export function NewRelease({ releases, onDone, onCancel }: NewReleaseProps): ReactElement {
  const { t } = useTranslation();
  const [name, setName] = useState(() => nextName(releases.map((release) => release.name)));
  const [note, setNote] = useState('');
  const noteId = useId();
  const create = useCommandMethod('releases.create');
  const taken = releases.some((release) => release.name === name.trim());
  const isName = releaseName.safeParse(name).success;
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (!isName || taken || create.isPending) return;
    create.mutate(
      { name: name.trim(), note: note.trim() },
      {
        onSuccess: () => {
          toast('info', t('releases.started', { name: name.trim() }));
          onDone(name.trim());
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={make}>
      <h3 className={styles.title}>{t('releases.new')}</h3>
      <p className={styles.second}>{t('releases.about')}</p>
      <TextField
        label={t('releases.name')}
        value={name}
        autoFocus
        maxLength={60}
        onChange={setName}
        hint={t('releases.name-about')}
        error={name === '' || isName ? (taken ? t('releases.taken') : null) : t('releases.bad-name')}
      />
      <label className={styles.label} htmlFor={noteId}>
        {t('releases.note')}
        <textarea id={noteId} className={styles.note} rows={4} maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {create.error ? (
        <p className={styles.problem} role="alert">
          {errorSentence(create.error)}
        </p>
      ) : null}
      <div className={styles.line}>
        <Button type="submit" variant="primary" isDisabled={!isName || taken || create.isPending}>
          {t('releases.make')}
        </Button>
        <Button onPress={onCancel}>{t('app.cancel')}</Button>
      </div>
    </form>
  );
}
