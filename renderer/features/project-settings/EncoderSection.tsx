/** Which local encoder the project uses; choosing and adding one is the encoder library's. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

export function EncoderSection({ settings, isChanged, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const { data: installed } = useQueryMethod('encoders.list', {});
  const { encoder } = settings;
  const name = installed?.find(({ id }) => id === encoder?.id)?.name ?? encoder?.id ?? null;
  const openLibrary = () => {
    closeDialog();
    runCommand('encoders.open');
  };
  return (
    <>
      <p className={styles.hint}>{t('project-settings.encoder.about')}</p>
      <p>{name === null ? t('project-settings.encoder.none') : t('project-settings.encoder.used', { name })}</p>
      {encoder ? (
        <Checkbox isSelected={encoder.autoIndex} onChange={(autoIndex) => change({ encoder: { ...encoder, autoIndex } })}>
          {t('encoders.auto-index')}
        </Checkbox>
      ) : null}
      <div className={styles.row}>
        <Button isDisabled={isChanged} onPress={openLibrary}>
          {t('encoders.command')}
        </Button>
        {isChanged ? <p className={styles.hint}>{t('project-settings.encoder.save-first')}</p> : null}
      </div>
    </>
  );
}
