/** Which images are kept apart for validation. An image is always on one side, in every table and in every export with the same choice. */
import type { Split } from './format.ts';

/** Where a key falls between 0 and 1. Without a seed: the first 48 bits of the sha256, which are as good as random. */
export function splitFraction(key: string, seed = ''): number {
  if (seed === '') return Number.parseInt(key.slice(0, 12), 16) / 2 ** 48;
  // Two FNV-1a walks of 32 bits from different starts, mixed as MurmurHash3 ends.
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (const text of [seed, '\0', key]) {
    for (let i = 0; i < text.length; i++) {
      high = Math.imul(high ^ text.charCodeAt(i), 0x01000193);
      low = Math.imul(low ^ text.charCodeAt(i), 0x5bd1e995) ^ (low >>> 13);
    }
  }
  const mix = (value: number) => {
    const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
    const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
    return (second ^ (second >>> 16)) >>> 0;
  };
  return (mix(high) * 0x10000 + (mix(low) >>> 16)) / 2 ** 48;
}

export interface SplitOptions {
  /** 0 to 0.5; without meaning where the list is fixed. */
  readonly share: number;
  readonly seed?: string;
  /** Keys that are the validation split, instead of a share. */
  readonly fixed?: ReadonlySet<string> | null;
}
interface SplitTable {
  /** Whether two keys or more have rows in it. */
  several: boolean;
  readonly first: string;
  hasValidation: boolean;
  lowest: { readonly key: string; readonly fraction: number } | null;
}

/**
 * Chooses by key, and what shares a key (near-duplicates, one source) is never parted. Of each table with two keys or more one goes to validation, so that
 * none is without.
 */
export class ValidationChoice {
  readonly #options: SplitOptions;
  readonly #tables = new Map<string, SplitTable>();
  #forced: ReadonlySet<string> | null = null;

  constructor(options: SplitOptions) {
    this.#options = options;
  }

  #chosen(key: string): boolean {
    const { share, seed, fixed } = this.#options;
    return fixed ? fixed.has(key) : splitFraction(key, seed) < share;
  }

  /** Tells of an image that has rows in these tables. */
  add(key: string, tables: readonly string[]): void {
    const fraction = splitFraction(key, this.#options.seed);
    for (const name of tables) {
      let table = this.#tables.get(name);
      if (!table) this.#tables.set(name, (table = { several: false, first: key, hasValidation: false, lowest: null }));
      table.several ||= table.first !== key;
      if (this.#chosen(key)) table.hasValidation = true;
      else if (table.lowest === null || fraction < table.lowest.fraction) table.lowest = { key, fraction };
    }
  }

  /** The keys with the lowest fractions of tables that would have none in validation. */
  get forced(): ReadonlySet<string> {
    const { share, fixed } = this.#options;
    const lacking = [...this.#tables.values()].filter((table) => !fixed && share > 0 && table.several && !table.hasValidation);
    return (this.#forced ??= new Set(lacking.map((table) => table.lowest!.key)));
  }

  /** After all images were added. */
  splitOf(key: string): Split {
    return this.#chosen(key) || this.forced.has(key) ? 'validation' : 'train';
  }
}

/** Joins what must not be parted: the key of each group is the least of its members' own keys, so that it is the same in every copy of a project. */
export class SplitGroups {
  readonly #parent = new Map<string, string>();

  #root(key: string): string {
    let root = key;
    for (let next = this.#parent.get(root); next !== undefined && next !== root; next = this.#parent.get(root)) root = next;
    for (let at = key; at !== root;) {
      const next = this.#parent.get(at)!;
      this.#parent.set(at, root);
      at = next;
    }
    return root;
  }

  join(a: string, b: string): void {
    const [left, right] = [this.#root(a), this.#root(b)];
    if (left === right) return;
    const [least, other] = left < right ? [left, right] : [right, left];
    this.#parent.set(other, least);
  }

  keyOf(key: string): string {
    return this.#root(key);
  }
}
