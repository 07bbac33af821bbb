import type { ReactElement } from 'react';
import styles from './RangeInput.module.css';

export interface RangeInputProps {
  /** Its name, read by screen readers and shown as its tooltip. */
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words. */
  readonly valueText?: string;
  readonly onChange: (value: number) => void;
}

/** A value of a range, by dragging or arrow keys. */
export function RangeInput({ label, value, min, max, step, valueText, onChange }: RangeInputProps): ReactElement {
  return (
    <input
      className={styles.range}
      type="range"
      aria-label={label}
      title={label}
      {...(valueText ? { 'aria-valuetext': valueText } : {})}
      value={value}
      min={min}
      max={max}
      step={step}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}
