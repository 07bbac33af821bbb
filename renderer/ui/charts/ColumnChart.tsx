/** Upright bars, one beside the other: a histogram, or days with what they are made of. */
import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { ReactElement } from 'react';
import styles from './Charts.module.css';
import { Marks } from './Marks.tsx';
import { useWidth } from './use-width.ts';

export interface Series {
  readonly name: string;
  /** A token. */
  readonly color: string;
}
export interface Column {
  readonly key: string;
  /** Below the bar, where there is room. */
  readonly label: string;
  /** A part for each series, from the bottom up. */
  readonly values: readonly number[];
  /** What it stands for, with its number and unit. */
  readonly name: string;
  readonly onOpen?: () => void;
}
export interface ColumnChartProps {
  /** The chart in a sentence, for who does not see it. */
  readonly sentence: string;
  readonly columns: readonly Column[];
  readonly series: readonly Series[];
  /** Writes a number of the axis. */
  readonly format: (value: number) => string;
  /** Bars touch, because their values do; a label is the value where its bar begins. */
  readonly touching?: boolean;
  /** A place among the columns, from 0 to their count, with what is there: the middle value. */
  readonly line?: { readonly at: number; readonly text: string };
}

const HEIGHT = 176;
const LEFT = 44;
const TOP = 16;
const BOTTOM = 22;
/** Room for a label below a bar, in pixels. */
const LABEL = 64;

export function ColumnChart({ sentence, columns, series, format, touching = false, line }: ColumnChartProps): ReactElement {
  const [element, width] = useWidth();
  const total = ({ values }: Column) => values.reduce((sum, value) => sum + value, 0);
  const x = scaleBand<number>()
    .domain(columns.map((_, index) => index))
    .range([LEFT, Math.max(LEFT + 1, width - 4)])
    .padding(touching ? 0.04 : 0.25);
  const y = scaleLinear()
    .domain([0, Math.max(1, max(columns, total) ?? 0)])
    .range([HEIGHT - BOTTOM, TOP])
    .nice(4);
  const ticks = y.ticks(4).filter((tick) => Number.isInteger(tick));
  const every = Math.max(1, Math.ceil(LABEL / Math.max(1, x.step())));
  const thickness = Math.min(x.bandwidth(), 48);
  const left = (index: number) => (x(index) ?? 0) + (x.bandwidth() - thickness) / 2;
  return (
    <div className={styles.chart} ref={element}>
      <svg width={width} height={HEIGHT} role="img" aria-label={sentence}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={width - 4} y1={y(tick)} y2={y(tick)} />
            <text className={styles.axis} x={LEFT - 8} y={y(tick)} dy="0.32em" textAnchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {columns.map((column, index) => {
          let below = 0;
          return (
            <g key={column.key}>
              {column.values.map((value, part) => {
                const from = y(below);
                below += value;
                return value > 0 ? (
                  <rect
                    key={series[part]!.name}
                    x={touching ? x(index) : left(index)}
                    width={touching ? x.bandwidth() : thickness}
                    y={y(below)}
                    height={Math.max(1, from - y(below))}
                    fill={series[part]!.color}
                  />
                ) : null;
              })}
              {index % every === 0 ? (
                <text className={styles.axis} x={(x(index) ?? 0) + (touching ? 0 : x.bandwidth() / 2)} y={HEIGHT - 6} textAnchor="middle">
                  {column.label}
                </text>
              ) : null}
            </g>
          );
        })}
        {line ? <Middle x={LEFT + (line.at / Math.max(1, columns.length)) * (width - 4 - LEFT)} width={width} text={line.text} /> : null}
      </svg>
      <Marks
        label={sentence}
        marks={columns.flatMap((column, index) =>
          column.onOpen && total(column) > 0
            ? [{ key: column.key, name: column.name, x: x(index) ?? 0, width: x.bandwidth(), y: TOP, height: HEIGHT - TOP - BOTTOM, onOpen: column.onOpen }]
            : [],
        )}
      />
    </div>
  );
}

function Middle({ x, width, text }: { x: number; width: number; text: string }): ReactElement {
  const atEnd = x > width * 0.7;
  return (
    <g>
      <line className={styles.middle} x1={x} x2={x} y1={TOP - 4} y2={HEIGHT - BOTTOM} />
      <text className={styles.middleText} x={atEnd ? x - 6 : x + 6} y={TOP - 4} dy="0.32em" textAnchor={atEnd ? 'end' : 'start'}>
        {text}
      </text>
    </g>
  );
}
