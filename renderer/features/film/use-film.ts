/** The whole log of an image, read page by page, as a film. */
import { useQuery } from '@tanstack/react-query';
import type { LoggedEvent } from '../../../shared/domain/events.ts';
import { createFilm, type Film } from '../../../shared/domain/film.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import type { AppError } from '../../../shared/rpc/errors.ts';
import type { FilmPage } from '../../../shared/rpc/film-methods.ts';
import { useHost } from '../../host/host.ts';

async function readAll(client: Client, imageId: string, signal: AbortSignal): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  let after: number | null = 0;
  do {
    const page: FilmPage = await client.call('film.events', { imageId, after }, signal);
    events.push(...page.events);
    after = page.next;
  } while (after !== null);
  return events;
}

/** Read once: what somebody does meanwhile is in the next showing. */
export function useFilm(imageId: string): { readonly film: Film<LoggedEvent> | undefined; readonly error: AppError | null } {
  const { client } = useHost();
  const { data, error } = useQuery<Film<LoggedEvent>, AppError>({
    queryKey: ['film', imageId],
    queryFn: async ({ signal }) => createFilm(imageId, await readAll(client, imageId, signal)),
    gcTime: 0,
    // A film is functions and documents: nothing to compare field by field.
    structuralSharing: false,
  });
  return { film: data, error };
}
