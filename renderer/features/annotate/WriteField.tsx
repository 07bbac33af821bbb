/**
 * Where people write. The text lives in the element and in the editor, not in React: a key in a long caption renders nothing.
 * While an input method composes, nothing is taken: what it shows is not text yet.
 */
import { type KeyboardEvent, type ReactElement, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_TEXT } from '../../../shared/domain/model.ts';
import { expandAt, expandTyped, type Expansion } from '../../../shared/text/snippets.ts';
import { useSession } from '../../stores/session.ts';
import { useAnnotate } from './context.ts';
import { useProjectSettings } from './project-settings.ts';
import { textLanguage } from './text-language.ts';
import { replaceText } from './write-phrase.ts';
import styles from './WriteField.module.css';

export interface WriteFieldProps {
  readonly kind: 'caption' | 'turn';
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly tall?: boolean;
  /** Makes the row with its first text; the field stands there before its row does. */
  readonly create: (text: string) => void;
  /** Told of the text at every key, for counts. */
  readonly onText?: (text: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly describedBy?: string;
}

/** Ways of writing that may end a snippet's key; pasting, deleting and undoing never do. */
const WRITES = new Set(['insertText', 'insertLineBreak', 'insertParagraph']);

/** Text that comes from elsewhere as a whole. */
const PASTES = new Set(['insertFromPaste', 'insertFromDrop', 'insertFromYank', 'insertFromPasteAsQuotation']);

/** Where an offset of `before` is in `after`, which differ in one place. */
export function followCaret(before: string, after: string, caret: number): number {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  return caret <= start ? caret : Math.max(start, Math.min(after.length, caret + after.length - before.length));
}

export function WriteField({ kind, id, label, placeholder, tall = false, create, onText, onKeyDown, describedBy }: WriteFieldProps): ReactElement {
  const { editor, fields } = useAnnotate();
  const area = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  /** What the field held when something was last taken from it: what is new since came by the key that is taken now. */
  const shown = useRef('');
  const { i18n } = useTranslation();
  const { snippets } = useProjectSettings();
  const checksSpelling = useSession((session) => session.checksSpelling);
  const latest = useRef({ create, onText });
  useEffect(() => {
    latest.current = { create, onText };
  });
  const tell = (field: HTMLTextAreaElement) => {
    const lang = textLanguage(field.value, i18n.language);
    if (field.lang !== lang) field.lang = lang;
    latest.current.onText?.(field.value);
  };
  const told = useRef(tell);
  useEffect(() => {
    told.current = tell;
  });
  const take = (text: string, way: 'typed' | 'pasted' = 'typed') => {
    // What a button put in is in the document already.
    if (editor.textNow(kind, id) !== text) editor.noteText(id, way, shown.current, text);
    shown.current = text;
    const rows = editor.store.getState().doc[kind];
    if (rows.some((row) => row.id === id)) editor.type(kind, id, text);
    else if (text !== '') latest.current.create(text);
  };
  useLayoutEffect(() => {
    const field = area.current!;
    // Reads the text anew when it changed other than by typing here: undo, another window.
    const read = () => {
      if (composing.current) return;
      const text = editor.textNow(kind, id);
      if (text !== field.value) {
        const caret = followCaret(field.value, text, field.selectionEnd);
        field.value = text;
        if (document.activeElement === field) field.setSelectionRange(caret, caret);
      }
      shown.current = field.value;
      told.current(field);
    };
    read();
    const stop = editor.store.subscribe((state, before) => {
      if (state.textEpoch !== before.textEpoch) read();
    });
    const forget = fields.add(id, field);
    return () => {
      stop();
      forget();
    };
  }, [editor, fields, kind, id]);
  // Typing a snippet's key and what ends it is one step, its turning into the phrase another: one undo gives the key back.
  const expand = (field: HTMLTextAreaElement, find: typeof expandTyped) => {
    const found: Expansion | null = field.selectionStart === field.selectionEnd ? find(field.value, field.selectionStart, snippets) : null;
    if (!found) return;
    if (replaceText(editor, field, kind, id, found.text, found.caret)) tell(field);
    shown.current = field.value;
  };
  return (
    <textarea
      ref={area}
      className={styles.field}
      data-tall={tall || undefined}
      rows={tall ? 8 : 1}
      data-writes={kind}
      data-row={id}
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={placeholder}
      maxLength={MAX_TEXT}
      spellCheck={checksSpelling}
      autoComplete="off"
      onInput={(event) => {
        const field = event.currentTarget;
        tell(field);
        if (composing.current) return;
        const { inputType } = event.nativeEvent as InputEvent;
        // A spelling that was chosen is an undo step of its own.
        if (inputType === 'insertReplacementText') editor.endTyping();
        take(field.value, PASTES.has(inputType) ? 'pasted' : 'typed');
        if (inputType === 'insertReplacementText') editor.endTyping();
        if (WRITES.has(inputType)) expand(field, expandTyped);
      }}
      onCompositionStart={() => (composing.current = true)}
      onCompositionEnd={(event) => {
        composing.current = false;
        take(event.currentTarget.value);
        expand(event.currentTarget, expandTyped);
      }}
      onBlur={() => editor.commitTyping()}
      onKeyDown={(event) => {
        // 229: the input method has this key.
        if (composing.current || event.nativeEvent.isComposing || event.keyCode === 229 || !onKeyDown) return;
        // Enter leaves a question or an answer; a key before it expands all the same.
        if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) expand(event.currentTarget, expandAt);
        onKeyDown(event);
      }}
    />
  );
}
