/**
 * Where answers are written: words, and chips for the points that stand among them. Every change but an input method's goes through the answer's text;
 * the element only shows it. So a chip is one character to every key, and undo is the app's.
 */
import { type KeyboardEvent, type ReactElement, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../stores/session.ts';
import { useAnnotate } from './context.ts';
import { AnswerEditor } from './answer-editor.ts';
import styles from './AnswerField.module.css';
import { useProjectSettings } from './project-settings.ts';

export interface AnswerFieldProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  /** Makes the row with its first text; the field stands there before its row does. */
  readonly create: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

export function AnswerField({ id, label, placeholder, create, onKeyDown }: AnswerFieldProps): ReactElement {
  const { editor, fields, me } = useAnnotate();
  const { t, i18n } = useTranslation();
  const { snippets } = useProjectSettings();
  const checksSpelling = useSession((session) => session.checksSpelling);
  const element = useRef<HTMLDivElement>(null);
  const made = useRef<AnswerEditor | null>(null);
  const latest = useRef({ create, me, snippets, t, locale: i18n.language });
  useEffect(() => {
    latest.current = { create, me, snippets, t, locale: i18n.language };
    made.current?.refresh(true);
  }, [create, me, snippets, t, i18n.language]);
  useLayoutEffect(() => {
    const answer = new AnswerEditor({ element: element.current!, id, editor, now: () => latest.current });
    made.current = answer;
    const forget = fields.add(id, element.current!, (at) => answer.caretTo(at));
    return () => {
      forget();
      answer.destroy();
      made.current = null;
    };
  }, [editor, fields, id]);
  return (
    <div
      ref={element}
      className={styles.field}
      contentEditable="true"
      role="textbox"
      tabIndex={0}
      aria-multiline="true"
      aria-label={label}
      aria-placeholder={placeholder}
      data-placeholder={placeholder}
      data-row={id}
      spellCheck={checksSpelling}
      onKeyDown={(event) => {
        if (made.current?.isComposing || event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (made.current?.keyDown(event.nativeEvent)) return;
        if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) made.current?.expandAtCaret();
        onKeyDown(event);
      }}
    />
  );
}
