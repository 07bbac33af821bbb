/** Quartiles and histograms of values that come with how often each occurs. */
import type { ValueCount } from './figures.ts';

export interface Quartiles {
  readonly items: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * Quartiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7, the default of R and NumPy); null of nothing.
 * `values` ascend.
 */
export function quartilesOf(values: readonly ValueCount[]): Quartiles | null {
  const items = values.reduce((sum, { images }) => sum + images, 0);
  if (items === 0) return null;
  const at = (share: number) => {
    const place = share * (items - 1);
    const [lower, upper] = [nth(values, Math.floor(place)), nth(values, Math.ceil(place))];
    return lower + (upper - lower) * (place - Math.floor(place));
  };
  return { items, low: at(0.25), median: at(0.5), high: at(0.75) };
}
function nth(values: readonly ValueCount[], index: number): number {
  let before = 0;
  for (const { value, images } of values) {
    before += images;
    if (index < before) return value;
  }
  return values.at(-1)!.value;
}

/** A bar of a histogram: values from `from` up to, and without, `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly images: number;
}

/** Widths of bars of seconds that are round in minutes and hours. */
export const CLOCK_WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000, 86_400];

/**
 * Bars of one round width, at most `most`; what lies above the 99th percentile goes into a last, open one. Round is 1, 2 or 5 times a power of ten, or one of
 * `widths`.
 */
export function binsOf(values: readonly ValueCount[], widths: readonly number[] = [], most = 20): Bin[] {
  const items = values.reduce((sum, { images }) => sum + images, 0);
  if (items === 0) return [];
  const start = values[0]!.value;
  const end = nth(values, Math.ceil(0.99 * (items - 1)));
  const least = (end - start + 1) / most;
  const width = widths.find((one) => one >= least) ?? roundWidth(least);
  const first = Math.floor(start / width);
  const last = Math.floor(end / width);
  const bins = Array.from({ length: last - first + 1 }, (_, index) => ({ from: (first + index) * width, to: (first + index + 1) * width, images: 0 }));
  let above = 0;
  for (const { value, images } of values) {
    const bin = bins[Math.floor(value / width) - first];
    if (bin) bin.images += images;
    else above += images;
  }
  return above > 0 ? [...bins, { from: (last + 1) * width, to: Infinity, images: above }] : bins;
}
function roundWidth(least: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(least, 1))));
  return [1, 2, 5, 10].map((step) => step * power).find((width) => width >= least) ?? 10 * power;
}
