/** The part of the side list that goes by likeness: near-duplicates, outliers, and how far the encoder has looked. */
import { Pause, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../../commands/registry.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { useSimilar } from '../../queries/similar.ts';
import { useJobs } from '../../stores/jobs.ts';
import { Button } from '../../ui/Button.tsx';
import { toastError } from '../../ui/errors.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './SideList.module.css';

export function SimilarChoices(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { data: near } = useQueryMethod('duplicates.groups', { offset: 0, limit: 1 });
  const by = useSimilar((state) => state.by);
  const choice = (text: string, on: boolean, command: string, count?: number) => (
    <button type="button" className={styles.choice} aria-pressed={on} onClick={() => void runCommand(command)}>
      <span className={styles.text}>{text}</span>
      <span className={styles.count}>{count === undefined ? '' : numbers.count(count)}</span>
    </button>
  );
  const order = by?.kind === 'order' ? by.order : null;
  return (
    <>
      <section className={styles.group}>
        <h2 className={styles.heading}>{t('similar.group')}</h2>
        {choice(t('similar.near'), false, 'similar.near', near?.foundAt === null ? undefined : near?.total)}
        {choice(t('similar.outliers'), order === 'outliers', 'similar.outliers')}
        {choice(t('similar.different'), order === 'different', 'similar.different')}
      </section>
      <IndexNote />
    </>
  );
}

function IndexNote(): ReactElement | null {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { desktop } = useHost();
  const { data: status } = useQueryMethod('encoders.status', {});
  const job = useJobs((jobs) => jobs.find(({ kind, state }) => kind === 'embed' && state === 'running'));
  const start = useCommandMethod('encoders.index');
  const pause = useCommandMethod('jobs.cancel');
  if (!status || status.total === 0) return null;
  if (status.encoder === null) {
    return (
      <section className={styles.encoder}>
        <h2 className={styles.heading}>{t('similar.encoder')}</h2>
        <Button variant="quiet" onPress={() => void runCommand('encoders.open')}>
          {t('similar.get-encoder')}
        </Button>
      </section>
    );
  }
  const done = job?.total ? Math.max(status.indexed, status.total - (job.total - job.done)) : status.indexed;
  if (!job && done >= status.total) return null;
  const percent = Math.floor((done / status.total) * 100);
  return (
    <section className={styles.encoder}>
      <h2 className={styles.heading}>{t('similar.encoder')}</h2>
      <div className={styles.index}>
        <span className={styles.text}>{t(job ? 'similar.indexing' : 'similar.indexed', { percent })}</span>
        <span className={styles.count}>{job && job.secondsLeft !== null ? numbers.duration(job.secondsLeft) : ''}</span>
        {job && desktop ? (
          <IconButton label={t('similar.pause')} onPress={() => pause.mutate({ jobId: job.id }, { onError: toastError })}>
            <Pause size={14} aria-hidden />
          </IconButton>
        ) : null}
        {job ? null : (
          <IconButton label={t(done === 0 ? 'similar.index' : 'similar.index-go-on')} onPress={() => start.mutate({}, { onError: toastError })}>
            <Play size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      <ProgressBar label={t('jobs.kind-embed')} value={done / status.total} />
    </section>
  );
}
