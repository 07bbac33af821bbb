/** How many of the project's images the encoder has looked at, with a way to pause and to go on. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { useJobs } from '../../stores/jobs.ts';
import { Button } from '../../ui/Button.tsx';
import { toastError } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './Encoders.module.css';

export function IndexLine({ encoderId }: { encoderId: string }): ReactElement | null {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const numbers = useNumbers();
  const { data: status } = useQueryMethod('encoders.status', {});
  const job = useJobs((jobs) => jobs.find(({ kind, state }) => kind === 'embed' && state === 'running'));
  const start = useCommandMethod('encoders.index');
  const pause = useCommandMethod('jobs.cancel');
  if (!status || status.encoder !== encoderId || status.total === 0) return null;
  const left = job?.secondsLeft ?? null;
  // The job counts what it began with; the status is read again when it ends.
  const done = job?.total ? Math.max(status.indexed, status.total - (job.total - job.done)) : status.indexed;
  const words = [
    t('encoders.indexed', { done: numbers.count(done), total: numbers.count(status.total) }),
    ...(left === null ? [] : [t('encoders.time-left', { time: numbers.duration(left) })]),
  ].join(' · ');
  return (
    <div className={styles.row}>
      <div className={styles.index}>
        <p className={styles.second}>{words}</p>
        <ProgressBar label={t('jobs.kind-embed')} value={done / status.total} />
      </div>
      {job && desktop ? (
        <Button isDisabled={pause.isPending} onPress={() => pause.mutate({ jobId: job.id }, { onError: toastError })}>
          {t('encoders.pause')}
        </Button>
      ) : null}
      {!job && status.indexed < status.total ? (
        <Button isDisabled={start.isPending} onPress={() => start.mutate({}, { onError: toastError })}>
          {t(status.indexed === 0 ? 'encoders.index-all' : 'encoders.index-rest')}
        </Button>
      ) : null}
    </div>
  );
}
