import type { Comment } from '../../../../shared/domain/model.ts';

/** Comments that are open and begin a thread: each is pinned to a row. */
export const openPins = (comments: readonly Comment[]): readonly Comment[] => comments.filter((row) => row.replyTo === undefined && row.resolved !== true);

/** Brings the comment into view beside the work and puts the focus on it. */
export function goToComment(id: string): void {
  const thread = document.querySelector<HTMLElement>(`[data-comment="${CSS.escape(id)}"]`);
  thread?.scrollIntoView({ block: 'nearest' });
  thread?.querySelector('button')?.focus();
}
