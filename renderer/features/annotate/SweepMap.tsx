/** Which parts of the image were looked at for a label, as a small map; a click looks there. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointSet } from '../../../shared/domain/model.ts';
import { isExhaustive, seenCount } from '../../../shared/domain/sweep.ts';
import { Keys } from '../../commands/Keys.tsx';
import { runCommand } from '../../commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { useAnnotate } from './context.ts';
import { useScreen } from './screen-state.ts';
import { forgetSweep, goToCell, sweepOf } from './sweep-actions.ts';
import styles from './SweepMap.module.css';

/** The map is as wide as this in pixels at most, and cells no larger than in the design. */
const WIDEST = 300;
const LARGEST = { width: 25, height: 20 };

export function SweepMap({ set }: { readonly set: PointSet }): ReactElement {
  const { t } = useTranslation();
  const { editor } = useAnnotate();
  const under = useScreen((state) => (state.sweep?.setId === set.id ? state.sweep : null));
  const sweep = sweepOf(set);
  return (
    <section className={styles.sweep} aria-label={t('sweep.title')}>
      <h2 className={styles.heading}>{t('sweep.title')}</h2>
      {sweep ? (
        <div className={styles.line}>
          <Cells
            sweep={sweep}
            at={under?.cell ?? null}
            label={t('sweep.count', { seen: seenCount(sweep), total: sweep.seen.length })}
            onCell={(cell) => {
              if (!under) runCommand('sweep.toggle');
              goToCell(cell);
              runCommand('image.focus-stage');
            }}
          />
          <span className={styles.count} data-testid="sweep-count">
            {t('sweep.count', { seen: seenCount(sweep), total: sweep.seen.length })}
          </span>
        </div>
      ) : null}
      <p className={styles.hint}>
        {under ? t('sweep.hint-under-way') : sweep && isExhaustive(sweep) ? t('sweep.hint-done', { label: set.label }) : t('sweep.hint-start')}
      </p>
      <div className={styles.buttons}>
        {sweep && !under && isExhaustive(sweep) ? (
          <Button onPress={() => forgetSweep(editor, set.id)}>{t('sweep.again')}</Button>
        ) : (
          <Button onPress={() => void runCommand('sweep.toggle')}>
            {t(under ? 'sweep.leave' : sweep ? 'sweep.go-on' : 'sweep.start')}
            <Keys of="sweep.toggle" />
          </Button>
        )}
        {under ? (
          <Button onPress={() => void runCommand('sweep.next')}>
            {t('sweep.next')}
            <Keys of="sweep.next" />
          </Button>
        ) : null}
      </div>
    </section>
  );
}

interface CellsProps {
  readonly sweep: { readonly columns: number; readonly rows: number; readonly seen: readonly boolean[] };
  readonly at: number | null;
  readonly label: string;
  readonly onCell: (cell: number) => void;
}

/** Two paths however many cells there are. */
function Cells({ sweep: { columns, rows, seen }, at, label, onCell }: CellsProps): ReactElement {
  const width = Math.min(LARGEST.width, WIDEST / columns);
  const height = Math.min(LARGEST.height, width * 0.8);
  const gap = width > 12 ? 3 : width > 7 ? 1.5 : 0.75;
  const place = (cell: number) => ({ x: (cell % columns) * width, y: Math.floor(cell / columns) * height });
  const box = (cell: number) => {
    const { x, y } = place(cell);
    return `M${x} ${y}h${width - gap}v${height - gap}h${gap - width}z`;
  };
  const path = (wanted: boolean) => seen.map((was, cell) => (was === wanted ? box(cell) : '')).join('');
  return (
    <button
      type="button"
      className={styles.map}
      aria-label={label}
      data-testid="sweep-map"
      onClick={(event) => {
        // by key there is no place in it: the arrow keys on the stage go from cell to cell
        if (event.detail === 0) return onCell(at ?? 0);
        const { left, top } = event.currentTarget.getBoundingClientRect();
        const column = Math.floor((event.clientX - left) / width);
        const row = Math.floor((event.clientY - top) / height);
        if (column >= 0 && row >= 0 && column < columns && row < rows) onCell(row * columns + column);
      }}
    >
      <svg width={columns * width} height={rows * height} aria-hidden="true">
        <path className={styles.unseen} d={path(false)} />
        <path className={styles.seen} d={path(true)} />
        {at === null ? null : <rect className={styles.at} {...place(at)} width={width - gap} height={height - gap} rx={2} />}
      </svg>
    </button>
  );
}
