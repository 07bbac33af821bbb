/** What of review is open on the annotate screen. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Pin } from '../../../../shared/domain/review.ts';

interface ReviewState {
  /** What the comment is pinned to that is being written. */
  readonly pin: Pin | null;
  /** The box that asks for the reason is open. */
  readonly returning: boolean;
}
const none: ReviewState = { pin: null, returning: false };
export const reviewStore = createStore<ReviewState>()(() => none);
export const setReview = (values: Partial<ReviewState>): void => reviewStore.setState(values);
/** Another image. */
export const resetReview = (): void => reviewStore.setState(none);
export const useReview = <T>(select: (state: ReviewState) => T): T => useStore(reviewStore, select);
