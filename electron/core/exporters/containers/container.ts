/** What the table writer needs of a file format. */
import type { Row, Table } from '../../../../shared/formats/columns.ts';
import type { OutFile } from '../out-file.ts';

export interface RowFile {
  /** Writes rows as one group. Bytes given to it must not change before it is done. */
  writeGroup(rows: readonly Row[]): Promise<void>;
  /** Writes what ends the file; the file itself stays open. */
  end(): Promise<void>;
}
/** What is known of the whole export before its first row. */
export interface WholeExport {
  /** Labels that occur, sorted. */
  readonly labels: readonly string[];
}
export interface Container {
  /** Rows are gathered until they hold this many bytes, a repeated image counted as often as it is stored. */
  readonly groupBytes: number;
  /** A file is closed when it has this many bytes; 400 MB where nothing is said. */
  readonly fileBytes?: number;
  /** Whether an image that several rows of a group have is stored once. */
  readonly storesRepeatedImagesOnce: boolean;
  /** Molmo opens every split, so its folders have a file each; `datasets` refuses to load a parquet split of no rows, so there is none. */
  readonly writesEmptySplits: boolean;
  open(table: Table, file: OutFile, whole: WholeExport): RowFile;
  /** Reads a finished file with a reader that shares no code with the writer's, a group at a time. */
  read(table: Table, path: string): AsyncIterable<Row[]>;
  /** What of a row must come back; all of it where nothing is said. */
  compared?(row: Row): Row;
}
