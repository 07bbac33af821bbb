/** Puts a phrase into a field where people write, as an undo step of its own. */
import { setText } from '../../../shared/domain/authoring.ts';
import { MAX_TEXT } from '../../../shared/domain/model.ts';
import type { TextOp } from '../../../shared/domain/ops.ts';
import type { Editor } from '../../stores/editor.ts';

/** Replaces the text of a field whose row exists; false where it does not, or where the text would be too long. */
export function replaceText(editor: Editor, field: HTMLTextAreaElement, kind: TextOp['kind'], id: string, text: string, caret: number): boolean {
  if (text.length > MAX_TEXT) return false;
  editor.commitTyping();
  const ops = setText(editor.store.getState().doc, kind, id, text);
  if (ops.length === 0) return false;
  editor.noteText(id, 'typed', field.value, text);
  editor.dispatch(ops);
  field.value = text;
  field.setSelectionRange(caret, caret);
  return true;
}

/** Puts a phrase at the caret of a field, in the place of what is selected there. Not into a field that an answer's points are part of. */
export function insertPhrase(editor: Editor, field: HTMLTextAreaElement, phrase: string): void {
  const { selectionStart, selectionEnd, value } = field;
  const { writes: kind, row: id } = field.dataset;
  if ((kind !== 'caption' && kind !== 'turn') || id === undefined) return;
  const text = value.slice(0, selectionStart) + phrase + value.slice(selectionEnd);
  const caret = selectionStart + phrase.length;
  if (!replaceText(editor, field, kind, id, text, caret)) {
    // Its row is yet to be made, by its first text.
    field.value = text;
    field.setSelectionRange(caret, caret);
  }
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
