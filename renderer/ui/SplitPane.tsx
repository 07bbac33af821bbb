import { type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode, useRef } from 'react';
import styles from './SplitPane.module.css';

export interface SplitPaneProps {
  /** What takes the space that is left. */
  readonly children: ReactNode;
  /** The panel at the right. */
  readonly panel: ReactNode;
  /** Width of the panel in pixels; keep it in the session. */
  readonly width: number;
  readonly onWidth: (width: number) => void;
  readonly minWidth?: number;
  readonly maxWidth?: number;
  /** Name of the line between the two, for screen readers. */
  readonly label: string;
}

const STEP = 16;

/** A main part and a side panel whose width a person sets with pointer or arrow keys. While dragging only a style changes; React hears of the end. */
export function SplitPane({ children, panel, width, onWidth, minWidth = 320, maxWidth = 760, label }: SplitPaneProps): ReactElement {
  const pane = useRef<HTMLDivElement>(null);
  const clamp = (wanted: number) => Math.round(Math.min(maxWidth, Math.max(minWidth, wanted)));
  const show = (wanted: number) => pane.current?.style.setProperty('--panel-width', `${wanted}px`);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    const line = event.currentTarget;
    const startX = event.clientX;
    let wanted = width;
    line.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => {
      wanted = clamp(width + startX - moved.clientX);
      show(wanted);
    };
    const end = () => {
      line.removeEventListener('pointermove', move);
      onWidth(wanted);
    };
    line.addEventListener('pointermove', move);
    line.addEventListener('lostpointercapture', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = { ArrowLeft: width + STEP, ArrowRight: width - STEP, Home: maxWidth, End: minWidth }[event.key];
    if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onWidth(clamp(wanted));
  };
  return (
    <div ref={pane} className={styles.pane} style={{ '--panel-width': `${clamp(width)}px` } as never}>
      <div className={styles.main}>{children}</div>
      <div
        className={styles.line}
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={clamp(width)}
        aria-valuemin={minWidth}
        aria-valuemax={maxWidth}
        tabIndex={0}
        onPointerDown={drag}
        onKeyDown={onKeyDown}
      />
      <div className={styles.panel}>{panel}</div>
    </div>
  );
}
