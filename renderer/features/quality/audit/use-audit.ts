/** The audit page by page, as far as it was scrolled. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AuditFilter, AuditLine, AuditPage } from '../../../../shared/domain/audit.ts';
import type { Client } from '../../../../shared/rpc/client.ts';
import type { AppError } from '../../../../shared/rpc/errors.ts';
import { useHost } from '../../../host/host.ts';

const PAGE = 200;
/** No more lines than this go into a file: about 10 MB. */
export const MOST_SAVED = 50_000;

export interface Audit {
  readonly lines: readonly AuditLine[];
  /** Nothing is beyond these lines. */
  readonly isWhole: boolean;
  /** The log is being looked through. */
  readonly isLooking: boolean;
  readonly error: AppError | null;
  readonly more: () => void;
}

/** Reads on by itself until there is something to show: a page of a rare filter may be empty without being the last. */
async function nextLines(client: Client, filter: AuditFilter, below: number | null, limit: number, signal?: AbortSignal): Promise<AuditPage> {
  let page = await client.call('audit.page', { filter, below, limit }, signal);
  while (page.lines.length === 0 && page.next !== null) page = await client.call('audit.page', { filter, below: page.next, limit }, signal);
  return page;
}

export function useAudit(filter: AuditFilter): Audit {
  const { client } = useHost();
  const pages = useInfiniteQuery<AuditPage, AppError, { pages: AuditPage[] }, readonly [string, AuditFilter, string], number | null>({
    // Apart from a single page's key: what is kept under it has another form.
    queryKey: ['audit.page', filter, 'all'],
    queryFn: ({ pageParam, signal }) => nextLines(client, filter, pageParam, PAGE, signal),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage } = pages;
  const lines = useMemo(() => data?.pages.flatMap((page) => page.lines) ?? [], [data]);
  return {
    lines,
    isWhole: data !== undefined && !hasNextPage,
    isLooking: isFetchingNextPage || (isFetching && data === undefined),
    error,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
  };
}

/** Everything that the filter leaves, at most `MOST_SAVED` lines. */
export async function collectAudit(client: Client, filter: AuditFilter): Promise<{ lines: readonly AuditLine[]; isWhole: boolean }> {
  const lines: AuditLine[] = [];
  let below: number | null = null;
  do {
    const page: AuditPage = await nextLines(client, filter, below, 500);
    lines.push(...page.lines);
    below = page.next;
  } while (below !== null && lines.length < MOST_SAVED);
  return { lines: lines.slice(0, MOST_SAVED), isWhole: below === null && lines.length <= MOST_SAVED };
}
