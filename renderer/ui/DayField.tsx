import type { ReactElement } from 'react';
import styles from './Field.module.css';

interface DayFieldProps {
  readonly label: string;
  /** YYYY-MM-DD; empty for none. */
  readonly day: string;
  readonly latest?: string;
  readonly onDay: (iso: string) => void;
}

/** A day, with the calendar of the system; it looks as the selects and fields beside it. */
export function DayField({ label, day, latest, onDay }: DayFieldProps): ReactElement {
  return (
    <label className={styles.day}>
      {label}
      <input type="date" value={day} max={latest} onChange={(event) => onDay(event.target.value)} />
    </label>
  );
}
