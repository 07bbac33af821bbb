/** Search by likeness in the gallery: its commands, and words that are ranked while one types. */
import { useEffect } from 'react';
import type { ImageFilter } from '../../../shared/domain/image.ts';
import { runCommand, useCommands } from '../../commands/registry.ts';
import { useHost } from '../../host/host.ts';
import type { ImageList, ImageLists } from '../../queries/image-list.ts';
import { leaveRanking, rankWords, showAgain, showRanked, type SimilarBy, similarStore } from '../../queries/similar.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { sessionStore } from '../../stores/session.ts';
import { toastError } from '../../ui/errors.ts';
import { sayRank } from '../../ui/say-rank.ts';
import { galleryPlace } from './gallery-place.ts';

export function useSimilarCommands(lists: ImageLists): void {
  const { client } = useHost();
  const show = async (by: Exclude<SimilarBy, { kind: 'list' }>) => sayRank(await showRanked(client, by), runCommand);
  const card = () => lists.current().get(galleryPlace.getState().focusIndex);
  useCommands(
    [
      {
        id: 'similar.like',
        title: 'similar.command.like',
        short: 'similar.command.like-short',
        section: 'gallery',
        keys: ['m'],
        enabled: () => card() !== undefined,
        run: () => {
          const { id, name } = card()!;
          return show({ kind: 'image', imageId: id, name, crop: null });
        },
      },
      { id: 'similar.outliers', title: 'similar.command.outliers', section: 'gallery', run: () => show({ kind: 'order', order: 'outliers' }) },
      { id: 'similar.different', title: 'similar.command.different', section: 'gallery', run: () => show({ kind: 'order', order: 'different' }) },
      { id: 'similar.near', title: 'similar.command.near', section: 'gallery', run: () => openDialog('near') },
      {
        id: 'similar.index',
        title: 'similar.command.index',
        section: 'gallery',
        run: async () => {
          await client.call('encoders.index', {});
        },
      },
    ],
    [client, lists],
  );
}

/** What is typed is looked for in texts at once; where the encoder knows words, what looks like them is put beside it as soon as it is ranked. */
export function useWordRanking(filter: ImageFilter, list: ImageList): void {
  const { client } = useHost();
  const text = filter.text.trim();
  useEffect(() => {
    if (similarStore.getState().by !== null) return;
    if (text === '') return leaveRanking();
    const abort = new AbortController();
    rankWords(client, text, abort.signal)
      .then((ranking) => {
        const { filter: now, set } = sessionStore.getState();
        if (!abort.signal.aborted && now.text.trim() === text) set({ filter: { ...now, ranking } });
      })
      // Full text goes on; what is wrong with the encoder is said where it is used by itself.
      .catch(() => {});
    return () => abort.abort();
  }, [client, text]);
  // Orders are kept for a session of the core only.
  const gone = list.error?.details['key'] === 'ranking-gone';
  useEffect(() => {
    if (!gone) return;
    const { by } = similarStore.getState();
    if (by === null) leaveRanking();
    else showAgain(client, by).catch(toastError);
  }, [client, gone]);
  // The order is left by taking its chip off or clearing all filters.
  useEffect(() => {
    if (filter.ranking === null && similarStore.getState().by !== null) similarStore.setState({ by: null, ranked: null });
  }, [filter.ranking]);
}
