/** Images that came in from several files with the same bytes. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import type { Output } from '../../../shared/rpc/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import styles from './Problems.module.css';

export function Duplicates({ duplicates }: { duplicates: Output<'images.duplicates'> }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { thumbUrl } = useHost();
  if (duplicates.length === 0) return <EmptyState>{t('import.problems.duplicates-none')}</EmptyState>;
  return (
    <div className={styles.panel}>
      <p className={styles.intro}>{t('import.problems.duplicates-intro', { count: duplicates.length, n: numbers.count(duplicates.length) })}</p>
      <ul className={styles.rows}>
        {duplicates.map(({ image, names }) => (
          <li key={image.id} className={styles.row}>
            <img className={styles.thumb} src={thumbUrl(image)} alt="" loading="lazy" decoding="async" />
            <ul className={styles.list} data-selectable>
              {names.map((name) => (
                <li key={name} className={styles.file}>
                  <span className={styles.name}>{name}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
