/** Text in images: whether it is read at all, and whether the whole project is read in the background. And the words that an encoder looks for. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsSchema } from '../../../shared/domain/settings.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { Lines } from './QuestionsSection.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

export function ReadingSection({ settings: { reading, vocabulary }, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const { data: status } = useQueryMethod('reading.status', {}, { staleTime: 0 });
  const start = useCommandMethod('reading.start');
  return (
    <>
      <p className={styles.hint}>{t('reading.settings.about')}</p>
      <Checkbox isSelected={reading.enabled} onChange={(enabled) => change({ reading: { enabled, auto: enabled && reading.auto } })}>
        {t('reading.settings.enabled')}
      </Checkbox>
      <Checkbox isSelected={reading.auto} isDisabled={!reading.enabled} onChange={(auto) => change({ reading: { ...reading, auto } })}>
        {t('reading.settings.auto')}
      </Checkbox>
      <p className={styles.hint}>{t('reading.settings.languages')}</p>
      {status?.installed === false ? <p className={styles.problem}>{t('reading.absent')}</p> : null}
      {status?.installed ? (
        <div className={styles.row}>
          <Button isDisabled={start.isPending || start.isSuccess || status.read >= status.images} onPress={() => start.mutate({})}>
            {t('reading.settings.start')}
          </Button>
          <p className={start.error ? styles.problem : styles.hint} role="status">
            {start.error
              ? errorSentence(start.error)
              : start.isSuccess
                ? t('reading.settings.started')
                : t('reading.settings.state', { read: status.read, images: status.images, withText: status.withText })}
          </p>
        </div>
      ) : null}
      <Lines
        label={t('tags.vocabulary')}
        hint={t('tags.vocabulary-about')}
        initial={vocabulary}
        isInvalid={!settingsSchema.shape.vocabulary.safeParse(vocabulary).success}
        onChange={(words) => change({ vocabulary: words })}
      />
    </>
  );
}
