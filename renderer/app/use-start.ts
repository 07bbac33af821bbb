import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ImageCard } from '../../shared/domain/image.ts';
import { showFirst } from '../features/welcome/projects.ts';
import { useDesk } from '../features/welcome/use-desk.ts';
import type { Host } from '../host/host.ts';
import { onChange, watchChanges } from '../queries/changes.ts';
import { methodKey } from '../queries/client.ts';
import { sessionStore } from '../stores/session.ts';
import { watchJobs } from '../stores/jobs.ts';
import { toastError } from '../ui/errors.ts';
import { useJobEnds } from './use-job-ends.ts';

/** A window that starts twice (StrictMode does that in development) opens its project once. */
let begun: Promise<void> | null = null;

const onProject = (listener: () => void) =>
  onChange(({ topic }) => {
    if (topic === 'project') listener();
  });

/** A window that was last at an image will be at one again: what decodes it starts beside the first questions. */
if (sessionStore.getState().annotating) void import('../canvas/decode-in-worker.ts').then(({ startDecoder }) => startDecoder());

/** Decodes the image that is shown first while React still makes the screen around it: about 100 ms of a cold start. */
function decodeFirst(host: Host, queries: QueryClient): void {
  const { route } = sessionStore.getState();
  const card = route.screen === 'annotate' ? queries.getQueryData<ImageCard>(methodKey('images.get', { imageId: route.imageId })) : undefined;
  if (card && !card.missing) void import('../features/annotate/use-bitmap.ts').then(({ decodeAhead }) => decodeAhead(host, card));
}

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
      decodeFirst(desk.host, queries);
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
