/** What a chart can be asked: a button over each of its marks. Tab comes to one of them, the arrow keys go on from there. */
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import styles from './Charts.module.css';

export interface Mark {
  readonly key: string;
  /** What it stands for, with its number and unit. */
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly onOpen: () => void;
}

/** `label`: the chart in a sentence. */
export function Marks({ label, marks }: { readonly label: string; readonly marks: readonly Mark[] }): ReactElement | null {
  const [current, setCurrent] = useState(0);
  const place = Math.min(current, marks.length - 1);
  if (marks.length === 0) return null;
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const to = stepOf(event.key, place, marks.length);
    if (to === null) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll('button')[to]?.focus();
  };
  return (
    <div className={styles.marks} role="toolbar" aria-label={label} onKeyDown={move}>
      {marks.map(({ key, name, x, y, width, height, onOpen }, index) => (
        <button
          key={key}
          type="button"
          className={styles.mark}
          tabIndex={index === place ? 0 : -1}
          aria-label={name}
          title={name}
          style={{ left: x, top: y, width, height }}
          onFocus={() => setCurrent(index)}
          onClick={onOpen}
        />
      ))}
    </div>
  );
}

/** Where an arrow key leads, or null for other keys. */
function stepOf(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
