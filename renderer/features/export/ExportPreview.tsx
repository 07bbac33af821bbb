/** How much an export will hold, counted while one chooses. */
import type { UseQueryResult } from '@tanstack/react-query';
import i18next from 'i18next';
import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../shared/rpc/client.ts';
import type { AppError } from '../../../shared/rpc/errors.ts';
import { errorSentence } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import styles from './ExportDialog.module.css';

interface ExportPreviewProps {
  readonly preview: UseQueryResult<Output<'exports.preview'>, AppError>;
  readonly noStates: boolean;
}

/** Tables are named by their file; the known ones have a name for people. */
/** Most projects have none of these: nothing to be warned of. */
const SELDOM: ReadonlySet<string> = new Set(['point-explanations', 'preference-pairs']);
const tableName = (table: string): string => (i18next.exists(`export.rows.${table}`) ? i18next.t(`export.rows.${table}` as 'export.rows.cap') : table);

export function ExportPreview({ preview, noStates }: ExportPreviewProps): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  if (noStates) return <Warning text={t('export.states-none')} />;
  if (preview.error) return <Warning text={errorSentence(preview.error)} />;
  if (!preview.data) return <p className={styles.second}>{t('export.preview-busy')}</p>;
  const { images, rows } = preview.data;
  if (images === 0) return <Warning text={t('export.empty')} />;
  const empty = Object.keys(rows).filter((table) => rows[table] === 0 && !SELDOM.has(table));
  return (
    <section className={styles.preview} aria-label={t('export.preview')} aria-live="polite" aria-busy={preview.isFetching}>
      <dl className={styles.numbers}>
        <Count value={numbers.count(images)} name={t('export.preview-images', { count: images })} />
        {Object.entries(rows).map(([table, count]) => (
          <Count key={table} value={numbers.count(count)} name={tableName(table)} />
        ))}
      </dl>
      {empty.length > 0 && <Warning text={t('export.empty-tables', { what: new Intl.ListFormat(i18next.language).format(empty.map(tableName)) })} />}
    </section>
  );
}

function Count({ value, name }: { value: string; name: string }): ReactElement {
  return (
    <div className={styles.number}>
      <dt className={styles.second}>{name}</dt>
      <dd className={styles.value}>{value}</dd>
    </div>
  );
}

function Warning({ text }: { text: string }): ReactElement {
  return (
    <p className={styles.warning} role="status">
      <TriangleAlert size={15} aria-hidden />
      {text}
    </p>
  );
}
