/** What a person corrected of what was recognised, as the import takes it. */
import type { AnnotationFormat, ImportOptions } from '../../../shared/formats/imports/record.ts';
import { defaultOptions } from '../../../shared/formats/imports/record.ts';

export interface AnnotationWish {
  /** Off: the images alone. */
  readonly take: boolean;
  readonly format: AnnotationFormat | null;
  readonly options: ImportOptions;
}
export const firstWish: AnnotationWish = { take: true, format: null, options: defaultOptions };
