/** Puts words from outside at the caret of the field in which a person writes, as a step of their own that one undo takes back. */
import type { Editor } from '../../stores/editor.ts';
import { insertPhrase } from './write-phrase.ts';

/** Where words are to go: the field, and in an answer the place in it, which a button that is pressed takes away. */
export interface Target {
  readonly field: HTMLElement;
  readonly range: Range | null;
}

/** The field with the caret, or null where nobody writes. */
export function writingTarget(): Target | null {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || field.dataset['row'] === undefined) return null;
  const selection = getSelection();
  return { field, range: selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null };
}

/** Puts the text there and the caret behind it. */
export function insertInto(editor: Editor, { field, range }: Target, text: string): void {
  field.focus();
  if (field instanceof HTMLTextAreaElement) return insertPhrase(editor, field, text);
  if (range && field.contains(range.startContainer)) {
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
  }
  // Answers take text from outside as what is pasted.
  editor.commitTyping();
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}
