/** Figures with their intervals as people and spreadsheets read them. */
import type { Estimate } from '../../../shared/domain/agreement/bootstrap.ts';
import type { CsvCell } from '../../../shared/text/csv.ts';

/** Two digits say as much as an interval of this kind can. */
export const two = (value: number): string => value.toFixed(2);
/** `0.84 [0.79, 0.88]`; without brackets where there are too few images to tell. */
export const estimateText = ({ value, low, high }: Estimate): string =>
  low === null || high === null ? two(value) : `${two(value)} [${two(low)}, ${two(high)}]`;
/** The figure's cells in a table for a spreadsheet; heads are `ESTIMATE_HEADS`. */
export const estimateCells = (estimate: Estimate | null): CsvCell[] =>
  estimate ? [estimate.value, estimate.low, estimate.high, estimate.n] : [null, null, null, null];
export const ESTIMATE_HEADS = ['value', 'low95', 'high95', 'images'] as const;
