/** What the open screen shows on the line above it and the line below it. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

export type SaveState =
  | { readonly kind: 'none' }
  /** `at`: time of the last commit in milliseconds since 1970. */
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'pending' }
  /** `message` is a translated sentence; `retry` is the way out. */
  | { readonly kind: 'failed'; readonly message: string; readonly retry?: () => void };
/** A hint that is no command: what a click or a drag does. Both are translated. */
export interface FootHint {
  readonly cap: string;
  readonly text: string;
}
export interface Chrome {
  /** Beside the project's name, after a slash; null for none. */
  readonly title: string | null;
  /** Where the open image stands, counted from 1. */
  readonly position: { readonly index: number; readonly total: number } | null;
  readonly saveState: SaveState;
  /** Ids of the commands that matter now, at most five, or hints. */
  readonly foot: readonly (string | FootHint)[];
  /** At the right of the foot line: counts, a sentence. Translated. */
  readonly footNote: string | null;
}

export const emptyChrome: Chrome = { title: null, position: null, saveState: { kind: 'none' }, foot: [], footNote: null };

/** A frame with nothing in it. */
export const createChrome = (): StoreApi<Chrome> => createStore<Chrome>()(() => emptyChrome);

/** This window's frame. */
export const chromeStore: StoreApi<Chrome> = createChrome();

/** Fills some of the slots; for code outside of components. */
export const setChrome = (values: Partial<Chrome>): void => chromeStore.setState(values);

/** Reads a slot and follows it. */
export const useChrome = <T>(select: (chrome: Chrome) => T): T => useStore(chromeStore, select);

/** Fills slots while the component is there and empties them after it. Pass values that stay the same object while they are the same. */
export function useChromeSlots(values: Partial<Omit<Chrome, 'saveState'>>): void {
  const { title = null, position = null, foot = emptyChrome.foot, footNote = null } = values;
  const index = position?.index;
  const total = position?.total;
  useEffect(() => {
    setChrome({ title, position: index === undefined || total === undefined ? null : { index, total }, foot, footNote });
  }, [title, index, total, foot, footNote]);
  useEffect(() => () => setChrome({ title: null, position: null, foot: [], footNote: null }), []);
}
