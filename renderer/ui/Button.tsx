import type { ReactElement } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './Button.module.css';

export type ButtonVariant = 'default' | 'primary' | 'quiet' | 'danger';
export type ButtonProps = Omit<AriaButtonProps, 'className' | 'style'> & { readonly variant?: ButtonVariant; readonly wide?: boolean };

/** A button with words; put a `<Keys of="…"/>` behind them where a key triggers the same. */
export function Button({ variant = 'default', wide = false, ...props }: ButtonProps): ReactElement {
  return <AriaButton {...props} className={styles.button!} data-variant={variant} data-wide={wide || undefined} />;
}
