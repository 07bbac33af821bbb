/** What an export profile is: its tables, and a pure function from an image with its document to rows. */
import type { ImageValue, Row, Table } from './columns.ts';
import type { Finding } from './findings.ts';
import type { SizePx } from './grammar/coordinates.ts';
import type { ExportProfile } from './profiles.ts';
import type { ExportItem } from './source.ts';

export const splits = ['train', 'validation'] as const;
export type Split = (typeof splits)[number];

/** The image file as it lies in the export: upright, and hashed after whatever was done to it. */
export interface EmbeddedImage extends SizePx {
  /** Rows name the file where it is, and it is not copied. */
  readonly isReference?: boolean;
  readonly value: ImageValue;
  readonly sha256: string;
}
/** Stands in where only rows and findings are counted. */
export const noImage: EmbeddedImage = { value: { bytes: new Uint8Array(), path: '' }, sha256: '', widthPx: 1, heightPx: 1 };

/** A file beside the tables, by its path below the export's folder. */
export interface FileBeside {
  readonly path: string;
  readonly bytes: Uint8Array;
}
export interface Mapped {
  /** Rows by table name. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly findings: readonly Finding[];
  readonly files?: readonly FileBeside[];
}
/** What is known of an export when all its rows are written. */
export interface ExportFacts {
  readonly name: string;
  /** Rows by table and split. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Labels that occur, sorted. */
  readonly labels: readonly string[];
  /** Data files by table and split, below the data's folder. */
  readonly files: readonly { readonly table: string; readonly split: string; readonly path: string; readonly rows: number }[];
}
/** How rows are written. `lines` and `array` are JSON, `tar` WebDataset's samples, `tabs` a table of text, `coco` its one object. */
export type ContainerName = 'parquet' | 'arrow' | 'lines' | 'array' | 'tar' | 'tabs' | 'coco';

/** Kinds of finished work, as people count them. */
export const workKinds = ['captions', 'questions', 'labels', 'explanations', 'preferences'] as const;
export type WorkKind = (typeof workKinds)[number];

export interface Format {
  readonly profile: ExportProfile;
  /** What of the work it has a place for. */
  readonly takes: readonly WorkKind[];
  readonly container: ContainerName;
  /** Where the data lies below the export's folder; empty for its top. */
  readonly root: string;
  readonly tables: readonly Table[];
  /** `rows` hold the image's bytes; `files` are named by a path, wherever they are; `beside`: they must lie where the format wants them. */
  readonly images: 'rows' | 'files' | 'beside';
  map(item: ExportItem, image: EmbeddedImage, split: Split): Mapped;
  /** Path of a data file below the root; `index` counts from 0. A format that ignores it writes one file a split. */
  fileName(table: string, split: Split, index: number, files: number): string;
  /** Small files that a loader needs beside the data, by path below the root. */
  extras?(facts: ExportFacts): readonly { readonly path: string; readonly text: string }[];
}

/** What stands in `image_url`: where an image was is nobody's business outside, so it names the imported file by its hash. */
export const imageUrl = (item: ExportItem): string => `sha256:${item.image.sha256}`;
/** A number as shards are named by. */
export const five = (n: number): string => String(n).padStart(5, '0');
