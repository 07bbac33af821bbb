import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { showFirst } from '../features/welcome/projects.ts';
import { useDesk } from '../features/welcome/use-desk.ts';
import { onChange, watchChanges } from '../queries/changes.ts';
import { watchJobs } from '../stores/jobs.ts';
import { toastError } from '../ui/errors.ts';
import { useJobEnds } from './use-job-ends.ts';

/** A window that starts twice (StrictMode does that in development) opens its project once. */
let begun: Promise<void> | null = null;

const onProject = (listener: () => void) =>
  onChange(({ topic }) => {
    if (topic === 'project') listener();
  });

/** Opens what the window shows first, and follows changes and jobs from then on. True once a screen can show. */
export function useStart(): boolean {
  const desk = useDesk();
  const queries = useQueryClient();
  const onJobEnd = useJobEnds();
  const [started, setStarted] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    begun ??= showFirst(desk).catch(toastError);
    void begun.then(() => {
      if (!abort.signal.aborted) setStarted(true);
    });
    void watchChanges(desk.host, queries, abort.signal);
    void watchJobs({ host: desk.host, onEnd: onJobEnd, onProject, signal: abort.signal });
    return () => abort.abort();
    // Only once: the streams outlive a change of language.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return started;
}
