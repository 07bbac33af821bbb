/** What becomes of images that findings of the rules hold back, and how many there are. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { exportOptionsSchema } from '../../../shared/formats/options.ts';
import { useQueryMethod } from '../../queries/client.ts';
import type { ExportWish } from '../../stores/export-wish.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { Select } from '../../ui/Select.tsx';
import styles from './ExportDialog.module.css';

const choices = exportOptionsSchema.shape.findings.unwrap().options;

export function HeldOptions({ wish, change }: { readonly wish: ExportWish; readonly change: (values: Partial<ExportWish>) => void }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { data: held } = useQueryMethod('lint.exportHeld', { states: wish.states }, { keepPrevious: true });
  const { images = 0, open = 0 } = held ?? {};
  return (
    <div className={styles.group}>
      <Select
        label={t('export.findings.label')}
        value={wish.findings}
        options={choices.map((value) => ({ value, text: t(`export.findings.${value}`) }))}
        onChange={(findings) => change({ findings })}
      />
      <span className={styles.second}>
        {images > 0 ? t('export.findings.held', { count: images, shown: numbers.count(images) }) : t('export.findings.none')}{' '}
        {open > 0 ? t('export.findings.told', { shown: numbers.count(open) }) : ''}
      </span>
    </div>
  );
}
