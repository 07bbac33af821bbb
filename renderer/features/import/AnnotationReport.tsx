/** What the last import of annotations took, and what it left out and why, one reason at a time. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnnotationsResult } from '../../../shared/domain/annotation-import.ts';
import type { Key } from '../../../shared/i18n/catalogue.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { closeDialog, useDialog } from '../../stores/dialogs.ts';
import { useJobs } from '../../stores/jobs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { Select } from '../../ui/Select.tsx';
import styles from './Annotations.module.css';

const STEP = 200;
const MOST = 1000;

export function AnnotationReport(): ReactElement {
  const { t } = useTranslation();
  const isOpen = useDialog('annotation-report');
  const job = useJobs((jobs) => jobs.find(({ kind, result }) => kind === 'annotations' && result !== null));
  return (
    <Dialog isOpen={isOpen} onClose={closeDialog} title={t('annotations.report-title')} size="large">
      {job?.result?.kind === 'annotations' ? <Report key={job.id} jobId={job.id} result={job.result} /> : <p>{t('annotations.no-report')}</p>}
    </Dialog>
  );
}

function Report({ jobId, result }: { jobId: string; result: AnnotationsResult }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const n = numbers.count;
  return (
    <div className={styles.section}>
      <p>
        {t('annotations.report-summary', {
          captions: n(result.captions),
          questions: n(result.questions),
          labels: n(result.labels),
          points: n(result.points),
          images: n(result.changed),
          known: n(result.known),
        })}
      </p>
      <p className={styles.hint}>
        {t('annotations.report-images', {
          added: n(result.images.added),
          known: n(result.images.known + result.images.duplicates),
          refused: n(result.images.refused),
        })}{' '}
        {t('annotations.report-read', { rows: n(result.rows), files: n(result.files) })} {t('jobs.undo-hint')}
      </p>
      {result.units.map(({ file, unit, because }) => (
        <p key={`${file} ${unit}`} className={styles.hint}>
          {t('annotations.report-units', { file, unit: t(`annotations.unit.${unit}` as Key), because: t(`annotations.unit-because.${because}` as Key) })}
        </p>
      ))}
      {result.reasons.length === 0 ? <p>{t('annotations.report-nothing')}</p> : <Lines jobId={jobId} result={result} />}
    </div>
  );
}

function Lines({ jobId, result }: { jobId: string; result: AnnotationsResult }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const [reason, setReason] = useState('all');
  const [limit, setLimit] = useState(STEP);
  const total = result.reasons.reduce((sum, one) => (reason === 'all' || reason === one.reason ? sum + one.count : sum), 0);
  const { data } = useQueryMethod('annotations.report', { jobId, reason: reason === 'all' ? null : reason, offset: 0, limit }, { keepPrevious: true });
  const nameOf = (one: AnnotationsResult['reasons'][number]) =>
    `${t(one.isSkip ? 'annotations.left-out' : 'annotations.noted')} · ${t(`annotations.reason.${one.reason}` as Key)} (${numbers.count(one.count)})`;
  return (
    <>
      <Select
        label={t('annotations.report-filter')}
        value={reason}
        options={[{ value: 'all', text: t('annotations.report-all') }, ...result.reasons.map((one) => ({ value: one.reason, text: nameOf(one) }))]}
        onChange={(next) => {
          setReason(next);
          setLimit(STEP);
        }}
      />
      <ul className={styles.lines} data-selectable>
        {data?.lines.map((line, at) => (
          // Lines of a finished report never change their order, and two may be equal.
          <li key={at} className={styles.line}>
            <span>{t(`annotations.reason.${line.reason}` as Key)}</span>
            <span className={styles.facts}>{[line.file, line.where, line.detail].filter((part) => part !== '').join(' · ')}</span>
          </li>
        ))}
      </ul>
      {total > limit && limit < MOST && <Button onPress={() => setLimit(Math.min(MOST, limit + STEP))}>{t('annotations.show-more')}</Button>}
    </>
  );
}
