/** The filtered list of images behind the gallery. The list before stays shown until the first page of the next one is there. */
import type { ImageCard, ImageFilter } from '../../shared/domain/image.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { type AppError, toAppError } from '../../shared/rpc/errors.ts';
import { createPageCache, type PageCache } from './page-cache.ts';

/** What is on the screen now. A new object whenever anything in it changes. */
export interface ImageList {
  /** The filter the list is of; null before there is one. */
  readonly filter: ImageFilter | null;
  /** Changes with the project and the filter: another key is another list. */
  readonly key: string;
  readonly total: number | null;
  /** How long the first page took from asking to having, in milliseconds. */
  readonly tookMs: number | null;
  /** Another list was asked for and is on its way. */
  readonly pending: boolean;
  readonly error: AppError | null;
  get(index: number): ImageCard | undefined;
}
export interface ImageLists {
  /** Shows another list; `scope` is the project. Nothing happens when it is shown already. */
  show(scope: string, filter: ImageFilter): void;
  want(first: number, last: number, direction: -1 | 0 | 1): void;
  /** Reads again what is shown. */
  refresh(): void;
  /** Place of a loaded image in the shown list, or -1. */
  find(imageId: string): number;
  /** Ids from `first` to `last`, inclusive, of the shown list: from the pages at hand where they reach. */
  ids(first: number, last: number, signal?: AbortSignal): Promise<readonly string[]>;
  /** Resolves once the list that was asked for last is the one shown; at once where it is. */
  settled(): Promise<ImageList>;
  current(): ImageList;
  subscribe(listener: () => void): () => void;
}

const PAGE = 120;
/** Most ids one call brings, as the contract says. */
const ID_LIMIT = 100_000;

interface Entry {
  readonly key: string;
  readonly filter: ImageFilter;
  readonly cache: PageCache<ImageCard>;
  readonly askedAt: number;
  tookMs: number | null;
  error: AppError | null;
}

export function createImageLists(client: Pick<Client, 'call'>, now: () => number = () => performance.now()): ImageLists {
  let shown: Entry | null = null;
  let next: Entry | null = null;
  let snapshot: ImageList = { filter: null, key: '', total: null, tookMs: null, pending: false, error: null, get: () => undefined };
  const listeners = new Set<() => void>();
  const changed = () => {
    const entry = shown;
    snapshot = {
      filter: entry?.filter ?? null,
      key: entry?.key ?? '',
      total: entry?.cache.total ?? null,
      tookMs: entry?.tookMs ?? null,
      pending: next !== null,
      error: (next ?? entry)?.error ?? null,
      get: (index) => entry?.cache.get(index),
    };
    for (const listener of listeners) listener();
  };
  const open = (key: string, filter: ImageFilter): Entry => {
    const cache = createPageCache<ImageCard>({
      pageSize: PAGE,
      load: async (offset, limit, signal) => {
        const page = await client.call('images.page', { filter, offset, limit }, signal);
        return { total: page.total, items: page.images };
      },
      onError: (thrown) => {
        entry.error = toAppError(thrown);
        changed();
      },
    });
    const entry: Entry = { key, filter, cache, askedAt: now(), tookMs: null, error: null };
    cache.subscribe(() => {
      entry.error = null;
      entry.tookMs ??= now() - entry.askedAt;
      if (entry === next) {
        shown?.cache.close();
        shown = entry;
        next = null;
      }
      changed();
    });
    return entry;
  };
  return {
    show(scope, filter) {
      const key = listKey(scope, filter);
      if ((next ?? shown)?.key === key) return;
      next?.cache.close();
      next = null;
      if (shown?.key !== key) {
        // A list of another project is not shown while the new one is on its way.
        if (shown && !shown.key.startsWith(`${scope} `)) {
          shown.cache.close();
          shown = null;
        }
        next = open(key, filter);
        next.cache.want(0, 0, 0);
      }
      changed();
    },
    want: (first, last, direction) => shown?.cache.want(first, last, direction),
    refresh() {
      shown?.cache.invalidate();
      next?.cache.invalidate();
    },
    find(imageId) {
      for (const [index, card] of shown?.cache.entries() ?? []) if (card.id === imageId) return index;
      return -1;
    },
    async ids(first, last, signal) {
      const entry = shown;
      if (!entry) return [];
      const atHand: string[] = [];
      for (let index = first; index <= last; index++) {
        const card = entry.cache.get(index);
        if (!card) break;
        atHand.push(card.id);
      }
      if (atHand.length === last - first + 1) return atHand;
      const all: string[] = [];
      for (let offset = first; offset <= last; offset += ID_LIMIT) {
        const { ids } = await client.call('images.ids', { filter: entry.filter, offset, limit: Math.min(ID_LIMIT, last - offset + 1) }, signal);
        for (const id of ids) all.push(id);
      }
      return all;
    },
    settled: () =>
      new Promise((resolve) => {
        if (!snapshot.pending) return resolve(snapshot);
        const listener = () => {
          if (snapshot.pending) return;
          listeners.delete(listener);
          resolve(snapshot);
        };
        listeners.add(listener);
      }),
    current: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The key of a project's list under a filter. */
export const listKey = (scope: string, filter: ImageFilter): string => `${scope} ${filterKey(filter)}`;

/** Two filters with the same key show the same list. */
export function filterKey(filter: ImageFilter): string {
  return JSON.stringify({
    ...filter,
    text: filter.text.trim(),
    states: [...filter.states].sort(),
    has: [...filter.has].sort(),
    lacks: [...filter.lacks].sort(),
  });
}
