/** A first pass over the work, without images: what there is to export, which images go to validation, and what will be left out. */
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { type Format, noImage, type Split } from '../../../shared/formats/format.ts';
import { type SplitOptions, ValidationChoice } from '../../../shared/formats/split.ts';
import { labelledPointsOf } from '../../../shared/formats/work.ts';
import type { NumberedItem } from './items.ts';
import type { SplitKeys } from './split-keys.ts';

export interface Plan {
  /** Images with at least one row. */
  readonly images: number;
  /** Whether the image of this number is one of them. */
  has(num: number): boolean;
  /** Bytes that the image columns hold at most, were every row's table to store its images once. */
  readonly imageBytes: number;
  splitOf(image: Pick<ImageRecord, 'sha256'>): Split;
  /** Labels that occur, sorted by code unit; none where the profile has no place for them. */
  readonly labels: readonly string[];
}

export async function planExport(items: AsyncIterable<NumberedItem>, format: Format, split: SplitOptions, keys: SplitKeys, signal: AbortSignal): Promise<Plan> {
  const choice = new ValidationChoice(split);
  const labels = new Set<string>();
  const taken = new Set<number>();
  let imageBytes = 0;
  for await (const item of items) {
    signal.throwIfAborted();
    const { rows } = format.map(item, noImage, 'train');
    const tables = format.tables.map((table) => table.name).filter((name) => rows[name]!.length > 0);
    if (tables.length === 0) continue;
    choice.add(keys.keyOf(item.image), tables);
    taken.add(item.num);
    if (format.takes.includes('labels')) for (const { label } of labelledPointsOf(item.doc).items) labels.add(label);
    imageBytes += item.image.sizeBytes * (format.images === 'rows' ? tables.length : 1);
  }
  return { images: taken.size, has: (num) => taken.has(num), imageBytes, splitOf: (image) => choice.splitOf(keys.keyOf(image)), labels: [...labels].sort() };
}
