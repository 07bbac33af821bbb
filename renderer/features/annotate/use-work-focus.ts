import { useEffect } from 'react';
import { useAnnotate, useEditor } from './context.ts';
import { openPair } from './question-actions.ts';
import { screenStore, type Tab } from './screen-state.ts';

/** The first field of the open tab. */
export const firstField = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>(`[data-work='${screenStore.getState().tab}'] textarea`);
export const focusStage = (): void => document.querySelector<HTMLElement>('[data-stage]')?.focus();

/** Puts the focus where the work of a tab goes on, when the tab or another image opens: nobody should have to click into a field first. */
export function useWorkFocus(tab: Tab): void {
  const { editor, fields } = useAnnotate();
  const ready = useEditor((state) => (state.status === 'ready' ? state.imageId : null));
  useEffect(() => {
    if (ready === null) return;
    const at = document.activeElement;
    // A key that opened the tab may have put it into a field of it already. The tab before may be there for a moment more.
    if (at instanceof HTMLElement && at.closest(`[data-work='${tab}']`) && at.matches('textarea, input, [contenteditable]')) return;
    if (tab === 'points') {
      if (screenStore.getState().labelField === null) focusStage();
      else document.querySelector<HTMLElement>(`[data-work='points'] input`)?.focus();
    } else if (tab === 'questions' && editor.store.getState().doc.thread.length === 0) openPair(fields);
    else firstField()?.focus();
  }, [tab, ready, editor, fields]);
}
