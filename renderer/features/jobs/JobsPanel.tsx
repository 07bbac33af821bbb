/** Long work: how far it is, how long it takes, and the ways to stop it or go on. */
import { CircleAlert, CircleCheck, CirclePause, CircleX } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/domain/job.ts';
import { sentenceOf, toastError } from '../../ui/errors.ts';
import { runCommand } from '../../commands/registry.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { useJobs } from '../../stores/jobs.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { toast } from '../../ui/toasts.ts';
import { cancelledSentence, progressText, resultSentence, timeLeft } from './job-texts.ts';
import styles from './JobsPanel.module.css';

const SHOWN = 12;
const icons = { running: null, done: CircleCheck, failed: CircleAlert, cancelled: CircleX, interrupted: CirclePause };

export function JobsPanel(): ReactElement {
  const { t } = useTranslation();
  const jobs = useJobs((all) => all);
  return (
    <>
      <h2 className={styles.title}>{t('jobs.title')}</h2>
      {jobs.length === 0 ? <p className={styles.none}>{t('jobs.none')}</p> : null}
      <ul>
        {jobs.slice(0, SHOWN).map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </>
  );
}

function JobRow({ job }: { job: Job }): ReactElement {
  const { t, i18n } = useTranslation();
  const name = t(`jobs.kind-${job.kind}`);
  const Icon = icons[job.state];
  const running = job.state === 'running';
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <li className={styles.job} data-state={job.state}>
      <div className={styles.head}>
        {Icon ? <Icon size={15} aria-hidden="true" className={styles.icon} /> : null}
        <span className={styles.name}>{name}</span>
        <span className={styles.when}>{running ? timeLeft(job.secondsLeft) : time.format(job.endedAt ?? job.startedAt)}</span>
      </div>
      {running ? <ProgressBar label={name} value={job.total === null ? null : job.done / Math.max(1, job.total)} /> : null}
      <div className={styles.foot}>
        <span className={styles.detail} data-selectable>
          {detail(job)}
        </span>
        <JobActions job={job} />
      </div>
    </li>
  );
  function detail(of: Job): string {
    if (of.state === 'running') return [progressText(of), of.current].filter(Boolean).join(' · ');
    if (of.state === 'failed') return of.error ? sentenceOf(of.error.key, 'internal', of.error.details, of.error.message) : t('jobs.failed');
    if (of.state === 'done') return of.result ? resultSentence(of.result) : '';
    return of.state === 'interrupted' ? t('jobs.interrupted-at', { progress: progressText(of) }) : cancelledSentence(of);
  }
}

/** A browser may look at jobs but neither stops nor resumes them: that is for the person at the core's machine. */
function JobActions({ job }: { job: Job }): ReactElement | null {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const cancel = useCommandMethod('jobs.cancel');
  const resume = useCommandMethod('jobs.resume');
  const { result } = job;
  const showProblems = () => {
    closeDialog();
    runCommand('images.problems');
  };
  if (result?.kind === 'import' && result.refused > 0) return <Button onPress={showProblems}>{t('jobs.show')}</Button>;
  if (!desktop) return null;
  if (result?.kind === 'annotations' && result.files + result.reasons.length > 0) {
    return (
      <Button
        onPress={() => {
          closeDialog();
          runCommand('import.report');
        }}
      >
        {t('jobs.show-report')}
      </Button>
    );
  }
  if (job.state === 'running') {
    return (
      <Button isDisabled={cancel.isPending} onPress={() => cancel.mutate({ jobId: job.id }, { onError: toastError })}>
        {t('app.cancel')}
      </Button>
    );
  }
  if (canResume(job)) {
    return (
      <>
        {job.kind === 'export' && job.done > 0 ? <DiscardButton jobId={job.id} /> : null}
        <Button isDisabled={resume.isPending} onPress={() => resume.mutate({ jobId: job.id }, { onError: toastError })}>
          {t('jobs.resume')}
        </Button>
      </>
    );
  }
  if (result?.kind === 'export') return <Button onPress={() => void desktop.reveal(result.folder)}>{t('jobs.show-folder')}</Button>;
  return null;
}

/** What a person stopped, or the machine: the parts that were finished are kept. Other failures would only come again. */
function canResume({ state, kind, error }: Job): boolean {
  if (state === 'interrupted') return true;
  if (kind !== 'export' && kind !== 'annotations' && kind !== 'import') return false;
  return state === 'cancelled' || (state === 'failed' && error?.key === 'disk-full');
}

/** Gives back the room that a stopped export keeps. */
function DiscardButton({ jobId }: { jobId: string }): ReactElement {
  const { t } = useTranslation();
  const discard = useCommandMethod('exports.discard');
  const done = ({ sizeBytes }: { sizeBytes: number }) => toast('info', t('jobs.discarded', { size: sizeText(sizeBytes) }));
  return (
    <Button isDisabled={discard.isPending} onPress={() => discard.mutate({ jobId }, { onSuccess: done, onError: toastError })}>
      {t('jobs.discard')}
    </Button>
  );
}
