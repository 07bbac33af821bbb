/** The phrase of an answer's chip, edited where it stands. The field is in the chip; nothing that happens in it is the answer's business. */
import { editPointSet } from '../../../shared/domain/authoring.ts';
import { MAX_LABEL } from '../../../shared/domain/model.ts';
import type { Editor } from '../../stores/editor.ts';
import styles from './AnswerField.module.css';

/** Asked of an answer's element by the command: edit the phrase of the chip at the caret. */
export const EDIT_PHRASE = 'pointillist-edit-phrase';
/** What would reach the answer or the app's keys on its way up. */
const OWN_EVENTS = ['beforeinput', 'input', 'compositionstart', 'compositionend', 'copy', 'cut', 'paste', 'mousedown', 'dragstart', 'drop', 'dblclick'];

export interface PhraseOptions {
  readonly editor: Editor;
  readonly chip: HTMLElement;
  readonly label: string;
  readonly phrase: string;
  readonly lang: string;
  /** Called once; `byKey`: the person ended it by a key and wants to go on writing. */
  readonly onEnd: (byKey: boolean) => void;
}

/** Opens the field in the chip. Enter and leaving it take the phrase as one step of undo, Escape leaves it as it was; an empty one is no phrase. */
export function editPhrase({ editor, chip, label, phrase, lang, onEnd }: PhraseOptions): void {
  if (chip.dataset['editing'] !== undefined) return;
  const input = document.createElement('input');
  Object.assign(input, { className: styles.phraseField, value: phrase, maxLength: MAX_LABEL, ariaLabel: label, lang, autocomplete: 'off' });
  const fit = () => input.style.setProperty('--width', `${Math.max(3, input.value.length + 1)}ch`);
  fit();
  let ended = false;
  const end = (take: boolean, byKey: boolean) => {
    if (ended) return;
    ended = true;
    const next = input.value.trim().replace(/\s+/g, ' ');
    delete chip.dataset['editing'];
    chip.draggable = true;
    input.remove();
    if (take && next !== '' && next !== phrase) {
      editor.commitTyping();
      editor.dispatch(editPointSet(editor.store.getState().doc, chip.dataset['set']!, { label: next }));
    }
    onEnd(byKey);
  };
  for (const type of OWN_EVENTS) input.addEventListener(type, (event) => event.stopPropagation());
  input.addEventListener('input', fit);
  input.addEventListener('blur', () => end(true, false));
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    // 229: the input method has this key, its Enter too.
    if (event.isComposing || event.keyCode === 229) return;
    if (!['Enter', 'Escape', 'Tab'].includes(event.key)) return;
    event.preventDefault();
    end(event.key !== 'Escape', true);
  });
  chip.dataset['editing'] = '';
  // The words of a field in something that can be dragged can't be selected with the mouse.
  chip.draggable = false;
  chip.append(input);
  input.focus();
  input.select();
}
