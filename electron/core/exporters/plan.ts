/** A first pass over the work, without images: what there is to export, which images go to validation, and what will be left out. */
import { type Format, noImage } from '../../../shared/formats/format.ts';
import type { ExportItem } from '../../../shared/formats/source.ts';
import { ValidationChoice } from '../../../shared/formats/split.ts';

export interface Plan {
  /** Images with at least one row. */
  readonly images: number;
  /** Bytes that the image columns hold at most, were every row's table to store its images once. */
  readonly imageBytes: number;
  readonly choice: ValidationChoice;
}

export async function planExport(items: AsyncIterable<ExportItem>, format: Format, validationShare: number, signal: AbortSignal): Promise<Plan> {
  const choice = new ValidationChoice(validationShare);
  let images = 0;
  let imageBytes = 0;
  for await (const item of items) {
    signal.throwIfAborted();
    const { rows } = format.map(item, noImage);
    const tables = format.tables.map((table) => table.name).filter((name) => rows[name]!.length > 0);
    if (tables.length === 0) continue;
    choice.add(item.image.sha256, tables);
    images++;
    imageBytes += item.image.sizeBytes * tables.length;
  }
  return { images, imageBytes, choice };
}
