import type { ReactElement, ReactNode } from 'react';
import { Dialog, DialogTrigger, Popover as AriaPopover, type PopoverProps } from 'react-aria-components';
import styles from './Popover.module.css';

export interface PopoverBoxProps {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly placement?: PopoverProps['placement'];
  readonly children: ReactNode;
}

/** A small panel beside the button that opens it. */
export function Popover({ label, trigger, placement = 'bottom end', children }: PopoverBoxProps): ReactElement {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className={styles.popover!} offset={6} placement={placement}>
        <Dialog className={styles.content!} aria-label={label}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
