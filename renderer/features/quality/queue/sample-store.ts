/** The sample that is being judged, as long as the window is open: judging it is on another screen. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface Sample {
  readonly rankingId: string;
  /** What was drawn. */
  readonly imageIds: readonly string[];
  /** What it was drawn from. */
  readonly setIds: readonly string[];
}
const store = createStore<{ readonly sample: Sample | null }>()(() => ({ sample: null }));
export const setSample = (sample: Sample): void => store.setState({ sample });
export const dropSample = (): void => store.setState({ sample: null });
export const useSample = (): Sample | null => useStore(store, ({ sample }) => sample);
