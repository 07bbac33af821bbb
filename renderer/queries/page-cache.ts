/** Windows of a long list, kept while they are near what is on the screen, so that a grid over 100,000 images holds a few hundred in memory. */

export interface PageResult<T> {
  readonly total: number;
  readonly items: readonly T[];
}
export interface PageCacheOptions<T> {
  load(offset: number, limit: number, signal: AbortSignal): Promise<PageResult<T>>;
  /** Items a page; one round trip of a page should take less than a frame or two. */
  readonly pageSize?: number;
  /** Pages kept, the least recently wanted go first. */
  readonly capacity?: number;
  /** Requests under way at once; one more than one, so that the core is never idle while the next answer is read. */
  readonly parallel?: number;
  /** What was asked for and didn't come; cancelled requests are not reported. */
  onError?(error: unknown): void;
}
export interface PageCache<T> {
  readonly pageSize: number;
  /** Length of the whole list; null until the first page has come. */
  readonly total: number | null;
  get(index: number): T | undefined;
  /** Items `first` to `last` (inclusive) are on the screen; `direction` is where the scroll is going. Loads them, then what comes next. */
  want(first: number, last: number, direction: -1 | 0 | 1): void;
  /** Everything is to be read again; what is there stays shown until its replacement comes. */
  invalidate(): void;
  /** Loaded items in a range that are at hand, by their index. */
  entries(): IterableIterator<readonly [index: number, item: T]>;
  subscribe(listener: () => void): () => void;
  /** Changes whenever `get` or `total` may answer differently. */
  version(): number;
  close(): void;
}

interface Page<T> {
  items: readonly T[];
  /** Generation in which it was read; older ones are shown, but read again when wanted. */
  generation: number;
}

/** Pages wanted for a visible range, in the order in which they should come: visible, ahead, then one behind. */
export function wantedPages(first: number, last: number, direction: -1 | 0 | 1, pageSize: number, total: number | null): number[] {
  // Before the length is known nothing is fetched ahead: the list may end right here.
  const end = total === null ? Math.floor(Math.max(0, last) / pageSize) : Math.max(0, Math.ceil(total / pageSize) - 1);
  const from = Math.min(end, Math.max(0, Math.floor(first / pageSize)));
  const to = Math.min(end, Math.max(from, Math.floor(last / pageSize)));
  const pages: number[] = [];
  for (let page = from; page <= to; page++) pages.push(page);
  if (total === null) return pages;
  const ahead = direction < 0 ? [from - 1, from - 2, to + 1] : [to + 1, to + 2, from - 1];
  for (const page of ahead) if (page >= 0 && page <= end) pages.push(page);
  return pages;
}

export function createPageCache<T>(options: PageCacheOptions<T>): PageCache<T> {
  const pageSize = options.pageSize ?? 100;
  const capacity = options.capacity ?? 24;
  const parallel = options.parallel ?? 2;
  /** Insertion order is the order of use: the first one goes first. */
  const pages = new Map<number, Page<T>>();
  const running = new Map<number, AbortController>();
  const listeners = new Set<() => void>();
  let wanted: number[] = [0];
  let visible: { first: number; last: number; direction: -1 | 0 | 1 } = { first: 0, last: 0, direction: 0 };
  let total: number | null = null;
  let generation = 0;
  let version = 0;
  let closed = false;

  const changed = () => {
    version++;
    for (const listener of listeners) listener();
  };
  const isFresh = (page: number) => pages.get(page)?.generation === generation;
  const touch = (index: number) => {
    const page = pages.get(index);
    if (!page) return;
    pages.delete(index);
    pages.set(index, page);
  };
  const evict = () => {
    for (const index of pages.keys()) {
      if (pages.size <= capacity) return;
      if (!wanted.includes(index)) pages.delete(index);
    }
  };
  const accept = (index: number, result: PageResult<T>, made: number) => {
    const before = total;
    total = result.total;
    pages.delete(index);
    if (index * pageSize < total || index === 0) pages.set(index, { items: result.items, generation: made });
    if (before !== null && total < before) for (const page of pages.keys()) if (page > 0 && page * pageSize >= total) pages.delete(page);
    evict();
    if (before !== total) wanted = wantedPages(visible.first, visible.last, visible.direction, pageSize, total);
  };
  const load = async (index: number) => {
    const abort = new AbortController();
    const made = generation;
    running.set(index, abort);
    let result: PageResult<T> | null = null;
    try {
      result = await options.load(index * pageSize, pageSize, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) {
        running.delete(index);
        // Left out until something changes or it is scrolled to again; trying at once would only ask a failing core faster.
        wanted = wanted.filter((page) => page !== index);
        options.onError?.(error);
      }
    }
    if (abort.signal.aborted || closed) return;
    running.delete(index);
    if (result) {
      accept(index, result, made);
      changed();
    }
    pump();
  };
  const pump = () => {
    if (closed) return;
    // What a quick scroll passed by is let to finish: the few that run bound the work of the core, where aborting would start two new ones every frame.
    for (const page of wanted) {
      if (running.size >= parallel) return;
      if (!isFresh(page) && !running.has(page)) void load(page);
    }
  };
  return {
    pageSize,
    get total() {
      return total;
    },
    get: (index) => pages.get(Math.floor(index / pageSize))?.items[index % pageSize],
    want(first, last, direction) {
      visible = { first, last, direction };
      wanted = wantedPages(first, last, direction, pageSize, total);
      for (const page of [...wanted].reverse()) touch(page);
      pump();
    },
    invalidate() {
      generation++;
      for (const abort of running.values()) abort.abort();
      running.clear();
      wanted = wantedPages(visible.first, visible.last, visible.direction, pageSize, total);
      pump();
    },
    *entries() {
      for (const [page, { items }] of pages) for (const [at, item] of items.entries()) yield [page * pageSize + at, item] as const;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
    close() {
      closed = true;
      for (const abort of running.values()) abort.abort();
      running.clear();
      listeners.clear();
    },
  };
}
