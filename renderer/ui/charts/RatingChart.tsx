/** Estimates with their intervals, one below the other on one scale. */
import { scaleLinear } from 'd3-scale';
import type { ReactElement } from 'react';
import styles from './Charts.module.css';
import { useWidth } from './use-width.ts';

export interface Interval {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
}
export interface RatingChartProps {
  readonly sentence: string;
  readonly intervals: readonly Interval[];
  readonly format: (value: number) => string;
}

const ROW = 30;
const AXIS = 24;

export function RatingChart({ sentence, intervals, format }: RatingChartProps): ReactElement {
  const [element, width] = useWidth();
  const label = Math.min(200, Math.max(80, width * 0.28));
  const number = 150;
  const ends = [Math.min(...intervals.map(({ low }) => low)), Math.max(...intervals.map(({ high }) => high))] as const;
  const x = scaleLinear()
    .domain(ends[0] === ends[1] ? [ends[0] - 1, ends[1] + 1] : [...ends])
    .range([label + 8, Math.max(label + 9, width - number - 8)])
    .nice(4);
  const height = intervals.length * ROW;
  return (
    <div className={styles.chart} ref={element}>
      <svg width={width} height={height + AXIS} role="img" aria-label={sentence}>
        {x.ticks(Math.max(2, Math.floor(width / 160))).map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={x(tick)} x2={x(tick)} y1={0} y2={height} />
            <text className={styles.axis} x={x(tick)} y={height + 16} textAnchor="middle">
              {format(tick)}
            </text>
          </g>
        ))}
        {intervals.map(({ key, label: name, value, low, high, text }, index) => (
          <g key={key} transform={`translate(0 ${index * ROW + ROW / 2})`}>
            <foreignObject x={0} y={-13} width={label} height={26}>
              <div className={styles.barLabel}>{name}</div>
            </foreignObject>
            <line className={styles.interval} x1={x(low)} x2={x(high)} />
            <line className={styles.interval} x1={x(low)} x2={x(low)} y1={-4} y2={4} />
            <line className={styles.interval} x1={x(high)} x2={x(high)} y1={-4} y2={4} />
            <circle className={styles.estimate} cx={x(value)} r={5} />
            <text className={styles.number} x={width} dy="0.34em" textAnchor="end">
              {text}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
