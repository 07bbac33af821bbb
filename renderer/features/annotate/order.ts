/** Where the open image stands in the gallery's list, and which images are beside it. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ImageCard, ImageFilter } from '../../../shared/domain/image.ts';
import type { ImageState } from '../../../shared/domain/model.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { useChanges } from '../../queries/changes.ts';
import { createImageLists, type ImageList, type ImageLists } from '../../queries/image-list.ts';

export interface Order {
  readonly list: ImageList;
  readonly lists: ImageLists;
  /** Place of the open image, from 0; null until it is known. Of an image that its own edit took out of the filter: where it was. */
  readonly index: number | null;
  /** The open image is in the list. */
  readonly listed: boolean;
  readonly card: ImageCard | undefined;
  /** Id of the image so many places away, or null at the ends and where the page is still on its way. */
  beside(step: 1 | -1): Promise<string | null>;
  /** Id of the next image that still has to be done, from the top again where there is none below; null when all are done. */
  nextToDo(): Promise<string | null>;
}

const unfinished: readonly ImageState[] = ['todo', 'draft', 'returned'];
/** Of the states that the list shows, those in which an image still has to be done. */
export const toDoStates = (filter: ImageFilter): ImageState[] => unfinished.filter((state) => filter.states.length === 0 || filter.states.includes(state));
/** In a list of what was passed over, that is what there is to do. */
const isToDo = (card: ImageCard, { skipped }: ImageFilter) => unfinished.includes(card.state) && (skipped || card.skipped === null);

/** Images read at once while the next one to do is looked for. */
const LOOK_AHEAD = 200;

/** Edits change cards; the list is read again when it has been quiet for this long. */
const REFRESH_MS = 800;

/** Follows the list of `filter` around the open image. */
export function useOrder(client: Client, scope: string, filter: ImageFilter, imageId: string): Order {
  const lists = useMemo(() => createImageLists(client), [client]);
  const list = useSyncExternalStore(lists.subscribe, lists.current);
  const [place, setPlace] = useState<{ imageId: string; index: number; listed: boolean } | null>(null);
  const latest = useRef({ place, imageId, filter });
  latest.current = { place, imageId, filter };
  useEffect(() => lists.show(scope, filter), [lists, scope, filter]);

  const locate = useCallback(async () => {
    const found = lists.find(imageId);
    const known = latest.current.place;
    if (found >= 0) {
      setPlace((before) => (before?.imageId === imageId && before.index === found && before.listed ? before : { imageId, index: found, listed: true }));
      return;
    }
    const { position } = await client.call('images.position', { filter: latest.current.filter, imageId });
    if (latest.current.imageId !== imageId) return;
    if (position >= 0) setPlace({ imageId, index: position, listed: true });
    else setPlace({ imageId, index: known?.index ?? 0, listed: false });
  }, [lists, client, imageId]);
  useEffect(() => {
    locate().catch(() => {});
  }, [locate, list]);

  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useChanges((change) => {
    if (change.topic !== 'images' && change.topic !== 'all') return;
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => lists.refresh(), REFRESH_MS);
  });
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);

  // In the same render that opens the image, where its page is at hand: the next image must not wait for an effect.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- another `list` is another answer
  const found = useMemo(() => lists.find(imageId), [lists, list, imageId]);
  const current = found >= 0 ? { index: found, listed: true } : place?.imageId === imageId ? place : null;
  const index = current?.index ?? null;
  const beside = useCallback(
    async (step: 1 | -1) => {
      const at = lists.find(imageId);
      const now = at >= 0 ? { imageId, index: at, listed: true } : latest.current.place;
      if (!now || now.imageId !== imageId) return null;
      // An image that dropped out of the list left its place to the one behind it.
      const wanted = now.listed ? now.index + step : step > 0 ? now.index : now.index - 1;
      const total = lists.current().total;
      if (wanted < 0 || (total !== null && wanted >= total)) return null;
      const card = lists.current().get(wanted);
      if (card) return card.id === imageId ? null : card.id;
      const page = await client.call('images.page', { filter: latest.current.filter, offset: wanted, limit: 1 });
      return page.images[0]?.id ?? null;
    },
    [lists, client, imageId],
  );
  const nextToDo = useCallback(async () => {
    const at = lists.find(imageId);
    const now = at >= 0 ? { imageId, index: at, listed: true } : latest.current.place;
    const start = now?.imageId === imageId ? now.index + (now.listed ? 1 : 0) : 0;
    // Nearly always the next one is on a page that is here already.
    const near = lists.current().get(start);
    if (near && near.id !== imageId && isToDo(near, latest.current.filter)) return near.id;
    const look = async (from: number, to: number): Promise<string | null> => {
      for (let offset = from; offset < to; offset += LOOK_AHEAD) {
        const limit = Math.min(LOOK_AHEAD, to - offset);
        const { images } = await client.call('images.page', { filter: latest.current.filter, offset, limit });
        const found = images.find((image) => image.id !== imageId && isToDo(image, latest.current.filter));
        if (found) return found.id;
        if (images.length < limit) return null;
      }
      return null;
    };
    return (await look(start, Infinity)) ?? (await look(0, start));
  }, [lists, client, imageId]);
  const card = index === null ? undefined : list.get(index);
  return { list, lists, index, listed: current?.listed ?? true, card: card?.id === imageId ? card : undefined, beside, nextToDo };
}
