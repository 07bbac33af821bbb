import { type Ref, type ReactElement, type TextareaHTMLAttributes, useCallback, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import styles from './TextArea.module.css';

export type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'style' | 'onChange' | 'value'> & {
  readonly value: string;
  /** Called with the whole text at every input, also while an input method composes; the field never rewrites what it is given. */
  readonly onChange: (text: string) => void;
  readonly minRows?: number;
  /** Beyond it the field scrolls; without it, it grows with the text. */
  readonly maxRows?: number;
  readonly ref?: Ref<HTMLTextAreaElement>;
};

const grows = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content');

/** Where people write: a plain textarea that grows with its text. */
export function TextArea({ value, onChange, minRows = 2, maxRows, ref, ...props }: TextAreaProps): ReactElement {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => area.current!, []);
  const fit = useCallback(() => {
    const field = area.current;
    if (grows || !field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }, []);
  useLayoutEffect(fit, [value, fit]);
  return (
    <textarea
      spellCheck={false}
      autoComplete="off"
      {...props}
      ref={area}
      className={styles.area}
      rows={minRows}
      style={{ '--min-rows': minRows, '--max-rows': maxRows ?? 'none' } as never}
      data-limited={maxRows !== undefined || undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
