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
