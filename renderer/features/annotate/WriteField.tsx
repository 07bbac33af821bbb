/**
 * Where people write. The text lives in the element and in the editor, not in React: a key in a long caption renders nothing.
 * While an input method composes, nothing is taken: what it shows is not text yet.
 */
import { type KeyboardEvent, type ReactElement, useEffect, useLayoutEffect, useRef } from 'react';
import { MAX_TEXT } from '../../../shared/domain/model.ts';
import { useAnnotate } from './context.ts';
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
  const latest = useRef({ create, onText });
  useEffect(() => {
    latest.current = { create, onText };
  });
  const take = (text: string) => {
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
      latest.current.onText?.(text);
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
  return (
    <textarea
      ref={area}
      className={styles.field}
      data-tall={tall || undefined}
      rows={tall ? 8 : 1}
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={placeholder}
      maxLength={MAX_TEXT}
      spellCheck={false}
      autoComplete="off"
      onInput={(event) => {
        const text = event.currentTarget.value;
        latest.current.onText?.(text);
        if (!composing.current) take(text);
      }}
      onCompositionStart={() => (composing.current = true)}
      onCompositionEnd={(event) => {
        composing.current = false;
        take(event.currentTarget.value);
      }}
      onBlur={() => editor.commitTyping()}
      onKeyDown={(event) => {
        // 229: the input method has this key.
        if (!composing.current && !event.nativeEvent.isComposing && event.keyCode !== 229) onKeyDown?.(event);
      }}
    />
  );
}
