import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import styles from './Menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly text: string;
  readonly icon?: ReactNode;
  /** A key cap. */
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
  readonly tone?: 'normal' | 'danger';
  /** A line above it. */
  readonly separated?: boolean;
  readonly onAction: () => void;
}

/** A button (`children`) that opens a list of things to do. */
export function Menu({ label, entries, children }: { label: string; entries: readonly MenuEntry[]; children: ReactNode }): ReactElement {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.popover!} offset={4} placement="bottom end">
        <AriaMenu className={styles.menu!} aria-label={label}>
          {entries.flatMap((entry) => [
            ...(entry.separated ? [<Separator key={`${entry.id}-line`} className={styles.line!} />] : []),
            <MenuItem
              key={entry.id}
              id={entry.id}
              className={styles.item!}
              data-tone={entry.tone}
              textValue={entry.text}
              isDisabled={entry.isDisabled ?? false}
              onAction={entry.onAction}
            >
              <span className={styles.icon}>{entry.icon}</span>
              <span className={styles.text}>{entry.text}</span>
              {entry.hint}
            </MenuItem>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
