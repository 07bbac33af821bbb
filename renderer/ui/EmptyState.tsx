import type { ReactElement, ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** What stands where nothing is: one picture at most, one sentence, one button. */
export function EmptyState({ icon, children, action }: { icon?: ReactNode; children: ReactNode; action?: ReactNode }): ReactElement {
  return (
    <div className={styles.empty}>
      {icon ? <span className={styles.icon}>{icon}</span> : null}
      <p className={styles.text}>{children}</p>
      {action}
    </div>
  );
}
