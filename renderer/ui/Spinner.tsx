import type { ReactElement } from 'react';
import styles from './Spinner.module.css';

/** Something short is under way; for what takes longer than a second use a ProgressBar. */
export function Spinner({ label, size = 16 }: { label: string; size?: number }): ReactElement {
  return <span className={styles.spinner} role="status" aria-label={label} style={{ width: size, height: size }} />;
}
