/** Whether the history of the open image is shown, and of which caption alone. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface HistoryView {
  readonly open: boolean;
  /** Only what happened to this caption; null for the whole image. */
  readonly captionId: string | null;
}
export const historyStore: StoreApi<HistoryView> = createStore<HistoryView>()(() => ({ open: false, captionId: null }));

/** Shows the history of the open image, or of one of its captions. */
export const openHistory = ({ captionId = null }: { captionId?: string | null } = {}): void => historyStore.setState({ open: true, captionId });
export const closeHistory = (): void => historyStore.setState({ open: false, captionId: null });
export const useHistoryView = <T>(select: (view: HistoryView) => T): T => useStore(historyStore, select);

/** What brings the open image, or one caption of it, back to a revision: the annotate screen's editor. */
export type Restorer = (seq: number, captionId: string | null) => Promise<boolean>;
let restorer: Restorer | null = null;

/** Names who restores; returns what takes it back. */
export function setRestorer(next: Restorer): () => void {
  restorer = next;
  return () => {
    if (restorer === next) restorer = null;
  };
}
export const restoreRevision: Restorer = async (seq, captionId) => (restorer ? restorer(seq, captionId) : false);
