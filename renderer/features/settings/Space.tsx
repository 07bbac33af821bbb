/** How much room a project's tiles and renditions take, and how much they may. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { Select } from '../../ui/Select.tsx';
import styles from './SettingsDialog.module.css';

const GB = 1_000_000_000;
const CHOICES = [1, 2, 5, 10, 20, 50, 100, 500];

/** Of the open project; nothing in a browser, whose person does not own the disk. */
export function Space(): ReactElement | null {
  const { desktop } = useHost();
  const { data: project } = useQueryMethod('project.current', {});
  return desktop && project && project.id !== null ? <SpaceRow /> : null;
}

function SpaceRow(): ReactElement | null {
  const { t } = useTranslation();
  const { bytes } = useNumbers();
  const { data, refetch } = useQueryMethod('media.space', {}, { staleTime: 0 });
  const setLimit = useCommandMethod('media.setLimit');
  const free = useCommandMethod('media.free');
  const [freed, setFreed] = useState<number | null>(null);
  if (!data) return null;
  const choices = [...new Set([...CHOICES, data.limitBytes / GB])].sort((a, b) => a - b);
  const problem = setLimit.error ?? free.error;
  return (
    <div data-space>
      <div className={styles.row}>
        <span className={styles.name}>{t('space.title')}</span>
        <Select
          label={t('space.limit')}
          labelHidden
          value={String(data.limitBytes / GB)}
          options={choices.map((size) => ({ value: String(size), text: t('space.at-most', { size: bytes(size * GB) }) }))}
          onChange={(value) => setLimit.mutate({ limitBytes: Math.round(Number(value) * GB) }, { onSuccess: () => void refetch() })}
        />
      </div>
      <div className={styles.row}>
        <p className={styles.spelling} role="status">
          {problem
            ? errorSentence(problem)
            : freed === null
              ? t('space.now', { size: bytes(data.sizeBytes) })
              : t('space.freed', { freed: bytes(freed), size: bytes(data.sizeBytes) })}
        </p>
        <Button
          isDisabled={free.isPending || data.sizeBytes === 0}
          onPress={() =>
            free.mutate(
              {},
              {
                onSuccess: ({ freedBytes }) => {
                  setFreed(freedBytes);
                  void refetch();
                },
              },
            )
          }
        >
          {t('space.free')}
        </Button>
      </div>
    </div>
  );
}
