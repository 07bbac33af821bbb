import type { ReactElement, ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import styles from './Field.module.css';

export type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> & {
  /** Shown above; without it pass an aria-label. */
  readonly label?: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly placeholder?: string;
  /** Inside the field, before and after the text. */
  readonly before?: ReactNode;
  readonly after?: ReactNode;
};

/** One line of text. */
export function TextField({ label, hint, error, placeholder, before, after, ...props }: TextFieldProps): ReactElement {
  return (
    <AriaTextField {...props} isInvalid={Boolean(error) || props.isInvalid === true} className={styles.field!}>
      {label ? <Label className={styles.label!}>{label}</Label> : null}
      <span className={styles.box}>
        {before}
        <Input className={styles.input!} {...(placeholder ? { placeholder } : {})} />
        {after}
      </span>
      {hint && !error ? (
        <Text slot="description" className={styles.hint!}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.error!}>{error}</FieldError>
    </AriaTextField>
  );
}
