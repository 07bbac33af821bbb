import type { ReactElement } from 'react';
import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import styles from './ProgressBar.module.css';

/** How far something is; `value` from 0 to 1, or null where that is not known yet. */
export function ProgressBar({ label, value }: { label: string; value: number | null }): ReactElement {
  const percent = value === null ? 0 : Math.min(100, Math.max(0, value * 100));
  return (
    <AriaProgressBar className={styles.bar!} aria-label={label} value={percent} isIndeterminate={value === null}>
      <span className={styles.fill} data-unknown={value === null || undefined} style={{ width: value === null ? '30%' : `${percent}%` }} />
    </AriaProgressBar>
  );
}
