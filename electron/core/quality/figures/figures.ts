/** Keeps the figures of the open project true: behind people's edits, while nobody edits, and when somebody looks. */
import type { Database } from 'better-sqlite3';
import type { DashboardFigures, FigureFilter, FigureItems } from '../../../../shared/domain/figures.ts';
import { itemsBehind } from './items.ts';
import { readFigures } from './overview.ts';
import { settle, staleImages } from './store.ts';

export interface Figures {
  /** An image changed: once nobody edits any more, its figures are worked out again. */
  changed(): void;
  overview(filter: FigureFilter, signal: AbortSignal): Promise<DashboardFigures>;
  /** Keeps a list of the images behind a figure, which a filter can name. */
  items(what: FigureItems): { rankingId: string; count: number };
  close(): void;
}

/** Nobody edited for so long. */
const IDLE_MS = 2000;
/** Who looks at figures waits no longer for changed images; what is left then is told as pending. */
const PATIENCE_MS = 120;

/** `background`: work also while nobody looks. */
export function createFigures(db: Database, background: boolean, log: (message: string, thrown: unknown) => void): Figures {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  function catchUp(): Promise<void> {
    running ??= settle(db, () => timer === null).finally(() => (running = null));
    return running;
  }
  function later(): void {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      catchUp().catch((thrown: unknown) => log('figures', thrown));
    }, IDLE_MS);
    timer.unref();
  }
  if (background) later();
  return {
    changed: () => background && later(),
    async overview(filter, signal) {
      if (timer) clearTimeout(timer);
      timer = null;
      const work = catchUp();
      await Promise.race([work, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
      return { ...(await readFigures(db, filter, signal)), pending: staleImages(db) };
    },
    items: (what) => itemsBehind(db, what),
    close: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
