/** Figures with their intervals over time, from 0 to 1: a dot each, a line for its interval, and one from dot to dot. */
import { scaleLinear, scalePoint } from 'd3-scale';
import type { ReactElement } from 'react';
import styles from './Charts.module.css';
import { Marks } from './Marks.tsx';
import { useWidth } from './use-width.ts';

export interface IntervalPoint {
  readonly key: string;
  /** Below the axis. */
  readonly label: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What it stands for, in words. */
  readonly name: string;
  readonly onOpen?: () => void;
}
export interface IntervalChartProps {
  readonly sentence: string;
  readonly points: readonly IntervalPoint[];
}

const HEIGHT = 180;
const MARGIN = { left: 34, right: 14, top: 8, bottom: 22 };
/** Labels below the axis are no nearer than this. */
const LABEL_PX = 84;

export function IntervalChart({ sentence, points }: IntervalChartProps): ReactElement {
  const [element, width] = useWidth();
  const x = scalePoint()
    .domain(points.map(({ key }) => key))
    .range([MARGIN.left, Math.max(MARGIN.left, width - MARGIN.right)])
    .padding(0.5);
  const least = Math.min(0, ...points.map(({ value, low }) => low ?? value));
  const y = scaleLinear()
    .domain([least, 1])
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const at = ({ key }: IntervalPoint) => x(key) ?? 0;
  const step = Math.max(1, Math.ceil((points.length * LABEL_PX) / Math.max(1, width)));
  return (
    <div className={styles.chart} ref={element}>
      <svg width={width} height={HEIGHT} role="img" aria-label={sentence}>
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text className={styles.axis} x={MARGIN.left - 6} y={y(tick)} dy="0.34em" textAnchor="end">
              {tick.toFixed(1)}
            </text>
          </g>
        ))}
        <polyline fill="none" stroke="var(--accent)" strokeWidth={1.5} points={points.map((point) => `${at(point)},${y(point.value)}`).join(' ')} />
        {points.map((point, index) => (
          <g key={point.key}>
            {point.low !== null && point.high !== null ? (
              <line
                x1={at(point)}
                x2={at(point)}
                y1={y(point.low)}
                y2={y(point.high)}
                stroke="var(--accent)"
                strokeWidth={3}
                strokeOpacity={0.35}
                strokeLinecap="round"
              />
            ) : null}
            <circle cx={at(point)} cy={y(point.value)} r={3.5} fill="var(--accent)" />
            {index % step === 0 ? (
              <text className={styles.axis} x={at(point)} y={HEIGHT - 6} textAnchor="middle">
                {point.label}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <Marks
        label={sentence}
        marks={points.flatMap((point) =>
          point.onOpen ? [{ key: point.key, name: point.name, x: at(point) - 9, y: y(point.value) - 9, width: 18, height: 18, onOpen: point.onOpen }] : [],
        )}
      />
    </div>
  );
}
