/** What the training-eye preview shows of an image: the rows, what a loader makes of them, and what a model makes of the picture. */
import type { ImageRecord } from '../../domain/image.ts';
import type { JsonValue } from '../columns.ts';
import type { Finding, FindingReason } from '../findings.ts';
import type { EmbeddedImage, Mapped } from '../format.ts';
import type { ExportProfile } from '../profiles.ts';
import { type ImageView, imageView } from './image-view.ts';
import { shownRow } from './shown-rows.ts';
import { type Target, targetsOf } from './targets.ts';

export interface ExportSample {
  readonly image: {
    readonly name: string;
    /** As exported. */
    readonly widthPx: number;
    readonly heightPx: number;
    readonly sizeBytes: number;
    /** The file's name in the export. */
    readonly path: string;
    readonly isReference: boolean;
    /** The very bytes that were imported. */
    readonly unchanged: boolean;
  } | null;
  /** Why the export leaves it out whatever is written on it; null where it does not. */
  readonly leftOut: FindingReason | 'state' | 'excluded' | 'not-in-release' | null;
  readonly tables: readonly { readonly name: string; readonly rows: readonly { readonly [name: string]: JsonValue }[] }[];
  readonly targets: readonly Target[];
  readonly view: ImageView | null;
  readonly findings: readonly Finding[];
}
/** Rows of one image whose texts and lists are too long to be sent at once end here. */
const MOST_ROWS = 200;

/** Puts a sample together; `url` is where the picture can be seen. */
export function sampleOf(
  profile: ExportProfile,
  image: Pick<ImageRecord, 'name'>,
  embedded: EmbeddedImage,
  unchanged: boolean,
  mapped: Mapped,
  url: string,
): Omit<ExportSample, 'leftOut'> {
  const { widthPx, heightPx, value, isReference = false } = embedded;
  const size = { widthPx, heightPx };
  return {
    image: { name: image.name, ...size, sizeBytes: value.bytes.byteLength, path: isReference ? image.name : value.path, isReference, unchanged },
    tables: Object.entries(mapped.rows)
      .filter(([, rows]) => rows.length > 0)
      .map(([name, rows]) => ({ name, rows: rows.slice(0, MOST_ROWS).map((row) => shownRow(row, url)) })),
    targets: targetsOf(profile, mapped.rows, size).slice(0, MOST_ROWS),
    view: imageView(profile, size),
    findings: mapped.findings,
  };
}
