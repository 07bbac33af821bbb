/** How much an export will hold, counted while one chooses. */
import type { UseQueryResult } from '@tanstack/react-query';
import i18next from 'i18next';
import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkKind } from '../../../shared/formats/format.ts';
import type { Output } from '../../../shared/rpc/client.ts';
import type { AppError } from '../../../shared/rpc/errors.ts';
import { errorSentence } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import styles from './ExportDialog.module.css';

interface ExportPreviewProps {
  readonly preview: UseQueryResult<Output<'exports.preview'>, AppError>;
  readonly noStates: boolean;
}

/** Most projects have none of these: nothing to be warned of. */
const SELDOM: ReadonlySet<WorkKind> = new Set<WorkKind>(['explanations', 'preferences']);

export function ExportPreview({ preview, noStates }: ExportPreviewProps): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  if (noStates) return <Warning text={t('export.states-none')} />;
  if (preview.error) return <Warning text={errorSentence(preview.error)} />;
  if (!preview.data) return <p className={styles.second}>{t('export.preview-busy')}</p>;
  const { images, work } = preview.data;
  const kinds = Object.keys(work) as WorkKind[];
  const nameOf = (kind: WorkKind) => t(`export.rows.${kind}`);
  if (images === 0) return <Warning text={t('export.empty')} />;
  const empty = kinds.filter((kind) => work[kind] === 0 && !SELDOM.has(kind));
  return (
    <section className={styles.preview} aria-label={t('export.preview')} aria-live="polite" aria-busy={preview.isFetching}>
      <dl className={styles.numbers}>
        <Count value={numbers.count(images)} name={t('export.preview-images', { count: images })} />
        {kinds.map((kind) => (
          <Count key={kind} value={numbers.count(work[kind]!)} name={nameOf(kind)} />
        ))}
      </dl>
      {empty.length > 0 && <Warning text={t('export.empty-tables', { what: new Intl.ListFormat(i18next.language).format(empty.map(nameOf)) })} />}
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
