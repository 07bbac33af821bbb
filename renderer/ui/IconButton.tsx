import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';
import styles from './IconButton.module.css';
import { Kbd } from './Kbd.tsx';

export type IconButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'aria-label' | 'children'> & {
  /** Its name, read by screen readers and shown as its tooltip. */
  readonly label: string;
  /** The cap shown in the tooltip, as `keyCap` writes it. */
  readonly keyCap?: string;
  readonly isActive?: boolean;
  readonly children: ReactNode;
};

/** A button with a picture; its name is the tooltip. */
export function IconButton({ label, keyCap, isActive, children, ...props }: IconButtonProps): ReactElement {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      <AriaButton {...props} aria-label={label} className={styles.button!} data-active={isActive || undefined}>
        {children}
      </AriaButton>
      <Tooltip className={styles.tooltip!} offset={6}>
        {label}
        {keyCap ? <Kbd>{keyCap}</Kbd> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}
