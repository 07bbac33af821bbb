/** How many questions are covered, as a ring. */
import type { ReactElement } from 'react';
import styles from './Guide.module.css';

const RADIUS = 27;
const AROUND = 2 * Math.PI * RADIUS;

export function GuideRing({ covered, of }: { covered: number; of: number }): ReactElement {
  return (
    <span className={styles.ring} aria-hidden="true" data-guide-ring>
      <svg viewBox="0 0 64 64">
        <circle className={styles.track} cx="32" cy="32" r={RADIUS} />
        <circle className={styles.lit} cx="32" cy="32" r={RADIUS} strokeDasharray={AROUND} strokeDashoffset={AROUND * (1 - (of === 0 ? 0 : covered / of))} />
      </svg>
      <b>
        {covered}/{of}
      </b>
    </span>
  );
}
