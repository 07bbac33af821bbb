/** The frame that every part of review and quality stands in: its title, what is chosen for it, and what it shows. */
import type { ReactElement, ReactNode } from 'react';
import styles from './Part.module.css';

interface PartProps {
  readonly title: string;
  /** Filters and buttons beside the title. */
  readonly tools?: ReactNode;
  /** A sentence below both. */
  readonly note?: ReactNode;
  /** `reading` for what is read line by line, `wide` for charts and tables. */
  readonly width?: 'reading' | 'wide';
  /** As high as the window: what is in it scrolls by itself. */
  readonly fills?: boolean;
  readonly children: ReactNode;
}

export function Part({ title, tools, note, width = 'wide', fills = false, children }: PartProps): ReactElement {
  return (
    <section className={styles.part} aria-label={title} data-width={width} data-fills={fills || undefined}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {tools}
      </header>
      {note ? <p className={styles.note}>{note}</p> : null}
      {children}
    </section>
  );
}
