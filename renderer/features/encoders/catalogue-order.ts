/** The catalogue's columns, and what an encoder would ask of this machine. */
import type { InstalledEncoder } from '../../../shared/domain/encoder.ts';
import { type CatalogueEncoder, encoderCatalogue, type Fit, fitOf, gigaflopsOf } from '../../../shared/domain/encoder-catalogue.ts';

export const columns = ['name', 'fit', 'parameters', 'inputSize', 'patchSize', 'zeroShot'] as const;
export type Column = (typeof columns)[number];

const keyOf = (entry: CatalogueEncoder, column: Column): string | number =>
  column === 'name' ? entry.name : column === 'fit' ? gigaflopsOf(entry) : column === 'zeroShot' ? (entry.zeroShot ?? Infinity) : entry[column];

/** Sorted by a column; what it does not know of an entry stands at the end either way. */
export function sorted(entries: readonly CatalogueEncoder[], column: Column, down: boolean): CatalogueEncoder[] {
  return entries.toSorted((a, b) => {
    const [x, y] = [keyOf(a, column), keyOf(b, column)];
    if (x === Infinity || y === Infinity) return x === y ? 0 : x === Infinity ? 1 : -1;
    const order = typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y), 'en', { numeric: true }) : x - y;
    return down ? -order : order;
  });
}

export interface Estimate {
  readonly fit: Fit;
  /** From one of the catalogue that was measured here, by the amount of work; null where none was. */
  readonly imagesPerSecond: number | null;
}
export function estimate(entry: CatalogueEncoder, installed: readonly InstalledEncoder[]): Estimate {
  const fit = fitOf(entry);
  for (const { id, measured } of installed) {
    const known = encoderCatalogue.find((other) => id === other.id || id === `${other.id}-quantized`);
    if (known && measured) return { fit, imagesPerSecond: (measured.imagesPerSecond * gigaflopsOf(known)) / gigaflopsOf(entry) };
  }
  return { fit, imagesPerSecond: null };
}
