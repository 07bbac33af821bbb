/** Downloads that are under way or were cut off. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/domain/job.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { useJobs } from '../../stores/jobs.ts';
import { Button } from '../../ui/Button.tsx';
import { sentenceOf, toastError } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { sizeText } from '../../ui/size-text.ts';
import styles from './Encoders.module.css';

/** Older ones are in the list of jobs. */
const SHOWN = 3;

export function Downloads(): ReactElement | null {
  const { t } = useTranslation();
  const jobs = useJobs((all) => all);
  const downloads = jobs.filter(({ kind, state }) => kind === 'download' && state !== 'done').slice(0, SHOWN);
  if (downloads.length === 0) return null;
  return (
    <ul className={styles.cards} aria-label={t('encoders.downloads')}>
      {downloads.map((job) => (
        <DownloadRow key={job.id} job={job} />
      ))}
    </ul>
  );
}

function DownloadRow({ job }: { job: Job }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const numbers = useNumbers();
  const cancel = useCommandMethod('jobs.cancel');
  const resume = useCommandMethod('jobs.resume');
  const running = job.state === 'running';
  const amount = job.total === null ? sizeText(job.done) : t('app.position', { index: sizeText(job.done), total: sizeText(job.total) });
  const line = running
    ? [amount, job.current, job.secondsLeft === null ? null : t('encoders.time-left', { time: numbers.duration(job.secondsLeft) })].filter(Boolean).join(' · ')
    : job.error
      ? sentenceOf(job.error.key, 'internal', job.error.details, job.error.message)
      : t('encoders.download-stopped', { amount });
  return (
    <li className={styles.card}>
      <h3 className={styles.name}>{t('jobs.kind-download')}</h3>
      {running ? <ProgressBar label={t('jobs.kind-download')} value={job.total === null ? null : job.done / Math.max(1, job.total)} /> : null}
      <div className={styles.row}>
        <p className={job.state === 'failed' ? `${styles.grow} ${styles.problem}` : `${styles.grow} ${styles.second}`} data-selectable>
          {line}
        </p>
        {!desktop ? null : running ? (
          <Button isDisabled={cancel.isPending} onPress={() => cancel.mutate({ jobId: job.id }, { onError: toastError })}>
            {t('app.cancel')}
          </Button>
        ) : (
          <Button isDisabled={resume.isPending} onPress={() => resume.mutate({ jobId: job.id }, { onError: toastError })}>
            {t('jobs.resume')}
          </Button>
        )}
      </div>
    </li>
  );
}
