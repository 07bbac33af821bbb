/** The running job on the line above, and the panel behind it. */
import type { ReactElement } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { closeDialog, openDialog, useDialog } from '../../stores/dialogs.ts';
import { useJobs } from '../../stores/jobs.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { timeLeft } from './job-texts.ts';
import { JobsPanel } from './JobsPanel.tsx';
import styles from './JobsButton.module.css';

/** Takes no place while nothing runs, is interrupted, or is looked at. */
export function JobsButton(): ReactElement | null {
  const { t } = useTranslation();
  const isOpen = useDialog('jobs');
  const running = useJobs((jobs) => jobs.find((job) => job.state === 'running'));
  const interrupted = useJobs((jobs) => jobs.some((job) => job.state === 'interrupted'));
  if (!running && !interrupted && !isOpen) return null;
  const name = running ? t(`jobs.kind-${running.kind}`) : interrupted ? t('jobs.interrupted') : t('jobs.title');
  const left = (running ? timeLeft(running.secondsLeft) : null) ?? '';
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={(open) => (open ? openDialog('jobs') : closeDialog())}>
      {/* What is seen stands in the name, in the same words: who speaks to the app says what they see. */}
      <Button className={styles.button!} aria-label={`${t('jobs.title')}: ${name} ${left}`.trim()}>
        <span className={styles.name}>{name}</span>
        {running ? (
          <>
            <span className={styles.bar}>
              <ProgressBar label={name} value={running.total === null ? null : running.done / Math.max(1, running.total)} />
            </span>{' '}
            <span>{left}</span>
          </>
        ) : null}
      </Button>
      <Popover className={styles.popover!} placement="bottom end" offset={8}>
        <Dialog className={styles.panel!} aria-label={t('jobs.title')}>
          <JobsPanel />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
