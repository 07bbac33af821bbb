/** A slim line while images come in; the jobs panel has the rest. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useJobs } from '../../stores/jobs.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './GalleryScreen.module.css';

export function ImportLine(): ReactElement | null {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const job = useJobs((jobs) => jobs.find((one) => one.kind === 'import' && one.state === 'running'));
  if (!job) return null;
  const text =
    job.total === null ? t('gallery.importing-start') : t('gallery.importing-counts', { done: numbers.count(job.done), total: numbers.count(job.total) });
  return (
    <div className={styles.importing}>
      <span>{text}</span>
      <ProgressBar label={t('gallery.importing')} value={job.total === null ? null : job.done / Math.max(1, job.total)} />
      {job.secondsLeft !== null && <span>{t('gallery.time-left', { time: numbers.duration(job.secondsLeft) })}</span>}
    </div>
  );
}
