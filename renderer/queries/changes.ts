/** The one change stream of this window: it says which answers are old. */
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ChangeNotice } from '../../shared/rpc/contract.ts';
import type { Host } from '../host/host.ts';

/** `all`: the stream was away and may have missed anything. */
export type Change = ChangeNotice | { readonly topic: 'all' };

/** An import tells of every batch; lists read again at most this often. */
const GATHER_MS = 250;
const RETRY_MS = 500;

const METHODS: Readonly<Record<ChangeNotice['topic'], readonly string[]>> = {
  images: [
    'images.',
    'merge.conflicts',
    'figures.overview',
    'lint.',
    'duplicates.',
    'drafts.list',
    'exports.',
    'releases.diff',
    'edits.history',
    'audit.page',
    'film.events',
    'project.current',
  ],
  jobs: ['jobs.list', 'encoders.status', 'duplicates.', 'images.problems'],
  people: ['people.', 'app.info', 'images.facets'],
  project: [''],
  encoders: ['encoders.'],
};

const listeners = new Set<(change: Change) => void>();

/** Tells a listener of every change, at once; returns what ends it. For what is not kept in the query cache. */
export function onChange(listener: (change: Change) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Follows every change while the component is there. */
export function useChanges(listener: (change: Change) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => onChange((change) => latest.current(change)), []);
}

/** Whether an answer cached under this method is old by these topics. */
export function isStale(method: string, topics: ReadonlySet<Change['topic']>): boolean {
  if (topics.has('all')) return true;
  return [...topics].some((topic) => METHODS[topic as ChangeNotice['topic']].some((prefix) => method.startsWith(prefix)));
}

/** Watches until the signal ends it, across restarts of the core. */
export async function watchChanges(host: Host, queries: QueryClient, signal: AbortSignal): Promise<void> {
  const topics = new Set<Change['topic']>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    timer = null;
    const now = new Set(topics);
    topics.clear();
    void queries.invalidateQueries({ predicate: ({ queryKey }) => isStale(String(queryKey[0]), now) });
  };
  const tell = (change: Change) => {
    topics.add(change.topic);
    timer ??= setTimeout(flush, GATHER_MS);
    listeners.forEach((listener) => listener(change));
  };
  for (let first = true; !signal.aborted; first = false) {
    try {
      const stream = host.client.open('changes.watch', {}, signal);
      if (!first) tell({ topic: 'all' });
      for await (const notice of stream) tell(notice);
    } catch {
      // The connection is gone; the next one is waited for below.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  if (timer) clearTimeout(timer);
}
