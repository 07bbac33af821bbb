/** Whether a person is writing in the page: then keys that write a letter are no commands, and their caps must not say so. */
import { useSyncExternalStore } from 'react';
import { FLOATING, TEXT_FIELD } from './keyboard.ts';

/** Fields of dialogs and of the palette are left out: what is shown there is about the page behind, where the person goes back to. */
function isWriting(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLElement && at.matches(TEXT_FIELD) && at.closest(FLOATING) === null;
}
function subscribe(listener: () => void): () => void {
  // A field that is taken away says nothing of its focus; what gets it next does.
  document.addEventListener('focusin', listener);
  document.addEventListener('focusout', listener);
  return () => {
    document.removeEventListener('focusin', listener);
    document.removeEventListener('focusout', listener);
  };
}

/** Follows a fact that depends on whether somebody writes; what stays the same renders nothing. */
export const useWriting = <T extends string | boolean | undefined>(fact: (writing: boolean) => T): T =>
  useSyncExternalStore(subscribe, () => fact(isWriting()));
