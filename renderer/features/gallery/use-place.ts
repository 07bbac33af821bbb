/** Keeps a person where they are: on their image while the list changes around it, and on the image they come back from. */
import { useCallback, useEffect, useState } from 'react';
import type { ImageFilter } from '../../../shared/domain/image.ts';
import { useHost } from '../../host/host.ts';
import { type ImageList, type ImageLists, listKey } from '../../queries/image-list.ts';
import { sessionStore } from '../../stores/session.ts';
import { cleared } from './filter.ts';
import { enterProject, galleryPlace, setPlace } from './gallery-place.ts';
import { noSelection } from './selection.ts';

/** Coming back from an image, that image has the focus and is in view, wherever it stands in the list by now. */
export function useReturn(projectId: string | null, filter: ImageFilter): { reveal: number; revealNow: () => void } {
  const { client } = useHost();
  const [reveal, setReveal] = useState(0);
  const revealNow = useCallback(() => setReveal((count) => count + 1), []);
  useEffect(() => {
    if (projectId === null) return;
    const { lastImage, set } = sessionStore.getState();
    // Labels and people of one project mean nothing in another.
    if (enterProject(projectId)) return set({ filter: cleared(filter) });
    const imageId = lastImage[projectId];
    if (imageId === undefined) return;
    const abort = new AbortController();
    client
      .call('images.position', { filter, imageId }, abort.signal)
      .then(({ position }) => {
        if (position < 0) return;
        setPlace({ focusIndex: position, focusId: imageId, listKey: listKey(projectId, filter) });
        revealNow();
      })
      // Nothing to go back to, then: the list is shown where it was.
      .catch(() => {});
    return () => abort.abort();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once a visit, with the filter at that time
  }, [client, projectId]);
  return { reveal, revealNow };
}

/** The focus stays on its image while images come and go around it; another list starts at its first image with nothing selected. */
export function useStayOnImage(list: ImageList, lists: ImageLists): void {
  useEffect(() => {
    if (list.total === null || list.pending) return;
    const place = galleryPlace.getState();
    if (place.listKey !== list.key) {
      const first = place.listKey === '' ? {} : { focusIndex: 0, focusId: list.get(0)?.id ?? null, selection: noSelection };
      return setPlace({ listKey: list.key, ...first });
    }
    const there = list.get(place.focusIndex);
    if (there && there.id === place.focusId) return;
    const found = place.focusId === null ? -1 : lists.find(place.focusId);
    if (found >= 0) setPlace({ focusIndex: found });
    else if (there) setPlace({ focusId: there.id });
  }, [list, lists]);
}
