/** How much an export will hold, counted while one chooses, on one line beside the button. */
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

interface ExportCountsProps {
  readonly preview: UseQueryResult<Output<'exports.preview'>, AppError>;
  readonly noStates: boolean;
}

/** Most projects have none of these: nothing to be warned of. */
const SELDOM: ReadonlySet<WorkKind> = new Set<WorkKind>(['explanations', 'preferences']);

export function ExportCounts({ preview, noStates }: ExportCountsProps): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  if (noStates) return <Warning text={t('export.states-none')} />;
  if (preview.error) return <Warning text={errorSentence(preview.error)} />;
  if (!preview.data) return <p className={styles.counts}>{t('export.preview-busy')}</p>;
  const { images, work, validation, unknown } = preview.data;
  const kinds = Object.keys(work) as WorkKind[];
  const nameOf = (kind: WorkKind, count = 0) => t(`export.rows.${kind}`, { count });
  if (unknown > 0) return <Warning text={t('export.list-unknown', { count: unknown, shown: numbers.count(unknown) })} />;
  if (images === 0) return <Warning text={t('export.empty')} />;
  const empty = kinds.filter((kind) => work[kind] === 0 && !SELDOM.has(kind));
  const filled = kinds.filter((kind) => work[kind]! > 0);
  return (
    <section className={styles.counts} aria-label={t('export.preview')} aria-live="polite" aria-busy={preview.isFetching} data-testid="export-counts">
      <span>
        <b>{numbers.count(images)}</b> {t('export.preview-images', { count: images })}{' '}
        <span className={styles.second}>{t('export.split-counts', { train: numbers.count(images - validation), validation: numbers.count(validation) })}</span>
      </span>
      {filled.map((kind) => (
        <span key={kind} data-kind={kind}>
          <b>{numbers.count(work[kind]!)}</b> {nameOf(kind, work[kind])}
        </span>
      ))}
      {empty.length > 0 && (
        <span className={styles.none}>
          {t('export.empty-tables', { what: new Intl.ListFormat(i18next.language).format(empty.map((kind) => nameOf(kind))) })}
        </span>
      )}
    </section>
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
