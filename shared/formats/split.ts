/**
 * Which images are kept apart for validation. An image is always on one side, in every table and in every export with the same share; images that are nearly
 * the same are on the same side, or validation would measure memory.
 */

/** Where an image falls between 0 and 1: the first 48 bits of its sha256, which are as good as random. */
export function splitFraction(sha256: string): number {
  return Number.parseInt(sha256.slice(0, 12), 16) / 2 ** 48;
}

/** Of the images of each table, those that must go to validation so that no table with two images or more is without. */
export class ValidationChoice {
  readonly share: number;
  readonly #groups: ReadonlyMap<string, string>;
  readonly #tables = new Map<string, { first: string; several: boolean; validation: number; lowest: { sha256: string; fraction: number } | null }>();
  #forced: ReadonlySet<string> | null = null;

  /** `groups`: for each image that has near-duplicates, the sha256 that stands for all of them. */
  constructor(share: number, groups: ReadonlyMap<string, string> = new Map()) {
    this.share = share;
    this.#groups = groups;
  }

  /** Tells of an image that has rows in these tables. */
  add(sha256: string, tables: readonly string[]): void {
    const group = this.#groups.get(sha256) ?? sha256;
    const fraction = splitFraction(group);
    for (const name of tables) {
      let table = this.#tables.get(name);
      if (!table) this.#tables.set(name, (table = { first: group, several: false, validation: 0, lowest: null }));
      table.several ||= group !== table.first;
      if (fraction < this.share) table.validation++;
      else if (table.lowest === null || fraction < table.lowest.fraction) table.lowest = { sha256: group, fraction };
    }
  }

  /** The images with the lowest fractions of tables that would have none in validation. */
  get forced(): ReadonlySet<string> {
    const lacking = [...this.#tables.values()].filter((table) => this.share > 0 && table.several && table.validation === 0);
    return (this.#forced ??= new Set(lacking.map((table) => table.lowest!.sha256)));
  }

  /** After all images were added. */
  splitOf(sha256: string): 'train' | 'validation' {
    const group = this.#groups.get(sha256) ?? sha256;
    return splitFraction(group) < this.share || this.forced.has(group) ? 'validation' : 'train';
  }
}
