/** What an export profile is: its tables, and a pure function from an image with its document to rows. */
import type { ImageValue, Row, Table } from './columns.ts';
import type { Finding } from './findings.ts';
import type { ExportProfile } from './profiles.ts';
import type { ExportItem } from './source.ts';

/** The image file as it lies in the export: upright, and hashed after whatever was done to it. */
export interface EmbeddedImage {
  readonly value: ImageValue;
  readonly sha256: string;
}
/** Stands in where only rows and findings are counted. */
export const noImage: EmbeddedImage = { value: { bytes: new Uint8Array(), path: '' }, sha256: '' };

export interface Mapped {
  /** Rows by table name. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly findings: readonly Finding[];
  /** Files beside the tables, by their path below the export's folder. */
  readonly files?: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}
export interface Format {
  readonly profile: ExportProfile;
  readonly container: 'parquet' | 'arrow';
  readonly tables: readonly Table[];
  map(item: ExportItem, image: EmbeddedImage): Mapped;
}

/** What stands in `image_url`: where an image was is nobody's business outside, so it names the imported file by its hash. */
export const imageUrl = (item: ExportItem): string => `sha256:${item.image.sha256}`;
