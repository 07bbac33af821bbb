import type { ReactElement, ReactNode } from 'react';
import styles from './Kbd.module.css';

/** A key cap. Hidden from screen readers: what it triggers says its key itself. */
export function Kbd({ children, onAccent = false }: { children: ReactNode; onAccent?: boolean }): ReactElement {
  return (
    <kbd className={styles.kbd} data-on-accent={onAccent || undefined} aria-hidden="true">
      {children}
    </kbd>
  );
}
