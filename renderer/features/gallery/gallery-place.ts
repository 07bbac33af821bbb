/** Where a person is in the gallery: the card with the focus and what is selected. It outlives the screen, so that coming back from an image finds it. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { noSelection, type Selection } from './selection.ts';

export interface GalleryPlace {
  /** The project all of this is about. */
  readonly projectId: string;
  /** Place in the list of the card with the focus. */
  readonly focusIndex: number;
  /** The list that the places are of; '' before there is one. */
  readonly listKey: string;
  /** The image that had the focus last; it keeps the focus when the list is sorted anew. */
  readonly focusId: string | null;
  readonly scrollTopPx: number;
  readonly selection: Selection;
  /** What is being done to many images just now, in words; null mostly. Nothing else is begun meanwhile. */
  readonly busy: string | null;
}

const start: GalleryPlace = { projectId: '', listKey: '', focusIndex: 0, focusId: null, scrollTopPx: 0, selection: noSelection, busy: null };

/** This window's place. */
export const galleryPlace: StoreApi<GalleryPlace> = createStore<GalleryPlace>()(() => start);

/** Reads a part of the place and follows it. */
export const useGalleryPlace = <T>(select: (place: GalleryPlace) => T): T => useStore(galleryPlace, select);

export const setPlace = (values: Partial<GalleryPlace>): void => galleryPlace.setState(values);

/** Another project starts at its first image. Says whether one was shown before it. */
export function enterProject(projectId: string): boolean {
  const before = galleryPlace.getState().projectId;
  if (before === projectId) return false;
  setPlace({ ...start, projectId });
  return before !== '';
}
