import type { ReactElement, ReactNode } from 'react';
import styles from './Kbd.module.css';

/** A key cap. `idle`: its key does something else just now. Hidden from screen readers: what it triggers says its key itself. */
export function Kbd({ children, onAccent = false, idle = false }: { children: ReactNode; onAccent?: boolean; idle?: boolean }): ReactElement {
  return (
    <kbd className={styles.kbd} data-on-accent={onAccent || undefined} data-idle={idle || undefined} aria-hidden="true">
      {children}
    </kbd>
  );
}
