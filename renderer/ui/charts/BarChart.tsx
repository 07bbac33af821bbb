/** Lying bars with their names: what there is most of. */
import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { ReactElement } from 'react';
import styles from './Charts.module.css';
import { Marks } from './Marks.tsx';
import { useWidth } from './use-width.ts';

export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** The number as it is shown, with its unit. */
  readonly text: string;
  /** What it stands for, in words. */
  readonly name: string;
  readonly color?: string;
  readonly onOpen?: () => void;
}
export interface BarChartProps {
  readonly sentence: string;
  readonly bars: readonly Bar[];
  /** What a whole bar is; the longest where it is not given. */
  readonly whole?: number;
}

const ROW = 26;
const THICK = 12;

export function BarChart({ sentence, bars, whole }: BarChartProps): ReactElement {
  const [element, width] = useWidth();
  const label = Math.min(180, Math.max(72, width * 0.3));
  const number = 84;
  const x = scaleLinear()
    .domain([0, Math.max(Number.MIN_VALUE, whole ?? max(bars, ({ value }) => value) ?? 1)])
    .range([0, Math.max(1, width - label - number - 8)]);
  return (
    <div className={styles.chart} ref={element}>
      <svg width={width} height={bars.length * ROW} role="img" aria-label={sentence}>
        {bars.map((bar, index) => (
          <g key={bar.key} transform={`translate(0 ${index * ROW})`}>
            <foreignObject x={0} y={0} width={label - 10} height={ROW}>
              <div className={styles.barLabel}>{bar.label}</div>
            </foreignObject>
            <rect className={styles.track} x={label} y={(ROW - THICK) / 2} width={x.range()[1]} height={THICK} rx={2} />
            <rect
              x={label}
              y={(ROW - THICK) / 2}
              width={bar.value > 0 ? Math.max(1, x(bar.value)) : 0}
              height={THICK}
              rx={2}
              fill={bar.color ?? 'var(--accent)'}
            />
            <text className={styles.number} x={width} y={ROW / 2} dy="0.34em" textAnchor="end">
              {bar.text}
            </text>
          </g>
        ))}
      </svg>
      <Marks
        label={sentence}
        marks={bars.flatMap((bar, index) =>
          bar.onOpen && bar.value > 0 ? [{ key: bar.key, name: bar.name, x: 0, y: index * ROW + 1, width, height: ROW - 2, onOpen: bar.onOpen }] : [],
        )}
      />
    </div>
  );
}
