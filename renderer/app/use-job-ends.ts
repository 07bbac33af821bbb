import i18next from 'i18next';
import { useCallback } from 'react';
import type { Job } from '../../shared/domain/job.ts';
import { runCommand } from '../commands/registry.ts';
import { useHost } from '../host/host.ts';
import { cancelledSentence, resultSentence } from '../features/jobs/job-texts.ts';
import { toast } from '../ui/toasts.ts';
import { sentenceOf, toastError } from '../ui/errors.ts';

/** Says what came of a job, with the next step where there is one. */
export function useJobEnds(): (job: Job) => void {
  const { desktop, client } = useHost();
  return useCallback(
    (job: Job) => {
      if (job.state === 'failed') {
        toast('bad', job.error ? sentenceOf(job.error.key, 'internal', job.error.details, job.error.message) : i18next.t('jobs.failed'));
        return;
      }
      if (job.state === 'cancelled') {
        toast('info', cancelledSentence(job));
        return;
      }
      if (job.state === 'interrupted') {
        const resume = () => void client.call('jobs.resume', { jobId: job.id }).catch(toastError);
        toast('warn', i18next.t(`jobs.interrupted-${job.kind}`), desktop ? { action: { text: i18next.t('jobs.resume'), run: resume } } : {});
        return;
      }
      const { result } = job;
      if (job.state !== 'done' || !result) return;
      // It began by itself, and the side list showed it until all was in: no news.
      if (result.kind === 'embed' && result.left === 0) return;
      // Whoever opens the findings has it run, and sees what comes of it there.
      if (result.kind === 'lint') return;
      const text = resultSentence(result);
      if (result.kind === 'export' && desktop) {
        toast('good', text, { action: { text: i18next.t('jobs.show-folder'), run: () => void desktop.reveal(result.folder) } });
      } else if (result.kind === 'import' && result.refused > 0) {
        toast('warn', text, { action: { text: i18next.t('jobs.show'), run: () => void runCommand('images.problems') } });
      } else if (result.kind === 'annotations' && result.reasons.length > 0 && desktop) {
        toast('good', text, { action: { text: i18next.t('jobs.show-report'), run: () => void runCommand('import.report') } });
      } else if (result.kind === 'verify' && result.problems.length > 0) {
        toast('bad', text);
      } else toast('good', text);
    },
    [desktop, client],
  );
}
